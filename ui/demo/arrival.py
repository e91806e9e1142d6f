"""A party member who comes with a letter: looked at, sent back, looked at again, taken in, the receipt returned."""

from PySide6.QtCore import Qt

from ui.demo.casework import do_next, open_case
from ui.demo.hands import Value
from ui.demo.morning import Morning
from ui.demo.visits import find_item, taken_in

Key = Qt.Key
LETTER: dict[str, Value] = {
    "开信党组织": "中共泾阳县泾干街道工作委员会",
    "信上写的有效期（天）": "10",
    "回执寄给哪个基层党委": "中共泾阳县泾干街道工作委员会",
    "原基层党委地址或传真": "泾阳县泾干街道中心街 5 号",
}
GOOD: dict[str, Value] = {
    "是现行三联式样": True,
    "在有效期内": True,
    "抬头是本地有接转权限的党组织": True,
    "公章清楚，骑缝章相连": True,
    "没有涂改，年月和天数是大写": True,
    "姓名、身份证号与证件一致": True,
}


def a_member_comes_with_a_letter(morning: Morning) -> None:
    """组织关系转入: her letter and her card are taken."""
    find_item(morning, "邓丽", "组织关系转入")
    morning.hands.fill(
        {
            "住在或工作在本社区吗？": True,
            "从哪里转来": "市内跨县",
            "怎样转来的": "纸质介绍信",
            "党员类别": "正式党员",
            "入党日期": "2015-7-1",
            "转正日期": "2016-7-1",
            "党费交至年月": "2026-11",
            "报到日期": "2026-11-27",
        }
    )
    taken_in(morning, "组织关系转入", "邓丽")


def the_letter_is_no_good(morning: Morning) -> None:
    """Six points are looked at; two fail: the letter goes back with a sheet that says what and where."""
    hands = morning.hands
    open_case(morning, "邓丽", "验信")
    hands.press(Key.Key_F9)
    bad: dict[str, Value] = {"在有效期内": False, "公章清楚，骑缝章相连": False}
    letter = {"介绍信编号": "泾党组介 2026-061", "开信日期": "2026-10-26"}
    hands.fill({**letter, **LETTER, **GOOD, **bad})
    morning.take("一件-验信")
    hands.press(Key.Key_F9)
    hands.wait_for("退信并打印告知单")
    do_next(morning, "重开的信来了", {"那里的电话": "029-36200000"})
    morning.take("一件-信已退回")
    morning.save_paper("介绍信退回告知单-邓丽")


def the_new_letter_is_good(morning: Morning) -> None:
    """A month later: looked at again, passed on by the body above, taken into a branch."""
    open_case(morning, "邓丽", "重开的信来了")
    do_next(morning, "验信")
    letter = {"介绍信编号": "泾党组介 2026-077", "开信日期": "2026-12-25"}
    do_next(morning, "登记上级批转", {**letter, **LETTER, **GOOD})
    do_next(morning, "编入支部", {"系统处理": "不适用"})
    hands = morning.hands
    hands.press(Key.Key_F9)
    hands.fill(
        {
            "编入党支部": "中共池阳社区第二支部委员会",
            "支部书记": "李强",
            "支部联系电话": "13800009002",
        }
    )
    morning.take("一件-编入支部")
    hands.press(Key.Key_F9)
    hands.wait_for("登记回执寄出")
    morning.take("一件-已编入支部")
    morning.save_paper("编入支部通知-邓丽")


def the_receipt_is_sent_back(morning: Morning) -> None:
    """Due within a month, so the page reminds of it: printed, sent, done."""
    open_case(morning, "邓丽", "登记回执寄出")
    hands = morning.hands
    hands.click("打印回执联")
    hands.wait_for("带来的回执联不能用，另打一张")
    morning.take("一件-回执联")
    morning.save_paper("回执联-邓丽")
    sent: dict[str, Value] = {"回执怎样送": "邮寄", "回执经办人": "王敏"}
    do_next(morning, "办结", sent)
    do_next(morning, "归档")
    morning.take("一件-转入办结")
