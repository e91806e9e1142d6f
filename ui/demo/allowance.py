"""The roll of the old-age allowance: whom to serve unasked, a yearly check, a stop, the list as a table."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from ui.demo.eyes import NotSeen
from ui.demo.morning import Morning

Key = Qt.Key
ROLL = "高龄补贴在册名单.xlsx"


def the_roll_is_looked_through(morning: Morning) -> None:
    """F6: who is on it, who reaches seventy, who moves up, what the month changed."""
    hands = morning.hands
    morning.wait_minutes(1)
    hands.press(Key.Key_F6)
    hands.choose_row("名册", "郑玉英")
    hands.wait_for("郑玉英")
    morning.take("名册-在册")
    for words in ("新满70", "升档", "待复核", "月度变动"):
        open_list(morning, words)
        morning.take(f"名册-{words}")


def somebody_moves_up(morning: Morning) -> None:
    """F9 on the list of those who reach eighty: the county's next tier, from the month its rule says."""
    hands = morning.hands
    hands.press(Key.Key_F6)
    open_list(morning, "升档")
    hands.choose_row("名册", "王德福")
    hands.press(Key.Key_F9)
    hands.wait_for("已升档 1 人")
    open_list(morning, "月度变动")
    hands.fill({"月份": "2026 年 12 月"})
    hands.choose_row("名册", "王德福")
    morning.take("名册-已升档")


def somebody_is_looked_at_again(morning: Morning) -> None:
    """F9 on the roll opens the yearly check; what the roll knows is not asked."""
    hands = morning.hands
    open_list(morning, "在册")
    hands.choose_row("名册", "郑玉英")
    hands.press(Key.Key_F9)
    hands.fill(
        {
            "核验方式": "到场",
            "核验日期": "2026-11-23",
            "核验人": "王敏",
            "核验结果": "通过",
            "已告知个人信息的用途": True,
        }
    )
    hands.press(Key.Key_A, Qt.KeyboardModifier.AltModifier)
    hands.look_up()
    morning.take("名册-年度复核")
    hands.press(Key.Key_F9)
    hands.wait_for("下一位")


def an_allowance_is_stopped(morning: Morning) -> None:
    """A reason, a day, how it is known; the step stays in the history."""
    hands = morning.hands
    morning.wait_minutes(2)
    hands.press(Key.Key_F6)
    hands.choose_row("名册", "郭兰芳")
    hands.click("登记停发")
    hands.fill(
        {
            "停发原因": "户籍迁出",
            "发生日期": "2026-11-20",
            "怎样知道的": "派出所回函，户籍已迁往西安市",
        }
    )
    morning.take("名册-停发")
    hands.press(Key.Key_F9)
    hands.wait_for("郭兰芳：登记停发，已记入名册")


def the_roll_is_exported(morning: Morning) -> None:
    """The list as it stands, by building."""
    hands = morning.hands
    target = morning.folder.ledgers / ROLL
    morning.chosen.next = target
    hands.click("导出表格…")
    hands.wait_until(target.is_file, ROLL)
    morning.take("名册-名单已导出")


def open_list(morning: Morning, words: str) -> None:
    """Click the list of that name; its button also says how many stand on it."""
    buttons = morning.hands.on_screen(QAbstractButton)
    found = next((one.text() for one in buttons if one.text().split(" ")[0] == words), None)
    if found is None:
        raise NotSeen(words)
    morning.hands.click(found)
