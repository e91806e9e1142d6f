"""换电脑: what is to be done in which order, and how far it is."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QGridLayout, QWidget

from desk.services import moving
from desk.services.moving import MoveStep
from ui.emptying import empty
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.state_badge import StateBadge

HINT = "按顺序做，做到哪一步这里看得到。新电脑恢复好以前，旧电脑不要再收件。"
BADGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"done": ("已做", "good"), "open": ("还没做", "soon"), "unknown": ("请人工确认", "plain")}
)


class MovingCard(Card):
    """Folded until somebody means to move: most never do."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("换电脑", "计划换一台，按这六步")
        self.shell = shell
        self.steps: tuple[MoveStep, ...] = ()
        self.open = button("看看做到哪一步", self.refresh, role="quiet")
        self.table = QWidget()
        self._grid = QGridLayout(self.table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(label(HINT, "hint", wrap=True))
        self.body.addWidget(self.table)
        self.body.addWidget(self.open)
        self.table.hide()

    def refresh(self) -> None:
        """Look at each step now."""
        self.shell.read(moving.steps, on_done=self._show, latest="moving")

    def _show(self, steps: tuple[MoveStep, ...]) -> None:
        self.steps = steps
        empty(self._grid)
        for place, one in enumerate(steps):
            self._grid.addWidget(StateBadge(*BADGES[one.standing]), 2 * place, 0)
            self._grid.addWidget(label(f"{place + 1}. {one.text}", wrap=True), 2 * place, 1)
            self._grid.addWidget(label(one.why, "hint", wrap=True), 2 * place + 1, 1)
        self.table.show()
        self.open.setText("再看一次")
