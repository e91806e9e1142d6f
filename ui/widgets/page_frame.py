"""The frame every page stands in: margins, a banner on top, and the calls the window makes to a page."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.changes import Changes
from ui.notices import Banner

MARGIN = 20
GAP = 16


class PageFrame(QWidget):
    """A page. Overridden as needed: `refresh`, `wants`, `opened`, `main_action`, `print_action`, `go_back`, `usual`,
    `put_away`.

    `help_text` is what F1 shows. Put widgets into `body`.
    """

    help_text = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "ground")
        self.banner = Banner(self)
        self._stale = True
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        outer.setSpacing(GAP)
        outer.addWidget(self.banner)
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP)
        outer.addLayout(self.body, 1)

    def opened(self, **facts: object) -> None:
        """The page was asked for, with what it should show (`case_id=…`); comes before it is shown."""

    def refresh(self) -> None:
        """Ask the office again; called at the first showing and whenever something it wants has changed."""

    def wants(self, changes: Changes) -> bool:
        """Whether these changes concern the page; by default all do."""
        return bool(changes)

    def main_action(self) -> None:
        """F9."""

    def print_action(self) -> None:
        """Ctrl P."""

    def usual(self, place: int) -> bool:
        """Alt and a digit; True if the page took it."""
        return False

    def go_back(self) -> bool:
        """Esc; True if the page used it itself (closed a panel, say)."""
        if self.banner.isVisible():
            self.banner.clear()
            return True
        return False

    def put_away(self) -> None:
        """The window closes or is built anew: keep now what is not kept yet."""

    def take_changes(self, changes: Changes) -> None:
        """Refresh now if shown, else remember to."""
        if not self.wants(changes):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def make_stale(self) -> None:
        """Refresh at the next showing."""
        self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()
