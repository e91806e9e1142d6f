"""The list of due dates that were counted again, on sheets to lay beside the case files."""

from collections.abc import Iterator
from dataclasses import dataclass

from desk.domain.paper_values import day_words
from desk.exporting.progress import Progress
from desk.exporting.table import Column, Table
from desk.services import catalog_turn, printers, table_files
from desk.services.catalog_turn import Told
from desk.services.office import Office
from desk.services.printers import PrinterProfile
from desk.words.catalog import day_text

TITLE = "到期日重新算过的办件"
COLUMNS = (
    Column("编号", "id", 12),
    Column("申请人", width=12),
    Column("事项", width=24),
    Column("原到期日", "date", 14),
    Column("新到期日", "date", 14),
)


@dataclass(frozen=True, slots=True)
class MovedSheet:
    """The list as PDF, and how it is printed."""

    title: str
    pdf: bytes
    profile: PrinterProfile


def moved_sheet(office: Office) -> MovedSheet:
    """The cases whose due date became another, or became certain, when the catalogue was taken."""
    told = catalog_turn.moved_dates(office)
    table = _table(office, told)
    pdf, _ = table_files.as_pdf(
        table,
        Progress(lambda _done, _total, _what: None, lambda: False, ""),
        made_at=office.clock.now(),
        issuer=office.hall.hall,
    )
    return MovedSheet(TITLE, pdf, printers.profile(office, kind="roster", medium="A4"))


def _table(office: Office, told: Told) -> Table:
    def rows() -> Iterator[tuple[str, ...]]:
        for row in told.rows:
            yield row.number, row.applicant, row.item, row.old, row.new

    day = day_text(told.day) if told.day else day_words(office.today)
    heading = (TITLE, f"第 {told.version} 版目录起用，{day}算的，共 {len(told.rows)} 件")
    return Table(TITLE, COLUMNS, rows, len(told.rows), heading=heading)
