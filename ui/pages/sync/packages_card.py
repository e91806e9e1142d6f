"""往来: every package and what became of it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desk.services.sync_views import PackageRow
from ui.notices import Banner
from ui.widgets.cards import Card
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.table_model import Cell, Column


def _moment(at: str) -> Cell:
    return Cell(at[5:16].replace("T", " ") or "—", quiet=not at, hint=at[:16].replace("T", " "))


COLUMNS: tuple[Column[PackageRow], ...] = (
    Column("号", 70, lambda row: Cell(str(row.seq))),
    Column("内容", 150, lambda row: Cell(f"{row.cases:,} 件 · {row.events:,} 条"), stretch=True),
    Column("写出", 130, lambda row: _moment(row.written_at)),
    Column("状态", 120, lambda row: Cell(row.state, tone=row.tone)),
    Column("县里回执", 130, lambda row: _moment(row.acked_at)),
)


class PackagesCard(Card):
    """Newest first; what the county gave back stands below, in its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("往来", "每一包的去向", parent)
        self.list = FilledTable(
            DataTable(COLUMNS, key=lambda row: (row.seq, row.written_at), name="往来"),
            EmptyState("还没有写出过上报包", "写出以后，每一包写到哪里、县里收没收，都在这里。"),
        )
        self.given_back = Banner()
        self._packages: tuple[PackageRow, ...] = ()
        self._read: tuple[str, ...] = ()
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.given_back)
        self.list.table.chosen.connect(lambda _key: self._tell())

    def show_packages(self, packages: Sequence[PackageRow]) -> None:
        """Show these."""
        self._packages = tuple(packages)
        self.list.show_rows(self._packages)
        self._tell()

    def _tell(self) -> None:
        """The reasons of the chosen package, else of the newest the county gave something back of."""
        place = self.list.table.rows.place_of(self.list.table.chosen_key())
        chosen = self._packages[place : place + 1] if place >= 0 else ()
        row = next((one for one in (*chosen, *self._packages) if one.refused), None)
        if row is None:
            self.given_back.clear()
            return
        title = f"第 {row.seq} 号包，县里退回 {len(row.refused)} 条"
        text = "\n".join(row.refused)
        self.given_back.say(title, f"{text}\n改好后随下一包再报，其余的县里已收。", tone="soon")
