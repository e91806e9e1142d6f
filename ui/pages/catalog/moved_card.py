"""The cases whose due date another table of holidays gives otherwise: from which day to which."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.services.redating import MovedDate
from ui.widgets.buttons import button
from ui.widgets.cards import Card
from ui.widgets.data_table import DataTable
from ui.widgets.table_model import Cell, Column

COLUMNS: tuple[Column[MovedDate], ...] = (
    Column("编号", 104, lambda row: Cell(row.number)),
    Column("申请人", 88, lambda row: Cell(row.applicant), stretch=True),
    Column("原到期", 68, lambda row: Cell(row.old[5:], hint=row.old)),
    Column("新到期", 68, lambda row: Cell(row.new[5:], hint=row.new)),
)


class MovedCard(Card):
    """Opens a case with Enter; the list can be printed once it is more than a forecast."""

    opened = Signal(object)
    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.table = DataTable(COLUMNS, key=lambda row: row.case_id, name="到期日重新算的办件")
        self.table.opened.connect(self.opened)
        self.print = button("打印", self.print_asked.emit, key="Ctrl P")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.print)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)

    def show_rows(self, title: str, rows: Sequence[MovedDate], *, printable: bool) -> None:
        """Show these; nothing at all where there are none."""
        self.setVisible(bool(rows))
        self.title.setText(title)
        self.aside.setText(f"{len(rows)} 件")
        self.table.show_rows(rows)
        self.print.setVisible(printable)
