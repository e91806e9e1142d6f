"""Excel files with ids, phones and account numbers as text cells and no formula."""

from pathlib import Path
from typing import Any

from desk.exporting.progress import Progress
from desk.exporting.table import Table, number, safe

OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
LONGEST_CELL = 32_767


TITLE_HIGH = 26
NOT_IN_SHEETS = str.maketrans("[]:*?/\\", "（）：＊？／＼")


def write_xlsx(table: Table, path: Path, progress: Progress) -> int:
    """Write the table below its heading lines, the headings frozen; gives the number of rows back.

    Every cell is text but those of number columns.
    """
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

    # Its parts lie in the clear while it is written: beside the file, never in the system's folder for all.
    with Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)}) as book:
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet((table.sheet or table.title).translate(NOT_IN_SHEETS)[:31])
        first = _head(book, sheet, table, text)
        count = _body(book, sheet, table, first, progress)
        if count:
            sheet.autofilter(first - 1, 0, first + count - 1, len(table.columns) - 1)
    return count


def _head(book: Any, sheet: Any, table: Table, text: Any) -> int:
    """Heading lines and the headings; gives the place of the first row below them."""
    title = book.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"})
    note = book.add_format({"align": "left", "valign": "vcenter"})
    head = book.add_format({"bold": True, "num_format": "@", "bg_color": "#e8f0fb"})
    last = len(table.columns) - 1
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, text)
    for row, told in enumerate(table.heading):
        line = safe(told)[:LONGEST_CELL]
        style = note if row else title
        sheet.set_row(row, None if row else TITLE_HIGH)
        if last:
            sheet.merge_range(row, 0, row, last, "", style)
        sheet.write_string(row, 0, line, style)
    first = len(table.heading)
    for place, column in enumerate(table.columns):
        sheet.write_string(first, place, safe(column.title), head)
    sheet.freeze_panes(first + 1, 0)
    return first + 1


def _body(book: Any, sheet: Any, table: Table, first: int, progress: Progress) -> int:
    whole, money = book.add_format({"num_format": "0"}), book.add_format({"num_format": "0.00"})
    text = book.add_format({"num_format": "@"})
    numbers = frozenset(n for n, column in enumerate(table.columns) if column.kind == "number")
    count = 0
    # One row of 100,000 after the other: what is looked up once is not looked up again.
    write, write_number = sheet.write_string, sheet.write_number
    for count, row in enumerate(table.rows(), 1):
        place = first + count - 1
        for across, cell in enumerate(row):
            if not cell:
                continue
            value = number(cell) if across in numbers else None
            if value is not None:
                write_number(place, across, value, money if "." in cell else whole)
            else:
                # Most cells are names and ids; those `safe` would only give back.
                plain = cell if cell.isalnum() else safe(cell)
                write(place, across, plain[:LONGEST_CELL], text)
        progress.step(count, table.count)
    return count
