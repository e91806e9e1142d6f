"""A party member's letter on its way out: issued, its receipt asked for and come back; issued anew when it has run out."""

from PySide6.QtCore import Qt

from ui.demo.casework import do_next, do_other, open_case
from ui.demo.morning import Morning

Key = Qt.Key


def the_letter_is_issued(morning: Morning) -> None:
    """Each step by F9: accepted by the street, agreed by the branch, dues checked, the letter numbered and handed over."""
    hands = morning.hands
    open_case(morning, "李伟", "登记受理")
    do_next(morning, "登记支部同意", {"受理日期": "2026-11-23"})
    agreed = {"支部同意日期": "2026-11-22", "支部书记": "李强"}
    do_next(morning, "核清党费", agreed)
    hands.press(Key.Key_F9)
    hands.fill(
        {
            "民族（写在信上）": "汉族",
            "转接方式": "纸质介绍信（三联）",
            "介绍信抬头": "中共西安市雁塔区委组织部",
            "转出基层党委全称": "中共三原县城关街道工作委员会",
            "原基层党委通讯地址": "三原县城关街道东关路 18 号",
            "邮编": "713800",
            "原基层党委电话": "029-32280001",
        }
    )
    morning.take("一件-核清党费")
    hands.press(Key.Key_F9)
    hands.wait_for("登记开信并打印")
    hands.press(Key.Key_F9)
    hands.fill({"介绍信编号": "城党组介〔2026〕31"})
    morning.take("一件-登记开信")
    hands.press(Key.Key_F9)
    hands.wait_for("交给党员")
    morning.take("一件-已开信")
    morning.save_paper("介绍信三联-李伟")
    hands.press(Key.Key_F9)
    hands.fill({"介绍信怎样送": "本人携带"})
    hands.press(Key.Key_F9)
    hands.wait_for("登记对方已接收")
    morning.take("一件-在途")


def the_receipt_is_asked_for(morning: Morning) -> None:
    """A reminder to the committee that has taken the member in."""
    open_case(morning, "何军", "打印催办函")
    morning.hands.click("打印催办函")
    morning.hands.wait_for("第 1 次催办回执")
    morning.take("一件-催办函")
    morning.save_paper("回执催办函-何军")


def the_receipt_comes_back(morning: Morning) -> None:
    """By the noon post: registered, pasted on the stub, done."""
    hands = morning.hands
    morning.wait_minutes(15)
    hands.click("登记收到回执")
    hands.fill({"回执经办人和电话": "赵红 029-85000000"})
    hands.press(Key.Key_F9)
    hands.wait_for("登记已贴存根")
    do_next(morning, "办结", {})
    hands.press(Key.Key_F9)
    hands.wait_for("归档")
    morning.take("一件-转接办结")


def the_letter_has_run_out(morning: Morning) -> None:
    """Found among what is overdue; one call in vain, one that reaches him, then a new letter and the old one void."""
    hands = morning.hands
    hands.wait_for_row("待办", "信已过期")
    hands.choose_row("待办", "信已过期")
    morning.take("今日-介绍信过期")
    hands.press(Key.Key_Return)
    hands.wait_for("重开介绍信")
    do_other(morning, "没有联系上", "第 1 次没有联系上", {"怎样联系的": "打手机没人接"})
    morning.wait_minutes(30)
    reached = {"党员怎么说": "出差在外，没赶上报到，信带在身上，明天交回"}
    do_other(morning, "联系上了，还没报到", "联系上党员", reached)
    morning.take("一件-信已过期")
    hands.click("重开介绍信")
    hands.fill(
        {
            "党费核清到哪个月": "2026-12",
            "重开的原因": "过期没有报到，支部和本人已写说明",
            "原信": "已收回，注明作废",
            "新信编号": "城党组介〔2026〕40",
        }
    )
    morning.take("一件-重开介绍信")
    hands.press(Key.Key_F9)
    hands.wait_for("第 1 次重开，原信作废")
    morning.take("一件-重开的介绍信")
    morning.save_paper("重开的介绍信-李伟")
    _look_at_the_old_letter(morning)
    do_next(morning, "登记对方已接收", {"介绍信怎样送": "本人携带"})


def the_second_letter_arrives(morning: Morning) -> None:
    """Its receipt comes by post; pasted on the stub, done."""
    open_case(morning, "李伟", "登记收到回执")
    received = {"回执经办人和电话": "赵红 029-85000000"}
    do_other(morning, "登记收到回执", "登记已贴存根", received)
    do_next(morning, "办结", {})
    do_next(morning, "归档")
    morning.take("一件-重开后办结")


def _look_at_the_old_letter(morning: Morning) -> None:
    """It stays on file, marked."""
    hands = morning.hands
    hands.fill({"看哪份文书": "已作废：中国共产党党员组织关系介绍信"})
    morning.take("一件-原信已作废")
    morning.save_paper("作废的介绍信-李伟")
