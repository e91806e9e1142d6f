"""A party member's letter on its way: issued for one who leaves, and the receipt of one who left weeks ago."""

from PySide6.QtCore import Qt

from ui.demo.morning import Morning

Key = Qt.Key


def the_letter_is_issued(morning: Morning) -> None:
    """Each step by F9: accepted by the street, agreed by the branch, dues checked, the letter numbered and handed over."""
    hands = morning.hands
    _open(morning, "李伟", "登记受理")
    _do(morning, "登记支部同意", {"受理日期": "2026-11-23"})
    agreed = {"支部同意日期": "2026-11-22", "支部书记": "李强"}
    _do(morning, "核清党费", agreed)
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
    _open(morning, "何军", "打印催办函")
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
    _do(morning, "办结", {})
    hands.press(Key.Key_F9)
    hands.wait_for("归档")
    morning.take("一件-转接办结")


def _open(morning: Morning, name: str, button: str) -> None:
    morning.wait_minutes(5)
    hands = morning.hands
    hands.press(Key.Key_F3)
    hands.choose_row("办件", name)
    hands.press(Key.Key_Return)
    hands.wait_for(button)


def _do(morning: Morning, then: str, typed: dict[str, str]) -> None:
    """The first button with what it asks; afterwards `then` can be done."""
    hands = morning.hands
    hands.press(Key.Key_F9)
    hands.fill(typed)
    hands.press(Key.Key_F9)
    hands.wait_for(then)
