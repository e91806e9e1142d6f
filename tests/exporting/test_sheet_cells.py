"""Rows of a sheet: what is written out here is what the library would have written."""

import io
from xml.etree import ElementTree
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from desk.exporting.progress import Progress
from desk.exporting.sheet_cells import LONGEST, Styles, rows_of
from desk.exporting.table import Column, Table, number, safe

COLUMNS = (Column("姓名"), Column("金额", "number"), Column("说明"))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NASTY = ("_x0041_", "_xFFFE_", "a & b", "<b>", "\ufffe\uffff", " vorn", "hinten\n", "\x00\x1f", '"')
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.lists(st.sampled_from(NASTY), max_size=3).map("".join),
    st.sampled_from(("𠅤" * LONGEST, "0", "-12.50", "007", "1234567890123.1")),
)
Cells = dict[str, tuple[str | None, str | None, str]]


def table(rows: list[tuple[str, ...]]) -> Table:
    return Table("名单", COLUMNS, lambda: iter(rows), len(rows))


def cells(sheet: str) -> Cells:
    """By place: what kind of cell, whether its blanks stay, what is in it."""
    found = {}
    for cell in ElementTree.fromstring(sheet).iter(f"{MAIN}c"):
        text = cell.find(f"{MAIN}is/{MAIN}t")
        inside = cell.find(f"{MAIN}v") if text is None else text
        assert inside is not None
        kept = inside.get("{http://www.w3.org/XML/1998/namespace}space")
        found[cell.attrib["r"]] = (cell.get("t"), kept, inside.text or "")
    return found


def by_library(rows: list[tuple[str, ...]]) -> Cells:
    made = io.BytesIO()
    with Workbook(made, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                value = number(cell) if COLUMNS[across].kind == "number" else None
                if value is not None:
                    sheet.write_number(down, across, value)
                elif cell:
                    sheet.write_string(down, across, safe(cell))
    return cells(ZipFile(made).read("xl/worksheets/sheet1.xml").decode())


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=3))
def test_the_cells_are_those_the_library_writes(rows: list[tuple[str, ...]]) -> None:
    ours = "".join(rows_of(table(rows), 1, Styles("1", "2", "3"), Progress()))
    mine = cells(f'<w xmlns="{MAIN[1:-1]}">{ours}</w>')
    theirs = by_library(rows)
    assert mine.keys() == theirs.keys()
    for place, (kind, kept, text) in mine.items():
        if kind is None:
            assert float(text) == float(theirs[place][2])
        else:
            assert (kind, kept, text) == theirs[place]
