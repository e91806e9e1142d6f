"""What a workbook or CSV file says is read as its reader would see it."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest

from desk.errors import TableRefused
from desk.exporting.csv_file import write_csv
from desk.exporting.progress import Progress
from desk.exporting.table import Column
from desk.exporting.table import Table as Written
from desk.exporting.xlsx_file import write_xlsx
from desk.importing import child, csv_text, own_process
from desk.importing.tables import MOST_ROWS, read_table
from tests.importing.books import HEADINGS, PEOPLE, book, drawn


def refusal(path: Path, **wanted: object) -> str:
    with pytest.raises(TableRefused) as refused:
        read_table(path, **wanted)  # type: ignore[arg-type]
    return refused.value.code


def test_headings_and_rows_with_their_numbers(tmp_path):
    table = read_table(book(tmp_path / "a.xlsx", [HEADINGS, *PEOPLE]))
    assert (table.sheets, table.sheet, table.heading_row) == (("台账",), "台账", 1)
    assert table.headings == HEADINGS
    assert list(table.numbered()) == [(2, PEOPLE[0]), (3, PEOPLE[1])]


def test_a_title_and_a_blank_row_stand_above_the_headings(tmp_path):
    def draw(made, sheet):
        sheet.merge_range(0, 0, 0, 2, "池阳社区高龄补贴台账")
        for y, row in ((3, HEADINGS), (4, PEOPLE[0]), (6, PEOPLE[1])):
            sheet.write_row(y, 0, row)

    table = read_table(drawn(tmp_path / "a.xlsx", draw))
    assert (table.heading_row, table.headings) == (4, HEADINGS)
    assert [number for number, _ in table.numbered()] == [5, 7]


def test_rows_have_the_numbers_of_the_sheet_wherever_it_begins(tmp_path):
    def draw(made, sheet):
        sheet.write_row(4, 1, HEADINGS)
        sheet.merge_range(5, 1, 6, 1, "赵强")
        sheet.write_column(5, 2, ["610422195603120420", "610422195011230419"])

    table = read_table(drawn(tmp_path / "a.xlsx", draw))
    assert (table.heading_row, table.headings) == (5, ("", *HEADINGS))
    assert [(number, row[1]) for number, row in table.numbered()] == [(6, "赵强"), (7, "赵强")]


def test_the_clerk_names_another_heading_row(tmp_path):
    path = book(tmp_path / "a.xlsx", [("甲", "乙", "丙"), HEADINGS, PEOPLE[0]])
    assert read_table(path, heading_row=2).headings == HEADINGS


def test_dates_numbers_truth_and_formulas_are_values(tmp_path):
    def draw(made, sheet):
        day = made.add_format({"num_format": "yyyy年m月d日"})
        sheet.write_row(0, 0, ["日期", "数", "钱", "是否", "公式", "长号"])
        sheet.write_datetime(1, 0, datetime.datetime(2025, 11, 2), day)
        sheet.write_row(1, 1, [7.0, 50.5, True])
        sheet.write_formula(1, 4, "=1+1", None, 2)
        sheet.write_number(1, 5, 610422195603120420)

    assert read_table(drawn(tmp_path / "a.xlsx", draw)).rows == (
        ("2025-11-02", "7", "50.5", "是", "2", "6.10422E+17"),
    )


def test_cells_merged_downwards_say_the_same_in_each_row(tmp_path):
    def draw(made, sheet):
        sheet.write_row(0, 0, ["楼栋", "姓名"])
        sheet.merge_range(1, 0, 3, 0, "3号楼")
        sheet.write_column(1, 1, ["甲", "乙", "丙"])

    rows = read_table(drawn(tmp_path / "a.xlsx", draw)).rows
    assert rows == (("3号楼", "甲"), ("3号楼", "乙"), ("3号楼", "丙"))


def test_sheets_are_named_and_hidden_ones_left_out(tmp_path):
    def draw(made, sheet):
        sheet.write_row(0, 0, HEADINGS)
        other = made.add_worksheet("残疾")
        other.write_row(0, 0, ["姓名", "等级"])
        made.add_worksheet("底稿").hide()

    path = drawn(tmp_path / "a.xlsx", draw)
    assert read_table(path).sheets == ("台账", "残疾")
    assert read_table(path, sheet="残疾").headings == ("姓名", "等级")
    assert refusal(path, sheet="底稿") == "no_sheet"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_whatever_its_encoding(tmp_path, encoding, separator):
    path = tmp_path / "a.csv"
    lines = [separator.join(row) for row in (HEADINGS, *PEOPLE, ("㛃䶮", "", ""))]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    table = read_table(path)
    assert table.headings == HEADINGS
    assert table.rows == (*PEOPLE, ("㛃䶮", "", ""))


def test_our_own_exports_come_back_as_they_went(tmp_path):
    rows = [("=1+1", "610422195603120420"), ("-", "１２")]
    written = Written("表", (Column("姓名"), Column("证件号码", "id")), lambda: iter(rows), 2)
    write_xlsx(written, tmp_path / "a.xlsx", Progress())
    write_csv(written, tmp_path / "a.csv", "gb18030", Progress())
    assert read_table(tmp_path / "a.xlsx").rows == tuple(rows)
    assert read_table(tmp_path / "a.csv").rows == tuple(rows)


def test_five_thousand_rows_and_not_one_more(tmp_path):
    rows = [(f"人{n}", "x") for n in range(MOST_ROWS + 1)]
    assert len(read_table(book(tmp_path / "a.xlsx", [("姓名", "甲"), *rows[1:]])).rows) == MOST_ROWS
    assert refusal(book(tmp_path / "b.xlsx", [("姓名", "甲"), *rows])) == "rows"
    text = "\n".join(",".join(row) for row in [("姓名", "甲"), *rows])
    (tmp_path / "c.csv").write_text(text, "utf-8")
    assert refusal(tmp_path / "c.csv") == "rows"


def test_the_built_programs_hidden_word_answers_as_the_process_does(tmp_path):
    data = book(tmp_path / "a.xlsx", [HEADINGS, *PEOPLE]).read_bytes()
    asked = b'{"sheet": ""}\n' + data
    answers = [
        subprocess.run(
            [sys.executable, *words], input=asked, capture_output=True, check=True
        ).stdout
        for words in (
            ["-m", "ui", child.WORD],
            own_process._command(child.MODULE, child.WORD)[1:],
        )
    ]
    assert answers[0] == answers[1]
    assert "刘桂兰".encode() in answers[0]


def test_what_is_not_a_table_is_named(tmp_path):
    path = tmp_path / "a.xlsx"
    assert refusal(path) == "unreadable"
    assert refusal(tmp_path) == "unreadable"
    for data, code in (
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old_or_locked"),
        (b"PK\x03\x04 no directory", "not_a_table"),
        (b"\xff\xfe\x00\x00\xff", "encoding"),
        (b'a,b\n"never closed', "not_a_table"),
        (b",".join([b"x"] * 201), "columns"),
        (b"\r\n\r\n", "empty"),
        (b"a\n" * (csv_text.MOST_ROWS + 1), "rows"),
        (b"a,b\0\n", "encoding"),
    ):
        path.write_bytes(data)
        assert refusal(path) == code, data[:20]
