"""Work on one case, as every chapter does it: find it, open it, do the next step."""

from collections.abc import Mapping

from PySide6.QtCore import Qt

from ui.demo.hands import Value
from ui.demo.morning import Morning

Key = Qt.Key
MINUTES = 5


def open_case(morning: Morning, name: str, button: str) -> None:
    """F3, the newest case of that name, Enter; `button` is what can be done there."""
    morning.wait_minutes(MINUTES)
    hands = morning.hands
    hands.press(Key.Key_F3)
    hands.choose_row("办件", name)
    hands.press(Key.Key_Return)
    hands.wait_for(button)


def do_next(morning: Morning, then: str, typed: Mapping[str, Value] | None = None) -> None:
    """F9, what it asks (None: it asks nothing), F9 again; afterwards `then` stands on the page."""
    hands = morning.hands
    morning.wait_minutes(1)
    hands.press(Key.Key_F9)
    if typed is not None:
        hands.fill(typed)
        hands.press(Key.Key_F9)
    hands.wait_for(then)


def do_other(morning: Morning, button: str, then: str, typed: Mapping[str, Value]) -> None:
    """Another button than the first (or 更多), what it asks, F9; afterwards `then` stands on the page."""
    hands = morning.hands
    morning.wait_minutes(1)
    if hands.shows_button(button):
        hands.click(button)
    else:
        hands.choose_in_menu("更多 ▾", button)
    hands.fill(typed)
    hands.press(Key.Key_F9)
    hands.wait_for(then)
