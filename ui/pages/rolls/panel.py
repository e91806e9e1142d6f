"""The right card: the chosen line whole, what can be done about it, and the small form a deed asks for."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desk.domain.registers import Deed
from desk.errors import Problem
from desk.services.roll_views import RollEntry, RollVerb
from desk.words.problems import problem_text
from ui.emptying import empty
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.form_view import FormView
from ui.widgets.revealed import Revealed
from ui.widgets.scrolling import scrolling
from ui.widgets.state_badge import StateBadge
from ui.widgets.summary_list import SummaryList
from ui.widgets.widths import side_width

NOBODY = "在左边选一人，这里写明他的情况和能办的事。"
KEPT = "办过的每一步都记在名册的经过里，不能抹掉。"
WIDTH = 292


class DeedForm(QWidget):
    """Filled in and sent by F9; Esc leaves everything as it is."""

    sent = Signal()
    """The clerk wants it done with what he typed."""
    left = Signal()
    """He thinks better of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.deed: Deed | None = None
        self.title = label("", "heading")
        self.form = FormView(columns=1)
        self.done = button("", self.sent.emit, role="primary", key="F9")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        row.addWidget(button("先不办", self.left.emit))
        row.addWidget(self.done)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.title)
        box.addWidget(label(KEPT, "hint", wrap=True))
        box.addWidget(self.form)
        box.addLayout(row)
        box.addStretch(1)

    def ask(self, who: str, deed: Deed) -> None:
        """Draw the form of this deed, empty, the keyboard in its first field."""
        self.deed = deed
        self.title.setText(f"{who}：{deed.label}")
        self.done.setText(deed.label)
        self.form.show_fields(())
        self.form.show_fields(deed.asks)
        self.form.focus(deed.asks[0].key)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say beside each field what is to be mended, and go to the first."""
        told = {problem.field: problem_text(problem) for problem in problems}
        self.form.show_problems(told)
        for key in [key for key in self.form.values() if key in told][:1]:
            self.form.focus(key)


class RollPanel(QStackedWidget):
    """Nobody, a line, or the form of a deed."""

    asked = Signal(object)
    """The clerk wants to do this `RollVerb`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(side_width(WIDTH))
        self.entry: RollEntry | None = None
        self.name = label("", "heading", wrap=True)
        self.state = StateBadge()
        self.lines = SummaryList()
        self.revealed = Revealed()
        self.past = QVBoxLayout()
        self.verbs: list[QPushButton] = []
        self._buttons = QVBoxLayout()
        self.form = DeedForm()
        self.form.left.connect(self.close_form)
        nobody = Card()
        nobody.body.addWidget(label(NOBODY, "second", wrap=True))
        nobody.body.addStretch(1)
        asking = Card()
        asking.body.addWidget(self.form)
        self._shown = self._lay_out()
        self._asking = scrolling(asking)
        for page in (nobody, self._shown, self._asking):
            self.addWidget(page)

    @property
    def asking(self) -> bool:
        """Whether the form of a deed stands here."""
        return self.currentWidget() is self._asking

    def show_entry(self, entry: RollEntry | None) -> None:
        """Show this line; None when nobody is chosen."""
        if entry is not None and entry == self.entry and self.asking:
            return
        self.entry = entry
        self.revealed.be_about(_about(entry))
        if entry is None:
            self.setCurrentIndex(0)
            return
        self.name.setText(entry.row.name)
        self.state.show_state(entry.row.state_label, entry.row.tone)
        self.lines.show_lines(entry.lines)
        empty(self._buttons)
        empty(self.past)
        self.verbs = [self._button(place, verb) for place, verb in enumerate(entry.verbs)]
        for row in entry.history:
            self.past.addWidget(label("　".join(filter(None, (row.at, row.text))), wrap=True))
            why = "　".join(filter(None, (row.reason, row.who)))
            self.past.addWidget(label(why, "hint", wrap=True))
        self.setCurrentWidget(self._shown)

    def ask(self, deed: Deed) -> None:
        """Show the form of a deed."""
        if self.entry is not None:
            self.setCurrentWidget(self._asking)
            self.form.ask(self.entry.row.name, deed)

    def close_form(self) -> bool:
        """Show the line again; False if no form stood here."""
        if not self.asking:
            return False
        self.setCurrentWidget(self._shown)
        return True

    def _button(self, place: int, verb: RollVerb) -> QPushButton:
        made = button(
            verb.label,
            partial(self.asked.emit, verb),
            role="primary" if place == 0 else "",
            key="F9" if place == 0 else "",
        )
        self._buttons.addWidget(made)
        return made

    def _lay_out(self) -> Card:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.state)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.lines)
        column.addWidget(self.revealed)
        column.addSpacing(px(4))
        self.past.setSpacing(px(2))
        column.addLayout(self.past)
        column.addStretch(1)
        self._buttons.setSpacing(px(8))
        card.body.addLayout(head)
        card.body.addWidget(scrolling(inside), 1)
        card.body.addLayout(self._buttons)
        return card


def _about(entry: RollEntry | None) -> UUID | None:
    return (entry.row.record_id or entry.row.person_id) if entry else None
