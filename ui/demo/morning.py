"""What every deed of the story works with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.services.views import PersonValues
from desk.words.errors import BUG
from ui.demo.folder import FULL, Folder
from ui.demo.hall import PASSWORD, SET_UP
from ui.demo.hands import Hands
from ui.notices import Toast
from ui.startup import Start


class Broken(Exception):
    """The program said that it has a fault."""


@dataclass
class Chosen:
    """Answers the file dialogs with what the story laid ready."""

    next: Path | None = None

    def folder(self, _parent: QWidget, _title: str) -> Path | None:
        return self._take()

    def save_as(self, _parent: QWidget, _title: str, _name: str, _kind: str) -> Path | None:
        return self._take()

    def open_file(self, _parent: QWidget, _title: str, _kind: str) -> Path | None:
        return self._take()

    def _take(self) -> Path | None:
        taken, self.next = self.next, None
        return taken


@dataclass
class Morning:
    """The clerk at her desk: the program, her hands, the clock on the wall, the folder for what comes of it."""

    app: QApplication
    folder: Folder
    residents: Mapping[str, PersonValues]
    clock: FixedClock = field(default_factory=lambda: FixedClock(SET_UP))
    chosen: Chosen = field(default_factory=Chosen)
    password: str = PASSWORD
    password_since: datetime = SET_UP
    hands: Hands = field(init=False)

    @property
    def paths(self) -> OfficePaths:
        """The desk's data folder."""
        return OfficePaths(self.folder.desk)

    def start_program(self, paths: OfficePaths | None = None) -> None:
        """Start it as a clerk does, at the size of the design: at the desk, or on another folder."""
        self.hands = Hands(Start(self.app, paths or self.paths, self.clock, self.chosen))
        self.hands.start.show()
        self.hands.host.showNormal()
        self.hands.host.resize(FULL)
        self.hands.host.activateWindow()

    def close_program(self) -> None:
        """Close the window; what is under way comes to its end."""
        self.hands.host.close()

    def wait_minutes(self, minutes: int) -> None:
        """Time goes by; the clock on the wall goes along, and what was said minutes ago is gone."""
        self.clock.advance(minutes=minutes)
        for toast in self.hands.host.findChildren(Toast):
            toast.hide()
        if self.hands.start.window is not None:
            self.hands.start.window.bar.show_time()

    def take(self, name: str) -> None:
        """A picture of what is on the screen.

        Raises:
            Broken: the program owns up to a fault of its own.
        """
        self.hands.rest()
        self.folder.take(self.hands, name)
        if self.hands.shows(BUG.title):
            raise Broken(BUG.title)

    def take_large(self, name: str) -> None:
        """A picture of what is on the screen, with large text."""
        self.hands.rest()
        self.folder.take_large(self.hands, name)

    def save_list(self, button: str, name: str) -> None:
        """A list is laid out for print; this hall has no printer, so it is kept as PDF."""
        self.wait_minutes(1)
        self.hands.click(button)
        self.hands.wait_for("另存 PDF…")
        self.save_paper(name)

    def save_paper(self, name: str) -> None:
        """另存 PDF, as the clerk does it."""
        self.chosen.next = self.folder.papers / f"{name}.pdf"
        self.hands.click("另存 PDF…")
        self.hands.wait_for("已存为")
