"""The ways an intake may end: the likeliest as the big button, and the few facts some of them need."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desk.domain.workflow import Action
from ui.emptying import empty
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label
from ui.widgets.form_view import FormView

MAIN_KEY = "F9"


def verb(action: Action) -> str:
    """The words on an end's button: what is done, and that a paper comes out."""
    printing = action.paper and "打印" not in action.label
    return f"{action.label}并打印" if printing else action.label


class AskPanel(QFrame):
    """The small form of an end that needs facts, in the place of the buttons."""

    confirmed = Signal(object)
    """The clerk filled it in and goes on (the `Action`)."""
    closed = Signal()
    """The clerk thinks better of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.action: Action | None = None
        self._title = label("", "strong")
        self.form = FormView(columns=1)
        self._go = button("", self._confirm, role="primary", key=MAIN_KEY)
        self._back = button("返回", self.closed.emit, role="quiet")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(10), px(10), px(10), px(10))
        box.setSpacing(px(8))
        for part in (self._title, self.form, self._go, self._back):
            box.addWidget(part)

    def open(self, action: Action) -> None:
        """Ask for what this end needs."""
        self.action = action
        self._title.setText(action.label)
        self._go.setText(verb(action))
        self.form.show_fields(action.asks)
        self.form.show_problems({})
        self.show()
        self.form.focus(self.form.keys()[0])

    def values(self) -> dict[str, object]:
        """What was filled in."""
        return self.form.values()

    def _confirm(self) -> None:
        self.confirmed.emit(self.action)


class Ends(QWidget):
    """The buttons of the ends that the life-cycle allows now, and the panel some of them open."""

    chosen = Signal(object, object)
    """The clerk ends it so: the `Action` and the facts it asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions: tuple[Action, ...] = ()
        self._buttons = QWidget()
        self._grid = QGridLayout(self._buttons)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(8))
        self.panel = AskPanel()
        self.panel.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._buttons)
        box.addWidget(self.panel)
        self.panel.confirmed.connect(lambda action: self.chosen.emit(action, self.panel.values()))
        self.panel.closed.connect(self.close_panel)

    def show_ends(self, actions: Sequence[Action]) -> None:
        """Draw these ends, the first as the main one. An open panel stays while its end is still allowed."""
        if tuple(actions) == self._actions:
            return
        self._actions = tuple(actions)
        empty(self._grid)
        for place, action in enumerate(self._actions):
            self._add(place, action)
        if self.panel.action is not None and self.panel.action not in self._actions:
            self.close_panel()

    def drawn(self) -> tuple[Action, ...]:
        """The ends drawn, the main one first."""
        return self._actions

    def press_main(self) -> None:
        """F9: the panel's verb while it is open, else the main end."""
        if self.panel.action is not None:
            self.chosen.emit(self.panel.action, self.panel.values())
        elif self._actions:
            self._press(self._actions[0])

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Put each sentence beside its field of the panel."""
        self.panel.form.show_problems(sentences)

    def close_panel(self) -> bool:
        """Back to the buttons; False when no panel was open."""
        was_open = self.panel.action is not None
        self.panel.action = None
        self.panel.hide()
        self._buttons.show()
        return was_open

    def _add(self, place: int, action: Action) -> None:
        if place == 0:
            made = button(verb(action), lambda: self._press(action), role="primary", key=MAIN_KEY)
            self._grid.addWidget(made, 0, 0, 1, 2)
            return
        made = button(action.label, lambda: self._press(action))
        row, column = divmod(place - 1, 2)
        alone = column == 0 and place == len(self._actions) - 1
        self._grid.addWidget(made, row + 1, column, 1, 2 if alone else 1)

    def _press(self, action: Action) -> None:
        if action.asks:
            self._buttons.hide()
            self.panel.open(action)
        else:
            self.chosen.emit(action, {})
