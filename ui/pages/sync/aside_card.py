"""没有并入的: records of an earlier database of this desk that stand against what the county gave back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.services.aside_views import AsideRow
from ui.widgets.cards import Card, label
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.table_model import Cell, Column

HOW = "恢复以前这里办过、县里没有的记录。两边不一样的不会自己并入，请打开那一件核对，该改的改过来。"

COLUMNS: tuple[Column[AsideRow], ...] = (
    Column("编号", 104, lambda row: Cell(row.short_no or "—", quiet=not row.short_no)),
    Column("申请人", 84, lambda row: Cell(row.applicant)),
    Column("当时做了什么", 150, lambda row: Cell(row.what, hint=row.what), stretch=True),
    Column("什么时候", 108, lambda row: Cell(row.at[5:16].replace("T", " "), hint=row.at[:16])),
    Column("现在", 170, lambda row: Cell(row.state, tone=row.tone)),
)


class AsideCard(Card):
    """Enter opens the case, where it is here."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("没有并入的记录", "按 Enter 打开这件", parent)
        self.list = FilledTable(
            DataTable(COLUMNS, key=lambda row: row.event_id, name="没有并入的记录"),
            EmptyState("没有", "恢复以后和县里不一样的记录在这里。"),
        )
        self._rows: tuple[AsideRow, ...] = ()
        self.body.addWidget(label(HOW, "second", wrap=True))
        self.body.addWidget(self.list, 1)
        self.list.table.opened.connect(self._open)

    def show_rows(self, rows: Sequence[AsideRow]) -> None:
        """Show these."""
        self._rows = tuple(rows)
        self.list.show_rows(self._rows)

    def _open(self, key: object) -> None:
        row = next((one for one in self._rows if one.event_id == key), None)
        if row is not None and row.case_id is not None:
            self.opened.emit(row.case_id)
