"""Between visitors: the list of cases, one case moved on, the ledger, the settings."""

from PySide6.QtCore import Qt

from ui.demo.morning import Morning

Key = Qt.Key
LEDGERS = (
    ("Excel 表格（.xlsx）", "办件台账.xlsx"),
    ("CSV（UTF-8，新版 Excel）", "办件台账.csv"),
)


def she_looks_through_the_cases(morning: Morning) -> None:
    """F3: the open ones; a click explains a due date."""
    hands = morning.hands
    morning.wait_minutes(1)
    hands.press(Key.Key_F3)
    hands.choose_row("办件", "宋桂荣")
    hands.wait_for("宋桂荣")
    morning.take("办件-期限怎样算")
    for group, picture in (("超期", "办件-超期"), ("全部", "办件-全部")):
        hands.click(group)
        morning.take(picture)


def the_street_has_accepted(morning: Morning) -> None:
    """The receipt becomes an acceptance notice once the street's acceptance is registered."""
    hands = morning.hands
    morning.wait_minutes(20)
    hands.choose_row("办件", "刘桂兰")
    hands.press(Key.Key_Return)
    hands.wait_for("登记受理")
    morning.take("一件-已收件")
    hands.press(Key.Key_F9)
    hands.fill({"受理日期": "2026-11-23", "受理机关的编号": "城关民受 2026-243"})
    morning.take("一件-登记受理")
    hands.press(Key.Key_F9)
    hands.wait_for("已受理")
    morning.take("一件-已受理")
    hands.click("看期限是怎样算的")
    morning.take("一件-期限怎样算")
    morning.save_paper("受理通知书-刘桂兰")


def the_ledger_is_exported(morning: Morning) -> None:
    """All cases, as Excel and as CSV."""
    hands = morning.hands
    morning.wait_minutes(1)
    hands.press(Key.Key_F3)
    hands.click("全部")
    for entry, name in LEDGERS:
        target = morning.folder.ledgers / name
        morning.chosen.next = target
        hands.choose_in_menu("导出台账 ▾", entry)
        hands.wait_until(target.is_file, name)
    morning.take("办件-台账已导出")


def the_first_page_at_noon(morning: Morning) -> None:
    """What the morning brought."""
    morning.wait_minutes(30)
    morning.hands.click("今日")
    morning.take("今日-上午办完")


def large_text(morning: Morning) -> None:
    """Settings; everything a quarter larger, page by page."""
    hands = morning.hands
    hands.click("设置")
    morning.take("设置")
    hands.fill({"用大字（放大四分之一）": True})
    morning.wait_minutes(1)
    for page in ("设置", "同步", "今日", "办件"):
        hands.click(page)
        morning.take_large(page)
    hands.choose_row("办件", "宋桂荣")
    hands.press(Key.Key_Return)
    hands.wait_for("经过")
    morning.take_large("一件")
    hands.press(Key.Key_F2)
    morning.take_large("受理-选事项")
    hands.fill({"证件号码": morning.residents["王德福"].id_no})
    hands.press(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    morning.take_large("受理")
