"""The small form an action asks for, in place beside the case."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.domain.forms import visible
from desk.domain.workflow import Action
from desk.errors import Problem
from desk.words.problems import problem_text
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.form_view import FormView

NARROW = 6
"""So many fields fit a narrow column without scrolling."""


class AskPanel(Card):
    """Filled in and sent by F9; Esc leaves everything as it is."""

    sent = Signal()
    """The clerk wants it done with what he typed."""
    left = Signal()
    """He thinks better of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.action: Action | None = None
        self.form = FormView(columns=1)
        self.form.changed.connect(self._show_fields)
        self.done = button("", self.sent.emit, role="primary", key="F9")
        self.cancel = button("先不办", self.left.emit)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.done)
        self.hint = label("填好再办；办过的每一步都会记在“经过”里。", "hint", wrap=True)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.form)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def ask(self, action: Action, begun: Mapping[str, object]) -> None:
        """Draw the form of this action with what it begins with, the keyboard in its first field."""
        self.action = action
        self.title.setText(action.label)
        self.done.setText(action.label)
        self.form.show_fields(())
        self.form.set_columns(2 if self.many(action) else 1)
        self._show_fields()
        self.form.show_values(begun)
        self._show_fields()
        if keys := self.form.keys():
            self.form.focus(keys[0])

    @staticmethod
    def many(action: Action) -> bool:
        """Whether this action asks for too much for a narrow column."""
        return len(action.asks) > NARROW

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say beside each field what is to be mended, and go to the first."""
        told = {problem.field: problem_text(problem) for problem in problems}
        self.form.show_problems(told)
        first = [key for key in self.form.values() if key in told][:1]
        for key in first:
            self.form.focus(key)

    def _show_fields(self) -> None:
        if self.action is not None:
            self.form.show_fields(visible(self.action.asks, self.form.values()))
