"""Labels with their values, a hair line between; what is private comes covered, `Revealed` shows it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desk.services.views import LabelValue
from ui.emptying import empty
from ui.theme import px
from ui.widgets.cards import label, line
from ui.widgets.widths import side_width

LABELS = 84


class SummaryList(QWidget):
    """Label left, value right, in the order they are handed in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[LabelValue, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, side_width(LABELS))
        self._grid.setColumnStretch(1, 1)

    def show_lines(self, lines: Sequence[LabelValue]) -> None:
        """Show these."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        empty(self._grid)
        for place, one in enumerate(self._lines):
            name = label(one.label, "second", wrap=True)
            name.setContentsMargins(px(8), px(7), 0, px(7))
            self._grid.addWidget(name, 2 * place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_value(one), 2 * place, 1)
            self._grid.addWidget(line(), 2 * place + 1, 0, 1, 2)


def _value(one: LabelValue) -> QWidget:
    shown = label(one.value, wrap=True)
    if one.hidden:
        shown.setAccessibleName(f"{one.label}：没有显示")
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    shown.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    shown.setContentsMargins(0, px(7), px(8), px(7))
    return shown
