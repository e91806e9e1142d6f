"""A year of the allowance: registered ahead, granted, looked at yearly, stopped, resumed, applied for anew."""

from PySide6.QtCore import Qt

from ui.demo.allowance import open_list
from ui.demo.casework import do_next, do_other, open_case
from ui.demo.hands import Value
from ui.demo.morning import Morning
from ui.demo.visits import known_visitor, taken_in

Key = Qt.Key
CHANGES = "高龄补贴月度变动-2027-12.xlsx"
SEEN: dict[str, Value] = {
    "本人核验方式": "上门",
    "核验人（两人）": "王敏、李强",
    "公示地点": "社区公示栏",
}


def somebody_registers_ahead(morning: Morning) -> None:
    """冯玉珍 turns seventy on Friday: registered now, accepted from that day on."""
    known_visitor(morning, "冯玉珍", Key.Key_1)
    _application(morning, "首次申领", "6230270100000010657")
    taken_in(morning, "高龄补贴-预登记", "冯玉珍")
    open_case(morning, "冯玉珍", "撤回申请")
    morning.take("一件-预登记")


def she_has_come_of_age(morning: Morning) -> None:
    """On her birthday the street accepts; the community has seen her and makes it public."""
    open_case(morning, "冯玉珍", "登记受理")
    morning.take("一件-已满岁")
    accepted: dict[str, Value] = {"受理日期": "2026-11-27", "受理机关的编号": "城关民受 2026-251"}
    do_next(morning, "开始公示", accepted)
    seen: dict[str, Value] = {"核验日期": "2026-11-27", "公示到哪天": "2026-12-2"}
    do_other(morning, "开始公示", "公示期满并转报", {**SEEN, **seen})
    morning.take("一件-公示中")
    _roll_changes(morning)
    morning.save_list("打印公示单", "公示单-冯玉珍")


def her_allowance_is_granted(morning: Morning) -> None:
    """Nobody objected; by the street's letter the roll takes her on, the month's list of changes names her."""
    open_case(morning, "冯玉珍", "公示期满并转报")
    do_next(morning, "登记批准", {"交给谁": "城关街道民政办", "交接日期": "2026-12-3"})
    granted: dict[str, Value] = {"决定日期": "2026-12-25", "作出决定的机关": "城关街道办事处"}
    do_other(morning, "登记批准", "办结", granted)
    do_next(morning, "登记送达", {"结果": "自 2027 年 1 月起每月 50 元"})
    morning.save_paper("办结通知书-冯玉珍")
    _changes_of(morning, "2027 年 1 月", "冯玉珍", "名册-新增")
    morning.save_list("打印名单", "月度变动表-2027-01")


def the_yearly_check_is_due(morning: Morning) -> None:
    """The list of those due; one comes in person and is done on the spot."""
    hands = morning.hands
    _roll(morning, "待复核", "冯玉珍")
    morning.take("名册-待复核-一年后")
    hands.press(Key.Key_F9)
    hands.fill(
        {
            "核验方式": "到场",
            "核验日期": "2027-11-08",
            "核验人": "王敏",
            "核验结果": "通过",
        }
    )
    taken_in(morning, "高龄补贴-一年后复核", "冯玉珍")


def somebody_is_not_to_be_found(morning: Morning) -> None:
    """Telephone, door, neighbours: stopped until he is seen."""
    hands = morning.hands
    _roll(morning, "待复核", "王德福")
    hands.click("登记停发")
    hands.fill(
        {
            "停发原因": "多次联系不上",
            "发生日期": "2027-11-08",
            "怎样知道的": "打过三次电话、上门两次，邻居也不知去向",
        }
    )
    hands.press(Key.Key_F9)
    hands.wait_for("王德福：登记停发，已记入名册")


def somebody_applies_anew(morning: Morning) -> None:
    """郭兰芳 has moved back: what was stopped is applied for again, and the roll says so."""
    known_visitor(morning, "郭兰芳", Key.Key_1)
    _application(morning, "停发后重新申领", "6230270100000010731")
    taken_in(morning, "高龄补贴-重新申领", "郭兰芳")
    open_case(morning, "郭兰芳", "登记受理")
    accepted: dict[str, Value] = {"受理日期": "2027-11-08", "受理机关的编号": "城关民受 2027-198"}
    do_next(morning, "开始公示", accepted)
    seen: dict[str, Value] = {"核验日期": "2027-11-08", "公示到哪天": "2027-11-11"}
    do_other(morning, "开始公示", "公示期满并转报", {**SEEN, **seen})


def he_is_found_and_paid_again(morning: Morning) -> None:
    """He had been with his daughter; the allowance is resumed."""
    hands = morning.hands
    _roll(morning, "停发", "王德福")
    hands.click("恢复发放")
    hands.fill({"恢复的原因": "在女儿家住了两个月，今天到窗口见到本人"})
    morning.take("名册-恢复发放")
    hands.press(Key.Key_F9)
    hands.wait_for("王德福：恢复发放，已记入名册")


def the_new_application_is_granted(morning: Morning) -> None:
    """Passed on, granted; the month's changes are printed as a table for the county."""
    hands = morning.hands
    open_case(morning, "郭兰芳", "公示期满并转报")
    do_next(morning, "登记批准", {"交给谁": "城关街道民政办", "交接日期": "2027-11-12"})
    granted: dict[str, Value] = {"决定日期": "2027-11-16", "作出决定的机关": "城关街道办事处"}
    do_other(morning, "登记批准", "办结", granted)
    _changes_of(morning, "2027 年 12 月", "郭兰芳", "名册-停发以后又发")
    target = morning.folder.ledgers / CHANGES
    morning.chosen.next = target
    hands.click("导出表格…")
    hands.wait_until(target.is_file, CHANGES)


def _application(morning: Morning, kind: str, account: str) -> None:
    hands = morning.hands
    hands.fill(
        {
            "户籍在本县吗？（看户口簿）": True,
            "老人健在吗？（见到本人或能安排见面）": True,
            "申领类型": kind,
            "自理能力": "完全自理",
            "开户银行": "陕西农信",
            "社保卡金融账号或银行账号": account,
            "账户在老人本人名下": True,
            "社保卡金融功能已激活": True,
        }
    )
    if hands.asks("已经在别处领高龄补贴了吗？"):
        hands.fill({"已经在别处领高龄补贴了吗？": False})


def _roll(morning: Morning, words: str, name: str) -> None:
    """F6, a list of it, one line."""
    hands = morning.hands
    morning.wait_minutes(2)
    hands.press(Key.Key_F6)
    open_list(morning, words)
    hands.choose_row("名册", name)


def _changes_of(morning: Morning, month: str, name: str, picture: str) -> None:
    _roll_changes(morning)
    hands = morning.hands
    hands.fill({"月份": month})
    hands.choose_row("名册", name)
    morning.take(picture)


def _roll_changes(morning: Morning) -> None:
    morning.wait_minutes(2)
    morning.hands.press(Key.Key_F6)
    open_list(morning, "月度变动")
