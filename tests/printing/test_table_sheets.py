"""Long tables on A4 across: every row once, headings on each sheet, nothing beside the paper."""

import pytest

from desk.errors import Cancelled
from desk.printing import raster
from desk.printing.fonts import faces
from desk.printing.table_sheets import MOST_LINES, SheetTable, _shares, render_table
from tests.printing.reading import text_of

LABELS = ("序号", "姓名", "证件号码", "住址")
TABLE = SheetTable("样表", ("填报单位：池阳社区",), LABELS)


def rows(count: int) -> list[tuple[str, ...]]:
    return [
        (str(n), f"人{n:04d}", "6104**********1234", "三原县城关街道池阳花园3号楼")
        for n in range(1, count + 1)
    ]


def test_every_row_stands_on_it_once_and_each_sheet_says_the_headings() -> None:
    pdf, count = render_table(TABLE, rows(120))
    told = text_of(pdf)
    assert count == 120
    assert all(told.count(f"人{n:04d}") == 1 for n in range(1, 121))
    sheets = raster.sizes(pdf)
    assert len(sheets) > 1
    assert told.count("证件号码") == len(sheets)
    assert f"第 {len(sheets)} 页 共 {len(sheets)} 页" in told
    assert all(round(wide) == 297 and round(high) == 210 for wide, high in sheets)


def test_a_table_without_rows_has_its_headings() -> None:
    pdf, count = render_table(TABLE, ())
    assert count == 0
    assert "填报单位：池阳社区" in text_of(pdf)
    assert len(raster.sizes(pdf)) == 1


def test_the_same_table_gives_the_same_bytes() -> None:
    assert render_table(TABLE, rows(3)) == render_table(TABLE, rows(3))


def test_columns_fill_the_sheet_and_an_id_is_never_broken() -> None:
    for across in (4, 12, 20):
        sample = [tuple("6104**********1234" if n == 2 else "池阳花园" * 9 for n in range(across))]
        size, widths = _shares(faces().regular, ("列",) * across, sample)
        assert round(sum(widths)) == round((297 - 24) * 72 / 25.4)
        if across < 20:
            assert widths[2] >= faces().regular.width("6104**********1234", size)


def test_a_long_text_is_cut_and_says_so() -> None:
    long = "很长的一句话" * 200
    told = text_of(render_table(TABLE, [("1", "甲", "", long)])[0])
    assert "…" in told
    assert told.count("很长的一句话") < 200 / 2
    assert MOST_LINES == 3


def test_it_can_be_stopped_at_any_row() -> None:
    seen = 0

    def tick() -> None:
        nonlocal seen
        seen += 1
        if seen == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        render_table(TABLE, rows(10), tick)
    assert seen == 5
