"""Excel files with ids, phones and account numbers as text cells and no formula."""

from pathlib import Path

from desk.exporting.progress import Progress
from desk.exporting.table import Table, defused, one_line

OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
LONGEST_CELL = 32_767


def write_xlsx(table: Table, path: Path, progress: Progress) -> int:
    """Write the table with a frozen heading row; gives the number of rows back. Every cell is text."""
    # Two megabytes that most days do without.
    from xlsxwriter.exceptions import FileCreateError

    try:
        return _write(table, path, progress)
    except FileCreateError as error:
        # The library hides what the disk said behind an error of its own.
        cause = error.__context__
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def _write(table: Table, path: Path, progress: Progress) -> int:
    from xlsxwriter import Workbook

    count = 0
    # Its parts lie in the clear while it is written: beside the file, never in the system's folder for all.
    with Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)}) as book:
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "num_format": "@", "bg_color": "#e8f0fb"})
        sheet = book.add_worksheet(table.title[:31])
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width, text)
            sheet.write_string(0, place, column.title, head)
        sheet.freeze_panes(1, 0)
        for count, row in enumerate(table.rows(), 1):
            for place, cell in enumerate(row):
                sheet.write_string(count, place, defused(one_line(cell))[:LONGEST_CELL], text)
            progress.step(count, table.count)
        if count:
            sheet.autofilter(0, 0, count, len(table.columns) - 1)
    return count
