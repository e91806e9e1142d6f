"""CSV that Excel opens: UTF-8 with its mark, or GB 18030 for the older ones."""

import csv
from pathlib import Path
from typing import Literal

from desk.exporting.progress import Progress
from desk.exporting.table import Table, safe

CsvEncoding = Literal["utf-8-sig", "gb18030"]


def write_csv(table: Table, path: Path, encoding: CsvEncoding, progress: Progress) -> int:
    """Write the table; gives the number of rows back.

    Text that looks like a formula gets a quote before it, and so does one that begins with more than 15 digits: CSV has no
    types, and Excel would show it as 6.1E+17.
    """
    count = 0
    with path.open("w", encoding=encoding, newline="", errors="strict") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(column.title for column in table.columns)
        for count, row in enumerate(table.rows(), 1):
            writer.writerow([_whole(safe(cell)) for cell in row])
            progress.step(count, table.count)
    return count


def _whole(cell: str) -> str:
    return f"'{cell}" if len(cell) > 15 and cell[:15].isdigit() else cell
