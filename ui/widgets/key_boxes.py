"""The eight groups of a printed key, typed back group by group; the wrong one is named at its box."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme import mark
from ui.widgets.cards import label

GROUPS = 8
COLUMNS = 4


def groups_of(key: str) -> tuple[str, ...]:
    """The key's groups; it is written with hyphens or blanks between them."""
    return tuple(part for part in key.replace("-", " ").split() if part)


class KeyBoxes(QWidget):
    """A box for each group; small letters and blanks are fine, and a whole key put into one box fills them all."""

    filled = Signal()
    """The last group is whole."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes = [_Box(place) for place in range(1, GROUPS + 1)]
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setSpacing(10)
        for place, box in enumerate(self.boxes):
            cell = QVBoxLayout()
            cell.setSpacing(2)
            cell.addWidget(label(f"第 {place + 1} 组", "label"))
            cell.addWidget(box)
            grid.addLayout(cell, place // COLUMNS, place % COLUMNS)
            box.full.connect(lambda place=place: self._next(place))
            box.pasted.connect(self._spread)
        grid.addWidget(self.problem, GROUPS // COLUMNS, 0, 1, COLUMNS)
        self.setFocusProxy(self.boxes[0])

    def typed(self) -> str:
        """The key as typed, large letters, groups joined by hyphens."""
        return "-".join(box.text().replace(" ", "").upper() for box in self.boxes)

    def wrong_group(self, group: int, text: str) -> None:
        """Name the first wrong group; the others keep what was typed."""
        for place, box in enumerate(self.boxes, start=1):
            mark(box, "problem", place == group)
        self.say(text)
        box = self.boxes[min(max(group, 1), GROUPS) - 1]
        box.setFocus()
        box.selectAll()

    def say(self, text: str) -> None:
        """What is wrong, under the boxes."""
        self.problem.setText(text)
        self.problem.show()

    def _next(self, place: int) -> None:
        if place + 1 < GROUPS:
            self.boxes[place + 1].setFocus()
        else:
            self.filled.emit()

    def _spread(self, text: str) -> None:
        """A whole key typed or scanned into one box fills them all."""
        for box, group in zip(self.boxes, groups_of(text), strict=False):
            box.setText(group.upper())


class _Box(QLineEdit):
    """One group of the key; goes on by itself when it is full."""

    full = Signal()
    pasted = Signal(str)

    SIZE = 5

    def __init__(self, place: int) -> None:
        super().__init__()
        self.setAccessibleName(f"第 {place} 组")
        self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
        self.textEdited.connect(self._edited)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.full.emit()
        else:
            super().keyPressEvent(event)

    def _edited(self, text: str) -> None:
        mark(self, "problem", False)
        if len(groups_of(text)) > 1:
            self.pasted.emit(text)
        elif len(text.replace(" ", "")) >= self.SIZE:
            self.full.emit()
