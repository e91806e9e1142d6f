"""White cards with a heading, and the labels that stand in them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

PAD = 16


def label(
    text: str, role: str = "", *, tone: str = "", wrap: bool = False, parent: QWidget | None = None
) -> QLabel:
    """A plain-text label; `role` and `tone` as in desk.qss (a tone makes it a badge)."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def line() -> QFrame:
    """A hair line across."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


class Card(QFrame):
    """A white card; `body` is its column, `aside` the small words right of the heading."""

    def __init__(self, title: str = "", aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(PAD, PAD, PAD, PAD)
        self.body.setSpacing(8)
        self.title = label(title, "heading")
        self.aside = label(aside, "hint")
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.aside)
        if title:
            self.body.addLayout(self.head)
        else:
            self.title.setParent(self)
            self.aside.setParent(self)
            self.title.hide()
            self.aside.hide()
