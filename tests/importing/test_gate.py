"""A workbook that means harm is refused before, or in, the process that opens it; the desk goes on."""

import io
import random
import resource
import struct
import sys
import zipfile
from pathlib import Path

import pytest

from desk.errors import TableRefused
from desk.importing.tables import MOST_BYTES, read_table
from desk.words.errors import TABLE_REASONS, words
from tests.importing.books import HEADINGS, PEOPLE, book, drawn, packed, parts
from tests.importing.test_pictures import other_program
from tests.importing.test_tables import refusal

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MUTANTS = 60
SEED = 20261123


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return book(tmp_path / "good.xlsx", [HEADINGS, *PEOPLE])


def refused(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(data)
    return refusal(path)


def test_a_bomb_is_refused_by_its_directory(good, tmp_path):
    zeros = {**parts(good), "xl/media/image1.png": bytes(60 << 20)}
    data = packed(zeros)
    assert len(data) < 1 << 20
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert refused(tmp_path, data) == "bomb"
    # Nobody was started to look at it.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime == before


def test_a_part_that_swells_is_refused(good, tmp_path):
    assert refused(tmp_path, packed({**parts(good), "xl/x.xml": bytes(4 << 20)})) == "bomb"


def test_too_many_entries(good, tmp_path):
    many = {**parts(good), **{f"xl/x{n}.xml": b"x" for n in range(200)}}
    assert refused(tmp_path, packed(many)) == "bomb"


def test_a_directory_that_lies_about_sizes_is_refused(good, tmp_path):
    """60 MB of blanks said to be 4 MB: the gate believes it, the child does not, and nothing is kept."""
    contents = parts(good)
    contents[SHEET] = contents[SHEET].replace(b"<sheetData>", b"<sheetData>" + b" " * (60 << 20))
    data = bytearray(packed(contents))
    assert refused(tmp_path, bytes(data)) == "bomb"
    for sign, offset, name_at in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        at = bytes(data).find(sign)
        while bytes(data[at + name_at : at + name_at + len(SHEET)]) != SHEET.encode():
            at = bytes(data).find(sign, at + 1)
        struct.pack_into("<I", data, at + offset, 4 << 20)
    assert refused(tmp_path, bytes(data)) == "not_a_table"


def test_a_cell_in_the_last_corner_does_not_fill_the_memory(good, tmp_path):
    contents = parts(good)
    far = (
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    )
    contents[SHEET] = contents[SHEET].replace(b"</sheetData>", far)
    assert refused(tmp_path, packed(contents)) in ("not_a_table", "columns", "rows")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/VBAPROJECT.BIN", "macros"),
        ("xl/embeddings/oleObject1.bin", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links"),
    ],
)
def test_macros_and_links_are_refused(good, tmp_path, name, code):
    assert refused(tmp_path, packed({**parts(good), name: b"x"})) == code


def test_what_is_a_zip_but_no_workbook(good, tmp_path):
    assert refused(tmp_path, packed({"a.txt": b"x"})) == "not_a_table"
    contents = parts(good)
    del contents["xl/workbook.xml"]
    assert refused(tmp_path, packed(contents)) == "not_a_table"


def test_locked_entries(good, tmp_path):
    data = bytearray(good.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = bytes(data).find(sign)
        data[at + offset] |= 1
    assert refused(tmp_path, bytes(data)) == "locked"


def test_a_way_of_packing_excel_does_not_know(good, tmp_path):
    """BZIP2, which Python's reader would unpack."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        for name, data in parts(good).items():
            archive.writestr(name, data)
    assert refused(tmp_path, out.getvalue()) == "not_a_table"


def test_an_answer_that_is_no_table_is_none(good, tmp_path, monkeypatch):
    """As of another program in the place of ours."""
    monkeypatch.setattr(sys, "executable", other_program(tmp_path, "[]"))
    assert refusal(good) == "not_a_table"


def test_an_entity_is_not_looked_up(good, tmp_path):
    contents = parts(good)
    doctype = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    for name in (SHEET, STRINGS):
        contents[name] = contents[name].replace(b"?>", b"?>" + doctype, 1)
    contents[STRINGS] = contents[STRINGS].replace("刘桂兰".encode(), b"&a;")
    path = tmp_path / "xxe.xlsx"
    path.write_bytes(packed(contents))
    try:
        cells = [cell for row in read_table(path).rows for cell in row]
    except TableRefused:
        return
    assert Path("/etc/hostname").read_text().strip() not in cells


def test_a_file_above_the_limit_is_not_read(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert refusal(path) == "too_large"


def test_two_hundred_thousand_characters_in_a_cell(good, tmp_path):
    contents = parts(good)
    long = "长".encode() * 200_000
    contents[STRINGS] = contents[STRINGS].replace("刘桂兰".encode(), long)
    assert refused(tmp_path, packed(contents)) in ("long_cell", "bomb")


def test_more_columns_than_anybody_needs(tmp_path):
    def draw(made, sheet):
        sheet.write_row(0, 0, [f"列{n}" for n in range(201)])

    assert refusal(drawn(tmp_path / "wide.xlsx", draw)) == "columns"


def mutant(data: bytes, chance: random.Random) -> bytes:
    """The file with some bytes changed, cut, doubled or filled; half the time inside a part, packed anew."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(made))
        match chance.randrange(4):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at : at + chance.randint(1, 60)]
            case 2:
                made[at:at] = made[at : at + chance.randint(1, 200)]
            case _:
                made[at : at + 8] = bytes([chance.choice((0, 255, 60))]) * 8
        if not made:
            return b"x"
    return bytes(made)


@pytest.mark.parametrize("seed", range(MUTANTS))
def test_mutants_are_read_or_refused_and_nothing_else(good, tmp_path, seed):
    chance = random.Random(SEED + seed)
    data = good.read_bytes()
    if seed % 2:
        contents = parts(good)
        name = chance.choice([SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml"])
        contents[name] = mutant(contents[name], chance)
        data = packed(contents)
    else:
        data = mutant(data, chance)
    path = tmp_path / "mutant.xlsx"
    path.write_bytes(data)
    code, table = "", None
    try:
        table = read_table(path)
    except TableRefused as error:
        code = error.code
    assert (code in TABLE_REASONS) == (table is None)
    assert table is None or all(len(row) == len(table.headings) for row in table.rows)


@pytest.mark.parametrize("code", sorted(TABLE_REASONS))
def test_every_refusal_says_that_nothing_changed_and_what_to_do(code):
    said = words(TableRefused(code))
    assert "本机的数据没有改动" in said.text
    assert "请" in said.text
