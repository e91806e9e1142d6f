"""The county's own window: what was reported, looking into the stick, receiving, the answer as a code."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desk.paths import OfficePaths
from ui.demo import days
from ui.demo.hall import COUNTY_PASSWORD, NEXT_COUNTY_PASSWORD
from ui.demo.morning import Morning

Key = Qt.Key


def the_rest_is_reported(morning: Morning) -> None:
    """At the desk: all that was done since goes onto the stick."""
    hands = morning.hands
    hands.click("同步")
    hands.press(Key.Key_F9)
    hands.wait_for("可以拔出 U 盘了")


def the_county_opens_its_window(morning: Morning) -> None:
    """At the county: `bianmin hub`; the report as it stands before the stick."""
    ended = morning.hands.start
    morning.close_program()
    for part in (ended.host, ended):
        part.deleteLater()
    morning.start_program(OfficePaths(morning.folder.county))
    hands = morning.hands
    hands.wait_until(lambda: bool(hands.read("title")), "登录")
    hands.write(hands.see(QLineEdit, "密码"), COUNTY_PASSWORD)
    hands.press(Key.Key_Return)
    days.change_password(morning, COUNTY_PASSWORD, NEXT_COUNTY_PASSWORD)
    hands.wait_for("重新统计")
    morning.take("县里-汇总")


def the_county_looks_inside(morning: Morning) -> None:
    """F9 looks into the stick; nothing is changed."""
    hands = morning.hands
    hands.click("接收")
    morning.chosen.next = morning.folder.stick
    hands.press(Key.Key_F9)
    hands.wait_for("看过了，还没有收")
    morning.take("县里-看一看")


def the_county_receives_here(morning: Morning) -> None:
    """F9 again receives; the acknowledgement is written beside the packages."""
    hands = morning.hands
    hands.press(Key.Key_F9)
    hands.wait_for("收完了")
    morning.take("县里-接收")


def the_county_looks_through_its_pages(morning: Morning) -> None:
    """The report again, the windows with the answer as a code, what waits for a decision, the catalogue."""
    hands = morning.hands
    hands.click("区县汇总")
    morning.take("县里-收完的汇总")
    hands.click("窗口")
    hands.click("回执码")
    hands.wait_for("请窗口用扫码枪扫这个码")
    morning.take("县里-窗口和回执码")
    for page in ("待裁", "目录"):
        hands.click(page)
        morning.take(f"县里-{page}")
