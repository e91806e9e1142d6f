"""县里的通知: what the county ordered, and what became of it here."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.services.order_rows import OrderRow
from ui.notices import Banner
from ui.widgets.cards import Card
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.table_model import Cell, Column


def _moment(at: str) -> Cell:
    return Cell(at[5:16].replace("T", " ") or "—", quiet=not at, hint=at[:16].replace("T", " "))


COLUMNS: tuple[Column[OrderRow], ...] = (
    Column("编号", 104, lambda row: Cell(row.short_no)),
    Column("申请人", 84, lambda row: Cell(row.applicant, hint=row.item_name)),
    Column("县里要求", 150, lambda row: Cell(row.what, hint=row.what), stretch=True),
    Column("结果", 122, lambda row: Cell(row.state, tone=row.tone)),
    Column("收到", 108, lambda row: _moment(row.taken_at), spare=1),
)


class OrdersCard(Card):
    """Newest first; the reason of the chosen one stands below. Enter opens its case."""

    opened = Signal(object)
    """The clerk wants to see the case of that id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("县里的通知", "按 Enter 打开这件", parent)
        self.list = FilledTable(
            DataTable(COLUMNS, key=lambda row: row.id, name="县里的通知"),
            EmptyState("县里还没有发来通知", "县里批准、退回、要求更正，收下以后都在这里。"),
        )
        self.said = Banner()
        self._rows: tuple[OrderRow, ...] = ()
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.said)
        self.list.table.chosen.connect(lambda _key: self._tell())
        self.list.table.opened.connect(self._open)

    def show_orders(self, rows: Sequence[OrderRow]) -> None:
        """Show these."""
        self._rows = tuple(rows)
        self.list.show_rows(self._rows)
        self._tell()

    def _chosen(self) -> OrderRow | None:
        key = self.list.table.chosen_key()
        return next((row for row in self._rows if row.id == key), None)

    def _tell(self) -> None:
        """Why the chosen one was given, and what was said of it here."""
        row = self._chosen()
        if row is None or not (row.why or row.reason):
            self.said.clear()
            return
        reason = f"县里的理由：{row.reason}" if row.reason else ""
        self.said.say(
            f"{row.given_by}：{row.what}", "\n".join(filter(None, (reason, row.why))), tone=row.tone
        )

    def _open(self, _key: UUID | None) -> None:
        row = self._chosen()
        if row is not None:
            self.opened.emit(row.case_id)
