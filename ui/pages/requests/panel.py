"""The right card: one request whole, and what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desk.services.request_views import RequestRow
from desk.services.views import LabelValue
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.revealed import Revealed
from ui.widgets.scrolling import scrolling
from ui.widgets.state_badge import StateBadge
from ui.widgets.summary_list import SummaryList
from ui.widgets.widths import side_width

WIDTH = 300
NOBODY = "在左边选一条申请，这里写明内容和能办的事。"


class RequestPanel(QWidget):
    """The words of a resident, untouched; 受理, 不受理 with a reason, or the case it became."""

    take_asked = Signal()
    """Take this request up."""
    refuse_asked = Signal(str)
    """Refuse it for this reason."""
    case_asked = Signal()
    """Open the case it became."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(side_width(WIDTH))
        self.row: RequestRow | None = None
        self.name = label(NOBODY, "heading", wrap=True)
        self.state = StateBadge()
        self.wanted = label("", wrap=True)
        self.lines = SummaryList()
        self.revealed = Revealed()
        self.take = button("受理", self.take_asked.emit, role="primary", key="F9")
        self.case = button("打开办件", self.case_asked.emit, role="primary", key="F9")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("不受理的原因，写给居民看")
        self.reason.setAccessibleName("不受理的原因")
        self.reason.setMaxLength(300)
        self.refuse = button("不受理", self._refuse)
        card = Card()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.name)
        column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.wanted)
        column.addWidget(self.lines)
        column.addWidget(self.revealed)
        card.body.addWidget(scrolling(inside), 1)
        for control in (self.take, self.case, self.reason, self.refuse):
            card.body.addWidget(control)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        self.reason.textChanged.connect(lambda text: self.refuse.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._refuse)
        self.show_row(None)

    def show_row(self, row: RequestRow | None) -> None:
        """Show this request; None when there is none."""
        if row is None or self.row is None or row.id != self.row.id:
            self.reason.clear()
        self.row = row
        self.revealed.be_about(row.id if row else None)
        self.revealed.setVisible(row is not None)
        waits = row is not None and row.state == "new"
        for made in (self.take, self.reason, self.refuse):
            made.setVisible(waits)
        self.refuse.setEnabled(bool(self.reason.text().strip()))
        self.case.setVisible(row is not None and row.case_id is not None)
        self.name.setText(row.name or "（没有写姓名）" if row else NOBODY)
        self.state.show_state(row.state_label if row else "", row.tone if row else "plain")
        self.wanted.setText(row.wanted if row else "")
        self.lines.show_lines(_lines(row) if row else ())

    def _refuse(self) -> None:
        reason = self.reason.text().strip()
        if reason and self.refuse.isVisible():
            self.refuse_asked.emit(reason)


def _lines(row: RequestRow) -> tuple[LabelValue, ...]:
    shown = (
        LabelValue("申请事项", row.item),
        LabelValue("证件号码", row.id_masked),
        LabelValue("联系电话", row.phone_masked),
        LabelValue("提交日期", row.sent_at),
        LabelValue("来源", row.source),
        LabelValue("申请编号", row.number),
        LabelValue("办件", row.case_no),
        LabelValue("不受理的原因", row.answer),
    )
    return tuple(line for line in shown if line.value)
