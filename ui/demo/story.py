"""The story, one deed a line."""

from collections.abc import Callable

from ui.demo import (
    allowance,
    allowance_years,
    arrival,
    beginning,
    county,
    days,
    desk_work,
    evening,
    exchange,
    illness,
    transfer,
    visits,
)
from ui.demo.morning import Morning

Deed = tuple[str, Callable[[Morning], None]]

STORY: tuple[Deed, ...] = (
    ("第一次启动：登记大厅", beginning.describe_the_hall),
    ("登记操作员和密码", beginning.name_the_operator),
    ("打印恢复密钥，再输回来核对", beginning.prove_the_recovery_key),
    ("四周过去：录入此前的办件", beginning.let_four_weeks_pass),
    ("11 月 23 日周一 9:00，王敏登录", beginning.sign_in_on_monday),
    ("刘桂兰申请高龄补贴，材料齐全，F9 收件并打印", visits.an_allowance_is_applied_for),
    ("张建国申请门诊慢特病，缺诊断证明，一次性告知", visits.a_paper_is_missing),
    ("李伟转出组织关系，收件", visits.a_party_member_moves_away),
    ("冯小平失业登记，当场办结", visits.an_instant_matter),
    ("蒋福生要开健在证明，不予受理，告诉他去哪里", visits.a_certificate_nobody_may_ask_for),
    ("郑玉英又来办老年人优待证：信息自动带出，身份证复印件免交", visits.somebody_comes_again),
    ("冯玉珍周五满 70：预登记，满岁那天起可以受理", allowance_years.somebody_registers_ahead),
    ("搜索框输 lgl，找到刘桂兰", visits.she_is_found_by_three_letters),
    ("办件：点一件，看期限怎样算", desk_work.she_looks_through_the_cases),
    ("街道受理了刘桂兰的申请：登记受理，出受理通知书", desk_work.the_street_has_accepted),
    ("李伟的介绍信：支部同意、核清党费、登记开信、交给党员", transfer.the_letter_is_issued),
    ("何军的回执还没到：打印催办函", transfer.the_receipt_is_asked_for),
    ("何军的回执寄来了：登记、贴存根、办结", transfer.the_receipt_comes_back),
    (
        "名册：在册的、新满 70 的、升档的、待复核的、本月变动的",
        allowance.the_roll_is_looked_through,
    ),
    ("王德福后天满 80：从 12 月起升档", allowance.somebody_moves_up),
    ("郑玉英年度复核：在册的不用再问，当场办结", allowance.somebody_is_looked_at_again),
    ("郭兰芳户籍迁出：停发，写明怎样知道的", allowance.an_allowance_is_stopped),
    ("按楼栋导出在册名单", allowance.the_roll_is_exported),
    ("县里建好密钥，公钥文件拷在 U 盘", exchange.the_county_hands_out_its_key),
    ("同步：收下县里公钥，写出登记文件", exchange.keys_are_exchanged),
    ("县里核对六个词，登记本窗口", exchange.the_county_registers_the_window),
    ("上报包写到 U 盘，读回核对", exchange.the_package_is_written),
    ("县里接收，写出回执", exchange.the_county_receives),
    ("读回执：已回执", exchange.the_answer_is_read),
    ("导出办件台账：Excel 和 CSV", desk_work.the_ledger_is_exported),
    ("上午办完的样子", desk_work.the_first_page_at_noon),
    ("11 月 27 日周五，又是一天", days.on("2026-11-27")),
    ("冯玉珍今天满 70：登记受理，见到本人，开始公示", allowance_years.she_has_come_of_age),
    ("张建国补来诊断证明：材料齐了，登记受理，转报", illness.the_missing_paper_is_brought),
    ("邓丽带着介绍信来转入组织关系", arrival.a_member_comes_with_a_letter),
    ("验信：过了有效期，骑缝章不连，退信并告知回哪里重开", arrival.the_letter_is_no_good),
    ("12 月 28 日周一，一个月后", days.on("2026-12-28")),
    ("李伟的介绍信过期：问到本人，重开一封，原信作废", transfer.the_letter_has_run_out),
    ("邓丽的信重开了：验信合格，上级批转，编入支部", arrival.the_new_letter_is_good),
    ("冯玉珍公示没有异议，批准：进名册，写进月度变动", allowance_years.her_allowance_is_granted),
    ("县里认定了张建国的病种：办结，进名册，病种点了才显示", illness.the_county_recognises_it),
    ("2027 年 1 月 18 日周一", days.on("2027-01-18")),
    ("邓丽的回执快到期：打印、寄出、办结", arrival.the_receipt_is_sent_back),
    ("李伟报到了，回执寄来：贴存根、办结", transfer.the_second_letter_arrives),
    ("2027 年 11 月 8 日周一，快一年了", days.on("2027-11-08")),
    ("高龄补贴待复核：冯玉珍到场，当场办结", allowance_years.the_yearly_check_is_due),
    ("王德福多次联系不上：停发", allowance_years.somebody_is_not_to_be_found),
    ("郭兰芳户口迁回来了：停发后重新申领", allowance_years.somebody_applies_anew),
    ("慢特病待复审：张建国复审续期，收件转报", illness.the_review_is_due),
    ("2027 年 11 月 17 日周三", days.on("2027-11-17")),
    ("王德福找到了：恢复发放", allowance_years.he_is_found_and_paid_again),
    ("郭兰芳又批准了：月度变动导出给县里", allowance_years.the_new_application_is_granted),
    ("张建国复审通过，名册写上下次日期", illness.the_review_is_passed),
    ("黄淑芬医保转出：登记注销", illness.somebody_is_struck_off),
    ("设置：换大字，各页再看一遍", desk_work.large_text),
    ("一年里办的再上报一次", county.the_rest_is_reported),
    ("县里打开自己的窗口：谁上报了，谁没有", county.the_county_opens_its_window),
    ("县里先看一看 U 盘，什么也不改", county.the_county_looks_inside),
    ("县里接收，写出回执", county.the_county_receives_here),
    ("县里的汇总、窗口、待裁、目录", county.the_county_looks_through_its_pages),
    ("关上窗口，检查数据文件夹", evening.everything_is_checked),
)


def tell(morning: Morning) -> None:
    """Do it all, a line on the console for each deed."""
    for said, deed in STORY:
        print(said, flush=True)
        deed(morning)
