"""Excel files with ids, phones and account numbers as text cells and no formula."""

import re
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from desk.exporting.progress import Progress
from desk.exporting.sheet_cells import Styles, rows_of
from desk.exporting.table import Table, safe

LONGEST_CELL = 32_767
TITLE_HIGH = 26
NOT_IN_SHEETS = str.maketrans("[]:*?/\\", "（）：＊？／＼")
SHEET = "xl/worksheets/sheet1.xml"
STYLE = re.compile(r' s="(\d+)"')
SIZE = re.compile(r'<dimension ref="[^"]*"/>')
AT_ONCE = 200
"""Rows packed together."""


def write_xlsx(table: Table, path: Path, progress: Progress) -> int:
    """Write the table below its heading lines, the headings frozen; gives the number of rows back.

    Every cell is text but those of number columns. The library draws all but the rows, in memory; the rows go into its sheet
    as they come, so that nothing of them lies anywhere in the clear but in the file, and each costs a third of its time.
    """
    first = len(table.heading) + 1
    frame = ZipFile(BytesIO(_frame(table, first)))
    before, sample, behind = _parted(frame.read(SHEET).decode(), first + 1)
    text, whole, money = STYLE.findall(sample)
    rows = rows_of(table, first + 1, Styles(text, whole, money), progress)
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        for name in frame.namelist():
            if name != SHEET:
                book.writestr(_entry(name), frame.read(name))
        with book.open(_entry(SHEET), "w") as sheet:
            sheet.write(_sized(before, table, first).encode())
            count = 0
            while some := list(islice(rows, AT_ONCE)):
                sheet.write("".join(some).encode())
                count += len(some)
            sheet.write(behind.encode())
    return count


def _entry(name: str) -> ZipInfo:
    """A part of the file; the date in it is the same for all, as the library has it."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _parted(sheet: str, row: int) -> tuple[str, str, str]:
    """The sheet before its row of samples, that row, and what comes behind it."""
    before, mark, rest = sheet.partition(f'<row r="{row}"')
    sample, _, behind = rest.partition("</row>")
    return before, mark + sample, behind


def _sized(before: str, table: Table, rows: int) -> str:
    """With the corner of the last cell, which readers make room by."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    corner = xl_rowcol_to_cell(rows + table.count - 1, len(table.columns) - 1)
    return SIZE.sub(f'<dimension ref="A1:{corner}"/>', before, count=1)


def _frame(table: Table, first: int) -> bytes:
    """The file without its rows, but for one with a sample of each style."""
    # Two megabytes that most days do without.
    from xlsxwriter import Workbook

    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet((table.sheet or table.title).translate(NOT_IN_SHEETS)[:31])
        _head(book, sheet, table, text)
        for place, shown in enumerate(("@", "0", "0.00")):
            sheet.write_blank(first, place, None, book.add_format({"num_format": shown}))
        if table.count:
            sheet.autofilter(first - 1, 0, first + table.count - 1, len(table.columns) - 1)
    return made.getvalue()


def _head(book: Any, sheet: Any, table: Table, text: Any) -> None:
    """Heading lines and the headings."""
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
