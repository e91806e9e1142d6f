"""The days after the first: the program is closed in the evening and opened on another morning."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desk.clock import CHINA
from desk.services.clock_doubts import AHEAD
from ui.demo.hall import NEXT_PASSWORD
from ui.demo.morning import Morning

Key = Qt.Key
OPENING = time(9, tzinfo=CHINA)
GOOD_FOR = timedelta(days=180)
"""A password, by the county's rule."""


def on(day: str) -> Callable[[Morning], None]:
    """The deed of coming in on that day (ISO)."""
    morning_of = datetime.combine(datetime.fromisoformat(day), OPENING)

    def come_in(morning: Morning) -> None:
        ended = morning.hands.start
        morning.close_program()
        # A window that is only closed would be dressed anew at every later start.
        for part in (ended.host, ended):
            part.deleteLater()
        away, morning.clock.moment = morning_of - morning.clock.moment, morning_of
        sign_in(morning)
        if away > AHEAD:
            # Nobody stays away that long, so the program asks whether the date is right.
            morning.hands.wait_for("请看一眼电脑的日期")
            morning.hands.click("日期是对的")

    return come_in


def sign_in(morning: Morning, picture: str = "") -> None:
    """Start the program, name and password; the first page."""
    morning.start_program()
    hands = morning.hands
    hands.wait_until(lambda: bool(hands.read("title")), "登录")
    hands.write(hands.see(QLineEdit, "密码"), morning.password)
    if picture:
        morning.take(picture)
    hands.press(Key.Key_Return)
    if morning.clock.moment - morning.password_since > GOOD_FOR:
        change_password(morning, morning.password, NEXT_PASSWORD)
        morning.password, morning.password_since = NEXT_PASSWORD, morning.clock.moment
    hands.wait_for("今日办件")


def change_password(morning: Morning, old: str, new: str) -> None:
    """Half a year is over: nobody comes in before it is changed."""
    hands = morning.hands
    hands.wait_for("先换一个密码")
    for name, typed in {"刚才登录用的密码": old, "新密码": new, "再输一次新密码": new}.items():
        hands.write(hands.see(QLineEdit, name), typed)
    morning.take("半年换一次密码")
    hands.press(Key.Key_F9)
