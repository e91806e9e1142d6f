"""The real window in a child process: opened as 王敏, worked by hands that wait longer than those of the demonstration."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desk import keyring
from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.services.office import Office
from desk.services.sign_in import open_with_key
from tests.bench.big_door import CLOSING, PASSWORD, operator_of
from ui.demo.eyes import NotSeen
from ui.demo.hands import Hands
from ui.demo.morning import Chosen
from ui.startup import Start

PATIENCES = 30
"""So often the usual patience, ten minutes: of a large office a backup takes its time, on a disk that is busy with others even more."""


class Patient(Hands):
    """Waits longer, and touches the keyboard now and then: a window nobody touches for five minutes locks itself."""

    def wait_until(self, met: Callable[[], bool], what: str) -> None:
        for _ in range(PATIENCES):
            with suppress(NotSeen):
                return super().wait_until(met, what)
            QTest.keyClick(self.host, Qt.Key.Key_Shift)
        shown = "　".join(one.text() for one in self.on_screen(QLabel))
        raise NotSeen(f"{what}: {shown[:1000]}")


def opened(app: QApplication, folder: Path, chosen: Chosen) -> Start:
    """The working window on that office, at rest; `chosen` answers the file dialogs."""
    start = Start(app, OfficePaths(folder), FixedClock(CLOSING), chosen, last_resort=True)
    start.loaded.connect(lambda: go_in(start))
    start.show()
    hands = Patient(start)
    hands.wait_until(lambda: start.window is not None, "今日")
    hands.rest()
    return start


def go_in(start: Start) -> None:
    """As 王敏; the large office has stood for so long that the sign-in would ask for a new password first."""
    operator = operator_of(start.paths.folder)

    def work() -> Office:
        key = keyring.open_with_password(start.paths.folder, operator, PASSWORD, start.clock)
        found = UUID(hex=operator)
        return open_with_key(start.paths, key, found, clock=start.clock, rules=start._rules)

    def fail(error: Exception) -> None:
        raise error

    start.run(work, on_done=start._opened, on_refused=fail)
