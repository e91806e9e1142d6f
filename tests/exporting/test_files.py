"""Ledgers others open: ids stay whole, formulas stay text, encodings are what was asked for."""

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desk.errors import Cancelled
from desk.exporting.csv_file import write_csv
from desk.exporting.progress import EVERY, Progress
from desk.exporting.table import Column, Table, defused
from desk.exporting.xlsx_file import write_xlsx

HOSTILE = (
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "\t=1",
    "<b>刘</b>",
    "a\x00b",
    "\u202e反向",
    "㛃䶮𬭎𠅤",
    "x" * 200_000,
)
COLUMNS = (Column("姓名"), Column("证件号码", "id", 22))


def table(rows: list[tuple[str, ...]]) -> Table:
    return Table("办件台账", COLUMNS, lambda: iter(rows), len(rows))


def test_an_id_of_eighteen_digits_survives_excel(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert write_xlsx(table([("刘桂兰", "610422195603120420")]), path, Progress()) == 1
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert rows == [["姓名", "证件号码"], ["刘桂兰", "610422195603120420"]]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(tmp_path: Path, text: str) -> None:
    write_xlsx(table([(text, "1")]), tmp_path / "a.xlsx", Progress())
    cell = (
        CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()[1][0]
    )
    assert isinstance(cell, str)
    assert cell[:1] not in "=+-@＝\t\x00"
    write_csv(table([(text, "1")]), tmp_path / "a.csv", "utf-8-sig", Progress())
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        csv.field_size_limit(1_000_000)
        row = list(csv.reader(file))[1]
    assert row[1] == "1"
    assert row[0][:1] not in "=+-@＝\t\x00"


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8-sig", b"\xef\xbb\xbf"), ("gb18030", b"")])
def test_csv_in_both_encodings(tmp_path: Path, encoding: str, mark: bytes) -> None:
    path = tmp_path / "a.csv"
    write_csv(table([("王𬭎", "610422195603120420")]), path, encoding, Progress())  # type: ignore[arg-type]
    body = path.read_bytes()
    assert body.startswith(mark)
    assert "王𬭎" in body.decode(encoding)


def test_a_leading_sign_gets_a_quote() -> None:
    assert defused("=1") == "'=1"
    assert defused("刘=1") == "刘=1"


def test_cancel_stops_the_writing(tmp_path: Path) -> None:
    rows: list[tuple[str, ...]] = [("a", "1")] * (EVERY + 1)
    with pytest.raises(Cancelled):
        write_csv(table(rows), tmp_path / "a.csv", "utf-8-sig", Progress(cancelled=lambda: True))


def test_lines_above_the_headings_and_sums_that_can_be_added(tmp_path: Path) -> None:
    columns = (Column("姓名"), Column("金额", "number"))
    rows = [("甲", "50.00"), ("乙", ""), ("丙", "=1+1"), ("丁", "12345678901234567890")]
    long = Table("表", columns, lambda: iter(rows), 4, ("=花名册", "单位：元"), "名册/一")
    write_xlsx(long, tmp_path / "a.xlsx", Progress())
    sheet = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert sheet.sheet_names == ["名册／一"]
    assert sheet.get_sheet_by_index(0).to_python() == [
        ["'=花名册", ""],
        ["单位：元", ""],
        ["姓名", "金额"],
        ["甲", 50.0],
        ["乙", ""],
        ["丙", "'=1+1"],
        ["丁", "12345678901234567890"],
    ]
