"""A page at a real office: real threads, notices that are kept, a chooser and a printer that answer at once."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.services.office import Office
from tests.builders import PASSWORD
from tests.kept import new_office
from tests.ui.printer_tray import Tray
from ui.feed import Feed
from ui.notices import Notices
from ui.operations import Operations
from ui.second_person import SecondPersonBox
from ui.shell import Shell
from ui.tasks import Lane, Tasks
from ui.widgets.page_frame import PageFrame


@dataclass
class Answers:
    """A file chooser that gives `path` back."""

    path: Path | None = None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        return self.path

    def save_as(self, parent: QWidget, title: str, name: str, kind: str) -> Path | None:
        return self.path

    def open_file(self, parent: QWidget, title: str, kind: str) -> Path | None:
        return self.path


@dataclass
class Room:
    """An office with a window; `went` are the pages that were asked for."""

    office: Office
    window: QWidget
    tasks: Tasks
    feed: Feed
    operations: Operations
    notices: Notices
    answers: Answers
    qtbot: QtBot
    tray: Tray
    went: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    bugs: list[Exception] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)

    def shell(self, page: str) -> Shell:
        return Shell(
            page=page,
            operations=self.operations,
            notices=self.notices,
            feed=self.feed,
            go=lambda page, **facts: self.went.append((page, facts)),
            back=lambda: self.went.append(("back", {})),
        )

    def show(self, page: PageFrame, shell: Shell, **facts: object) -> None:
        """Open the page as the window would, and wait for its first answers."""
        shell.banner = page.banner
        page.setParent(self.window)
        page.resize(1178, 700)
        self.feed.changed.connect(lambda changes, _who: page.take_changes(changes))
        page.opened(**facts)
        page.show()
        self.settle()

    def settle(self) -> None:
        """Until nothing is queued any more."""
        self.qtbot.waitUntil(lambda: self.tasks.idle)
        assert self.bugs == []

    def toasts(self) -> list[str]:
        return [notice.title for notice in self.notices.shown if notice.kind == "toast"]


def agree(room: Room) -> None:
    """The second person types his password, and what he consented to is done."""
    room.settle()
    box = room.window.findChildren(SecondPersonBox)[-1]
    box.password.setText(PASSWORD)
    box.submit()
    room.settle()
    room.settle()


class HasTasks(Protocol):
    """Whatever works away from its window."""

    tasks: Tasks


@contextmanager
def nothing_goes_on(place: HasTasks, lane: Lane = "write") -> Iterator[None]:
    """What is asked in here waits till the end of it: a worker that is busy with something long."""
    gate = threading.Event()
    for _ in range(2 if lane == "files" else 1):
        place.tasks.submit(
            lane,
            lambda _task: gate.wait(),
            on_done=lambda _told: None,
            on_error=lambda _error: None,
        )
    try:
        yield
    finally:
        gate.set()


@contextmanager
def open_room(folder: Path, qtbot: QtBot, office: Office | None = None) -> Iterator[Room]:
    """A new office in `folder`, or this one, behind a window; closed in the right order."""
    office = office or new_office(folder)
    window = QWidget()
    window.resize(1178, 700)
    qtbot.addWidget(window)
    window.show()
    keeper = QObject()
    tasks, feed = Tasks(keeper), Feed(keeper)
    bugs: list[Exception] = []
    operations = Operations(office, tasks, feed, on_bug=bugs.append, parent=keeper)
    answers = Answers()
    notices = Notices(window, answers)
    room = Room(
        office,
        window,
        tasks,
        feed,
        operations,
        notices,
        answers,
        qtbot,
        Tray(folder / "printed"),
        bugs=bugs,
    )
    try:
        yield room
    finally:
        tasks.close()
        office.close()


def ids(rows: Sequence[object]) -> list[UUID]:
    """The ids of case rows, in their order."""
    return [row.id for row in rows]  # type: ignore[attr-defined]
