"""The intake page at a real office, with a printer that keeps what it is given."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desk.services import printers
from desk.services.office import Office
from desk.services.printers import EVERY, PrinterProfile
from tests.ui.printer_tray import Tray
from ui.feed import Feed
from ui.notices import Notices
from ui.operations import Operations
from ui.pages.intake.page import IntakePage
from ui.shell import Shell
from ui.tasks import Tasks


@dataclass
class FileChoice:
    """A file chooser that always gives the same path."""

    path: Path | None = None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        return self.path

    def save_as(self, parent: QWidget, title: str, name: str, kind: str) -> Path | None:
        return self.path

    def open_file(self, parent: QWidget, title: str, kind: str) -> Path | None:
        return self.path


@dataclass
class Desk:
    """A window with the intake page, and what the page did beyond it."""

    page: IntakePage
    window: QWidget
    office: Office
    tray: Tray
    chooser: FileChoice
    notices: Notices
    tasks: Tasks
    went: list[tuple[str, dict[str, object]]]

    def said(self) -> list[str]:
        """The titles of all notices so far."""
        return [notice.title for notice in self.notices.shown]

    def type_into(self, key: str, text: str) -> None:
        """Type into the field of that key, as the clerk would."""
        self.page.parts.focus_field(key)
        widget = self.window.focusWidget()
        assert widget is not None
        if text.isascii():
            QTest.keyClicks(widget, text)
        else:
            committed = QInputMethodEvent()
            committed.setCommitString(text)
            QApplication.sendEvent(widget, committed)


@contextmanager
def sitting_at(office: Office, *, printer: str = "") -> Iterator[Desk]:
    """The page in an active window; all work has come to rest when it is left."""
    window = QWidget()
    tasks, feed, notices = Tasks(), Feed(), Notices(window)
    bugs: list[Exception] = []
    operations = Operations(office, tasks, feed, on_bug=bugs.append)
    went: list[tuple[str, dict[str, object]]] = []
    shell = Shell(
        page="intake",
        operations=operations,
        notices=notices,
        feed=feed,
        go=lambda page, **facts: went.append((page, facts)),
        back=lambda: None,
    )
    if printer:
        printers.save_profile(office, profile=PrinterProfile(EVERY, printer=printer))
    tray, chooser = Tray(office.paths.folder / "printed"), FileChoice()
    notices.chooser = chooser
    page = IntakePage(shell, tray)
    shell.banner = page.banner
    box = QVBoxLayout(window)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(page)
    window.resize(1218, 708)
    window.show()
    window.activateWindow()
    page.setFocus()
    yield Desk(page, window, office, tray, chooser, notices, tasks, went)
    tasks.close()
    window.close()
    window.deleteLater()
    assert bugs == []


def quiet(desk: Desk) -> Callable[[], bool]:
    """Whether nothing is typed, asked or drawn any more; for `waitUntil`."""
    live = desk.page.live

    def settled() -> bool:
        resting = not live.stale or not desk.page.values().item_code
        return resting and not live.pending and desk.tasks.idle

    return settled
