"""A chronic illness: the missing paper comes, the county recognises it, reviews it, and another is struck off."""

from PySide6.QtCore import Qt

from ui.demo.allowance import open_list
from ui.demo.casework import do_next, do_other, open_case
from ui.demo.hands import Value
from ui.demo.morning import Morning
from ui.demo.visits import taken_in

Key = Qt.Key
REGISTER = "门诊慢特病"


def the_missing_paper_is_brought(morning: Morning) -> None:
    """张建国 brings the diagnosis: ticked, complete, accepted by the county, passed on."""
    hands = morning.hands
    open_case(morning, "张建国", "登记补交")
    hands.fill({"补交诊断证明（二级及以上医院）": True})
    morning.take("一件-补交材料")
    hands.click("登记补交 1 份")
    hands.wait_for("材料已补齐")
    do_next(morning, "登记受理")
    accepted: dict[str, Value] = {"受理日期": "2026-11-27", "受理机关的编号": "三医慢受 2026-318"}
    do_next(morning, "转报上级", accepted)
    morning.save_paper("受理通知书-张建国")
    handed: dict[str, Value] = {"交给谁": "县医保经办窗口", "交接日期": "2026-11-27"}
    do_other(morning, "转报上级", "登记批准", handed)


def the_county_recognises_it(morning: Morning) -> None:
    """By the county's list: two are recognised; who is on the register stands behind a click."""
    hands = morning.hands
    open_case(morning, "张建国", "登记批准")
    hands.click("登记批准")
    hands.fill({**_recognised(), "待遇到哪天止": "2027-12-31"})
    morning.take("一件-登记认定")
    hands.press(Key.Key_F9)
    hands.wait_for("办结")
    do_next(morning, "登记送达", {})
    morning.take("一件-慢特病已办结")
    morning.save_paper("办结通知书-张建国")
    open_case(morning, "黄淑芬", "登记批准")
    do_other(morning, "登记批准", "办结", _recognised())
    _register(morning, "在册", "张建国")
    morning.take("名册-慢特病在册")


def the_review_is_due(morning: Morning) -> None:
    """F9 on the line opens the review; accepted and passed on."""
    hands = morning.hands
    _register(morning, "待复审", "张建国")
    morning.take("名册-慢特病待复审")
    hands.press(Key.Key_F9)
    hands.fill({"办理类型": "复审续期", "涉及病种": ("糖尿病",)})
    taken_in(morning, "慢特病-复审", "张建国")
    open_case(morning, "张建国", "登记受理")
    do_next(morning, "转报上级", {"受理日期": "2027-11-08"})
    handed: dict[str, Value] = {"交给谁": "县医保经办窗口", "交接日期": "2027-11-08"}
    do_other(morning, "转报上级", "登记批准", handed)


def the_review_is_passed(morning: Morning) -> None:
    """The county's answer; the register shows the next day."""
    open_case(morning, "张建国", "登记批准")
    passed: dict[str, Value] = {
        "决定日期": "2027-11-16",
        "作出决定的机关": "县医保经办中心",
        "结果": "复审通过，继续享受",
        "复审结果": "通过",
    }
    do_other(morning, "登记批准", "办结", passed)
    _register(morning, "在册", "张建国")
    morning.take("名册-慢特病复审后")


def somebody_is_struck_off(morning: Morning) -> None:
    """黄淑芬 has moved her insurance to another city."""
    hands = morning.hands
    _register(morning, "在册", "黄淑芬")
    hands.click("登记注销")
    hands.fill({"注销原因": "医保转出", "怎样知道的": "县医保经办中心电话告知，已转到西安市"})
    hands.press(Key.Key_F9)
    hands.wait_for("黄淑芬：登记注销，已记入名册")
    _register(morning, "已注销", "黄淑芬")
    morning.take("名册-慢特病已注销")


def _recognised() -> dict[str, Value]:
    return {
        "决定日期": "2026-12-25",
        "作出决定的机关": "县医保经办中心",
        "结果": "认定通过，自 2027 年 1 月起享受",
        "认定结果": "通过",
        "待遇从哪天起": "2027-1-1",
        "下次复审日期": "2027-12-28",
    }


def _register(morning: Morning, words: str, name: str) -> None:
    """F6, the register of chronic illnesses, a list of it, one line."""
    hands = morning.hands
    morning.wait_minutes(2)
    hands.press(Key.Key_F6)
    hands.click(REGISTER)
    open_list(morning, words)
    hands.choose_row("名册", name)
