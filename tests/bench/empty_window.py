"""The floor of a start: an empty main window, run as `START=<ns> python -m tests.bench.empty_window`.

Prints milliseconds to the painted frame, milliseconds until a typed character arrived, resident kilobytes.
"""

import os
import sys
import time

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

from tests.bench.resident import resident_kb

START = int(os.environ["START"])


class Window(QMainWindow):
    """Nothing but a line to type into."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0
        self.line = QLineEdit()
        self.line.textChanged.connect(self._arrived)
        self.setCentralWidget(self.line)
        self.resize(1366, 768)

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]
        if not self.painted:
            QTimer.singleShot(0, self._seen)

    def _seen(self) -> None:
        self.painted = time.time_ns()
        press = QKeyEvent(QEvent.Type.KeyPress, 0x41, Qt.KeyboardModifier.NoModifier, "a")
        QApplication.postEvent(self.line, press)

    def _arrived(self) -> None:
        typed = time.time_ns()
        print((self.painted - START) / 1e6, (typed - START) / 1e6, resident_kb(), flush=True)
        os._exit(0)


def main() -> None:
    app = QApplication(sys.argv[:1])
    window = Window()
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
