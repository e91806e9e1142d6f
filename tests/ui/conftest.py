"""The application in its own dress for every test with widgets, and the working window on a real office."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk.services.office import Office
from ui import theme
from ui.feed import Feed
from ui.notices import Notices
from ui.operations import Operations
from ui.shell import Preferences, Shell
from ui.startup import Host, load_fonts
from ui.tasks import Tasks

if TYPE_CHECKING:
    from tests.ui.intake_desk import Desk
    from ui.main_window import MainWindow


@dataclass
class Chosen:
    """A file chooser that has its answers ready; an empty list is a clerk who thinks better of it."""

    answers: list[Path] = field(default_factory=list)

    def folder(self, _parent: QWidget, _title: str) -> Path | None:
        return self.answers.pop(0) if self.answers else None

    def save_as(self, parent: QWidget, title: str, _name: str, _kind: str) -> Path | None:
        return self.folder(parent, title)

    def open_file(self, parent: QWidget, title: str, _kind: str) -> Path | None:
        return self.folder(parent, title)


@pytest.fixture(scope="session")
def families(qapp: QApplication) -> list[str]:
    """The bundled fonts, loaded once."""
    return load_fonts("sans", "bold", "rare")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, families: list[str]) -> None:
    """Ordinary text size, whatever the test before chose."""
    if qapp.property("text_factor") != 1.0:
        qapp.setStyle("Fusion")
        theme.apply(qapp, families, large=False)


@pytest.fixture
def desk(qtbot: QtBot, office: Office) -> Iterator["Desk"]:
    """The intake page, at which the clerk sits down; no printer is set."""
    # The page and all it needs is loaded by tests that want it only.
    from tests.ui.intake_desk import quiet, sitting_at

    with sitting_at(office) as seated:
        qtbot.waitUntil(quiet(seated))
        yield seated


@pytest.fixture
def chooser() -> Chosen:
    """The file chooser of this test."""
    return Chosen()


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    """The top-level window at the size of the design, shown and active."""
    made = Host()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def bugs() -> Iterator[list[Exception]]:
    """What came back from workers as a bug; a test that leaves one here fails."""
    found: list[Exception] = []
    yield found
    assert found == []


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """The workers, closed before the office is."""
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def operations(office: Office, tasks: Tasks, bugs: list[Exception]) -> Operations:
    """The way to a real office."""
    return Operations(office, tasks, Feed(tasks), on_bug=bugs.append)


@pytest.fixture
def notices(host: Host, chooser: Chosen) -> Notices:
    """What was said; read `notices.shown`."""
    return Notices(host, chooser)


@pytest.fixture
def window(
    qtbot: QtBot, host: Host, operations: Operations, notices: Notices, tasks: Tasks
) -> "MainWindow":
    """The working window on a real office, no page open yet."""
    from ui.main_window import MainWindow

    made = MainWindow(operations, operations.feed, notices, tasks, Preferences())
    host.setCentralWidget(made)
    qtbot.waitUntil(lambda: tasks.idle)
    return made


@dataclass
class Went:
    """Where a page wanted to go: page keys and facts."""

    ways: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def __call__(self, page: str, **facts: object) -> None:
        self.ways.append((page, facts))


@pytest.fixture
def went() -> Went:
    """Where the page under test wanted to go."""
    return Went()


@pytest.fixture
def shell(operations: Operations, notices: Notices, went: Went) -> Shell:
    """A page's shell without a window round it."""
    return Shell("page", operations, notices, operations.feed, go=went, back=lambda: went("back"))
