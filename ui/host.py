"""The one top-level window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

TITLE = "便民前台"
# 1366×768 at 125 % and with a task bar leaves 1093×574.
SMALLEST = (960, 540)


class Host(QMainWindow):
    """The one top-level window; says once that it was painted."""

    painted = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._seen = False
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*SMALLEST)

    def paintEvent(self, event: "QPaintEvent") -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            # After the children of this pass are painted, too.
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: "QCloseEvent") -> None:
        self.closing.emit()
        super().closeEvent(event)
