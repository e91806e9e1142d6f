"""Labels with their values, a hair line between; what is private stands behind a click and closes by itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desk.services.views import LabelValue
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label, line
from ui.widgets.widths import side_width

SHOWN_MS = 20_000
COVER = "••••••"
LABELS = 84


class HiddenValue(QWidget):
    """A private value: covered, shown for a while by a click, covered again."""

    def __init__(self, what: str, value: str, shown_ms: int = SHOWN_MS) -> None:
        super().__init__()
        self._value = value
        self.words = label(COVER, wrap=True)
        self.verb = button("显示", self._turn, role="quiet")
        self.verb.setAccessibleName(f"显示{what}")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(shown_ms)
        self._timer.timeout.connect(self.cover)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.verb, 0, Qt.AlignmentFlag.AlignTop)

    def cover(self) -> None:
        """Put the cover on again."""
        self._timer.stop()
        self.words.setText(COVER)
        self.verb.setText("显示")

    def _turn(self) -> None:
        if self._timer.isActive():
            self.cover()
            return
        self.words.setText(self._value)
        self.verb.setText("遮住")
        self._timer.start()


class SummaryList(QWidget):
    """Label left, value right, in the order they are handed in."""

    def __init__(self, parent: QWidget | None = None, *, shown_ms: int = SHOWN_MS) -> None:
        super().__init__(parent)
        self._shown_ms = shown_ms
        self._lines: tuple[LabelValue, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, side_width(LABELS))
        self._grid.setColumnStretch(1, 1)

    def show_lines(self, lines: Sequence[LabelValue]) -> None:
        """Show these; the same again leaves what is uncovered uncovered."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for place, one in enumerate(self._lines):
            name = label(one.label, "second", wrap=True)
            name.setContentsMargins(px(8), px(7), 0, px(7))
            self._grid.addWidget(name, 2 * place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._value(one), 2 * place, 1)
            self._grid.addWidget(line(), 2 * place + 1, 0, 1, 2)

    def _value(self, one: LabelValue) -> QWidget:
        if one.hidden:
            return HiddenValue(one.label, one.value, self._shown_ms)
        shown = label(one.value, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        shown.setContentsMargins(0, px(7), px(8), px(7))
        return shown
