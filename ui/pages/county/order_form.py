"""The form of what the county asks: a move, an edit or a request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.domain.fields import FieldDef
from desk.domain.forms import visible
from desk.errors import Problem
from desk.words.problems import problem_text
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card
from ui.widgets.form_view import FormView


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: `key` is the move's, '' for the other kinds."""

    kind: Literal["move", "edit", "request", "erase"]
    label: str
    fields: tuple[FieldDef, ...]
    key: str = ""


class OrderForm(Card):
    """Filled in and sent by F9; Esc leaves everything as it is."""

    sent = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.asked: Asked | None = None
        self._begun: dict[str, object] = {}
        self.form = FormView(columns=1)
        self.form.changed.connect(self._show_fields)
        self.done = button("发出", self.sent.emit, role="primary", key="F9")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        row.addWidget(button("先不办", self.left.emit))
        row.addWidget(self.done)
        self.body.addWidget(self.form)
        self.body.addLayout(row)

    def ask(self, asked: Asked, begun: Mapping[str, object]) -> None:
        """Draw this form with what it begins with, the keyboard in its first field."""
        self.asked = asked
        self.title.setText(asked.label)
        self.form.show_fields(())
        self._show_fields()
        self.form.show_values(begun)
        self._show_fields()
        self._begun = self.form.values()
        if keys := self.form.keys():
            self.form.focus(keys[0])

    def values(self) -> dict[str, object]:
        """What was typed."""
        return self.form.values()

    def changed(self) -> dict[str, object]:
        """What was typed that did not stand there before."""
        return {key: value for key, value in self.values().items() if value != self._begun.get(key)}

    def show_problems(self, problems: Iterable[Problem]) -> bool:
        """Say beside each field what is to be mended; False when none of them is here."""
        told = {problem.field: problem_text(problem) for problem in problems}
        self.form.show_problems(told)
        return any(self.form.focus(key) for key in self.values() if key in told)

    def _show_fields(self) -> None:
        if self.asked is not None:
            self.form.show_fields(visible(self.asked.fields, self.form.values()))
