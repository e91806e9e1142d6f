"""A table to a file of any kind others open: the one way tables leave the program."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from desk.errors import Cancelled
from desk.exporting.csv_file import write_csv
from desk.exporting.data_package import write_data_package
from desk.exporting.progress import Progress
from desk.exporting.table import Table
from desk.exporting.xlsx_file import write_xlsx
from desk.files import replace_file

TableKind = Literal["xlsx", "csv", "csv-gb18030", "package", "pdf"]
KINDS: Final[tuple[TableKind, ...]] = ("xlsx", "csv", "csv-gb18030", "package", "pdf")
MOST_PRINTED: Final = 5_000
"""More rows than these (some 170 sheets) nobody reads on paper."""


def write(
    table: Table,
    path: Path,
    kind: TableKind,
    told: Progress,
    *,
    made_at: datetime,
    issuer: str = "",
    name: str = "ledger",
) -> int:
    """Write a table to a file that appears only when it is whole; gives the number of rows back.

    `issuer` and `made_at` are said in the file's own data, `name` is an ASCII word for a data package. A PDF stops after
    5,000 rows.

    Raises:
        Cancelled: nothing was left behind.
        DiskFull, DiskFailed, OfficeError: the file could not be written.
    """

    def fill(part: Path) -> int:
        match kind:
            case "xlsx":
                return write_xlsx(table, part, told)
            case "package":
                return write_data_package(table, part, told, name=name, made_at=made_at)
            case "pdf":
                pdf, rows = as_pdf(table, told, made_at=made_at, issuer=issuer)
                part.write_bytes(pdf)
                return rows
            case _:
                encoding: Literal["gb18030", "utf-8-sig"] = (
                    "gb18030" if kind == "csv-gb18030" else "utf-8-sig"
                )
                return write_csv(table, part, encoding, told)

    return replace_file(path, fill)


def as_pdf(table: Table, told: Progress, *, made_at: datetime, issuer: str) -> tuple[bytes, int]:
    """The table on sheets of A4 across, and how many rows are on them."""
    # ReportLab is loaded when something is drawn, not before.
    from desk.printing.table_sheets import SheetTable, render_table

    title, *lines = table.heading or (table.title,)
    sheet = SheetTable(
        title=title,
        lines=tuple(lines),
        labels=tuple(column.title for column in table.columns),
        issuer=issuer,
        made_at=made_at,
    )
    rows = (row for _, row in zip(range(MOST_PRINTED), table.rows(), strict=False))
    return render_table(sheet, rows, _ticks(told, min(table.count, MOST_PRINTED)))


def _ticks(told: Progress, total: int) -> Callable[[], None]:
    """Count rows; drawing is slow, so it is asked each time whether to stop."""
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if told.cancelled():
            raise Cancelled
        told.step(done, total)

    return tick
