"""What the three steps of the set-up share: a heading, a summary of what is to be mended, a form, its buttons."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk.errors import Problem
from desk.words.setup import sentence
from ui.widgets.buttons import button
from ui.widgets.cards import label, line
from ui.widgets.error_summary import ErrorSummary


class Step(QWidget):
    """One step; put its widgets into `body`. `onward` is pressed with the button (or F9, Enter on it)."""

    onward = Signal()

    def __init__(self, number: int, title: str, why: str, verb: str) -> None:
        super().__init__()
        self.summary = ErrorSummary()
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.button: QPushButton = button(verb, self.onward.emit, role="primary", key="F9")
        self.left = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(f"第 {number} 步，共 3 步", "hint"))
        column.addWidget(label(title, "title"))
        column.addWidget(label(why, "second", wrap=True))
        column.addWidget(self.summary)
        column.addLayout(self.body)
        column.addStretch(1)
        column.addWidget(line())
        row = QHBoxLayout()
        row.addLayout(self.left)
        row.addStretch(1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(row)

    def set_busy(self, busy: bool, doing: str = "") -> None:
        """While the office works the button says so and takes no second press."""
        self.button.setEnabled(not busy)
        self.button.setToolTip(doing)


def told(problems: Sequence[Problem], labels: Mapping[str, str]) -> dict[str, str]:
    """Field key to sentence, the first problem of each field, in the order of `labels`."""
    first: dict[str, str] = {}
    for problem in problems:
        first.setdefault(problem.field, sentence(problem, labels.get(problem.field, "")))
    return {key: first[key] for key in (*labels, *first) if key in first}
