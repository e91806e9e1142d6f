"""The buttons of a case: exactly the actions it allows now, the rest of many behind 更多."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from desk.domain.workflow import Action
from ui.emptying import empty
from ui.theme import factor, px
from ui.widgets.buttons import button

MANY, MANY_LARGE = 4, 3
"""So many buttons stand side by side; with large text fewer do."""


class ActionBar(QWidget):
    """The primary action stands right and takes F9."""

    asked = Signal(object)
    """The clerk wants this `Action`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(8))
        self.actions_shown: tuple[Action, ...] = ()
        self.buttons: list[QPushButton] = []
        self.more: QMenu | None = None

    @property
    def primary(self) -> Action | None:
        """What F9 does."""
        first = self.actions_shown[:1]
        return first[0] if first and first[0].primary else None

    def show_actions(self, actions: Sequence[Action]) -> None:
        """Draw exactly these; the first, if it is primary, takes F9."""
        self.actions_shown = tuple(actions)
        empty(self._row)
        most = MANY if factor() == 1.0 else MANY_LARGE
        few = len(actions) <= most
        beside, hidden = (actions, ()) if few else (actions[: most - 1], actions[most - 1 :])
        self.more = None
        if hidden:
            self._row.addWidget(self._more_button(hidden))
        self.buttons = [self._button(action) for action in beside]
        for made in reversed(self.buttons):
            self._row.addWidget(made)
        for before, after in zip(self.buttons, self.buttons[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _button(self, action: Action) -> QPushButton:
        first = action is self.primary
        return button(
            action.label,
            partial(self.asked.emit, action),
            role="primary" if first else "",
            key="F9" if first else "",
        )

    def _more_button(self, actions: Sequence[Action]) -> QPushButton:
        made = button("更多 ▾")
        self.more = QMenu(made)
        for action in actions:
            self.more.addAction(action.label, partial(self.asked.emit, action))
        made.setMenu(self.more)
        return made
