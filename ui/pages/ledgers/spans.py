"""Of when a ledger is to be written."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.domain.ledgers import Span, SpanKind, month_span
from desk.domain.pay_months import month_of
from desk.domain.variables import add_months
from ui.theme import px
from ui.widgets.choice_editors import QuietCombo
from ui.widgets.day_range import DayRange

MONTHS_BACK: Final = 24
WORDS: Final[dict[SpanKind, str]] = {
    "month": "按月",
    "since": "上次以来",
    "days": "自选日期",
    "all": "全部",
}


class SpanChooser(QWidget):
    """The kind of span, and its month or days."""

    changed = Signal()
    """The clerk wants another span."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.month = QuietCombo(), QuietCombo()
        self.kind.setAccessibleName("写哪段时间的")
        self.month.setAccessibleName("月份")
        self.kind.setFixedWidth(px(124))
        self.month.setFixedWidth(px(152))
        self.days = DayRange()
        for back in range(MONTHS_BACK):
            day = add_months(today.replace(day=1), -back)
            self.month.addItem(f"{day.year} 年 {day.month} 月", month_of(day))
        self.month.setCurrentIndex(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        for made in (self.kind, self.month, self.days):
            row.addWidget(made)
        row.addStretch(1)
        self.kind.activated.connect(self._choose)
        self.month.activated.connect(self.changed)
        self.days.changed.connect(self.changed)

    def offer(self, kinds: Sequence[SpanKind]) -> None:
        """Offer these, the first chosen."""
        self.kind.clear()
        for kind in kinds:
            self.kind.addItem(WORDS[kind], kind)
        self.kind.setCurrentIndex(0)
        self._show()

    def span(self) -> Span | None:
        """The span chosen; None while its days are not whole or the last is before the first."""
        match self.kind.currentData():
            case "month":
                return month_span(self.month.currentData())
            case "days":
                first, last = self.days.days()
                return Span("days", first, last) if first and first <= last else None
            case "since":
                return Span("since")
            case _:
                return Span()

    def _choose(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.month.setVisible(self.kind.currentData() == "month")
        self.days.setVisible(self.kind.currentData() == "days")
