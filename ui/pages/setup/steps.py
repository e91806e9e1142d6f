"""What the three steps of the set-up share: a heading, a summary of what is to be mended, a form, its buttons."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk.errors import Problem
from desk.words.passwords import password_problem_codes, password_problem_text
from desk.words.problems import problem_text
from ui.widgets.buttons import button
from ui.widgets.cards import label, line
from ui.widgets.centred_card import centred_card as centred_card
from ui.widgets.error_summary import ErrorSummary, named

DIFFERS = "password_differs"


class Step(QWidget):
    """One step of three (`number` 0: by itself); put its widgets into `body`. `onward` is pressed with the button (or F9, Enter on it)."""

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
        if number:
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
        first.setdefault(problem.field, sentence(problem))
    return {key: first[key] for key in (*labels, *first) if key in first}


def sentence(problem: Problem) -> str:
    """What to say beside a field of the set-up."""
    if problem.code == DIFFERS:
        return "两次输的密码不一样，请再输一次。"
    if problem.field == "password" and problem.code in password_problem_codes():
        return password_problem_text(problem)
    return problem_text(problem)


def summary_of(sentences: Mapping[str, str], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """The lines of the summary: whose field, and its sentence."""
    return [(key, named(labels.get(key, ""), text)) for key, text in sentences.items()]
