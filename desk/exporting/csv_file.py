"""CSV that Excel opens: UTF-8 with its mark, or GB 18030 for the older ones."""

import csv
from pathlib import Path
from typing import Literal

from desk.exporting.progress import Progress
from desk.exporting.table import Table, defused, one_line

CsvEncoding = Literal["utf-8-sig", "gb18030"]


def write_csv(table: Table, path: Path, encoding: CsvEncoding, progress: Progress) -> int:
    """Write the table; gives the number of rows back.

    Text that looks like a formula gets a quote. An id column gets a leading tab-free text form only in .xlsx: CSV has
    no types, so that a long number may show as 6.1E+17 in Excel; the .xlsx is the form to hand on.
    """
    count = 0
    with path.open("w", encoding=encoding, newline="", errors="strict") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(column.title for column in table.columns)
        for count, row in enumerate(table.rows(), 1):
            writer.writerow(
                _id(column.kind, defused(one_line(cell)))
                for column, cell in zip(table.columns, row, strict=True)
            )
            progress.step(count, table.count)
    return count


def _id(kind: str, cell: str) -> str:
    # Excel cuts numbers of more than 15 digits; a leading quote mark keeps the eighteen.
    return f"'{cell}" if kind == "id" and len(cell) > 15 and cell[:15].isdigit() else cell
