"""What the readers make of good and of strange files, asked here and not in the process they run in."""

import datetime
import io
from dataclasses import asdict
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from desk.importing import child, picture_child, pictures
from desk.resources import resource_bytes
from tests.importing.books import HEADINGS, PEOPLE, book, drawn, packed, parts
from tests.importing.photos import HOSTILE, pdf, photo

LIMITS = asdict(pictures.read_limits(resource_bytes("forms/attachments.toml")))


def sheet_of(path, wanted: str = "") -> dict[str, Any]:
    return child.read(path.read_bytes(), wanted)


def test_every_kind_of_cell_reads_as_the_eye_reads_it(tmp_path):
    def draw(made, sheet):
        for x, (value, look) in enumerate(
            (
                (datetime.datetime(2025, 11, 2), "yyyy/m/d"),
                (datetime.datetime(2025, 11, 2, 8, 30), "yyyy/m/d hh:mm"),
                (datetime.time(8, 30), "hh:mm"),
            )
        ):
            sheet.write_datetime(2, x + 1, value, made.add_format({"num_format": look}))
        sheet.write_row(2, 4, [True, False, 7.0, 50.5, "  刘桂兰 "])
        sheet.write_number(2, 9, 610422195603120420)

    told = sheet_of(drawn(tmp_path / "a.xlsx", draw))
    day = ["2025-11-02", "2025-11-02 08:30:00", "08:30:00"]
    row = ["", *day, "是", "否", "7", "50.5", "刘桂兰", "6.10422E+17"]
    assert told == {"sheets": ["台账"], "sheet": "台账", "rows": [[""] * 10, [""] * 10, row]}


def test_only_cells_merged_downwards_are_said_again(tmp_path):
    def draw(made, sheet):
        sheet.merge_range(0, 0, 0, 2, "池阳社区台账")
        sheet.merge_range(1, 0, 3, 0, "3号楼")
        sheet.write_column(1, 1, ["甲", "乙", "丙"])

    assert sheet_of(drawn(tmp_path / "a.xlsx", draw))["rows"] == [
        ["池阳社区台账", ""],
        ["3号楼", "甲"],
        ["3号楼", "乙"],
        ["3号楼", "丙"],
    ]


def test_the_sheet_asked_for_is_read_and_no_other(tmp_path):
    path = book(tmp_path / "a.xlsx", [HEADINGS, *PEOPLE], 残疾=[("姓名",), ("赵强",)], 空的=[])
    assert sheet_of(path)["rows"] == [list(row) for row in (HEADINGS, *PEOPLE)]
    assert sheet_of(path, "残疾")["rows"] == [["姓名"], ["赵强"]]
    assert sheet_of(path, "空的") == {
        "sheets": ["台账", "残疾", "空的"],
        "sheet": "空的",
        "rows": [],
    }
    with pytest.raises(child.Refused, match="no_sheet"):
        sheet_of(path, "低保")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({(0, 200): "x", (0, 0): "y"}, "columns"),
        ({(0, 0): "x", (120_000, 0): "y"}, "rows"),
        (dict.fromkeys(((y, 0) for y in range(child.MOST_ROWS + 1)), "x"), "rows"),
    ],
    ids=["wide", "one far below", "many"],
)
def test_a_sheet_larger_than_any_roll_is_refused(tmp_path, cells, code):
    def draw(made, sheet):
        for (y, x), text in cells.items():
            sheet.write_string(y, x, text)

    with pytest.raises(child.Refused, match=code):
        sheet_of(drawn(tmp_path / "a.xlsx", draw))


def test_a_book_without_a_sheet_to_be_seen_is_empty(tmp_path):
    """Its one sheet hidden, which Excel lets nobody do; or nothing in it but a chart."""
    contents = parts(book(tmp_path / "a.xlsx", [HEADINGS, *PEOPLE]))
    plain = contents["xl/workbook.xml"]
    contents["xl/workbook.xml"] = plain.replace(b'sheetId="1"', b'sheetId="1" state="hidden"')
    assert contents["xl/workbook.xml"] != plain
    with pytest.raises(child.Refused, match="empty"):
        child.read(packed(contents), "")


def test_more_characters_than_excel_keeps_in_a_cell_are_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", [HEADINGS, *PEOPLE])
    contents, name = parts(path), PEOPLE[0][0]
    for length in (child.LONGEST_CELL, child.LONGEST_CELL + 1):
        strings = contents["xl/sharedStrings.xml"].replace(name.encode(), b"x" * length)
        data = packed({**contents, "xl/sharedStrings.xml": strings})
        if length == child.LONGEST_CELL:
            assert child.read(data, "")["rows"][1][0] == "x" * length
        else:
            with pytest.raises(child.Refused, match="long_cell"):
                child.read(data, "")


def answered(data: bytes, deed: str, **wanted: object) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    return picture_child.answered({**LIMITS, "deed": deed, **wanted}, data)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("name", [name for name, (_, code) in HOSTILE.items() if code != "damaged"])
def test_what_is_none_of_ours_is_refused_by_its_code(name):
    data, code = HOSTILE[name]
    with pytest.raises(picture_child.Refused, match="kind" if code == "empty" else code):
        answered(data, "look")


def test_a_pdf_that_does_not_open_says_whether_it_is_locked_or_damaged():
    import pypdf

    writer, locked = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(1))), io.BytesIO()
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(locked)
    for data, code in ((locked.getvalue(), "locked"), (HOSTILE["a pdf of noise"][0], "damaged")):
        with pytest.raises(picture_child.Refused, match=code):
            answered(data, "look")


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_plain_picture_stays_and_another_is_made_anew(form):
    told, (kept, thumb) = answered(photo(form=form), "look")
    assert (told["kind"], told["pages"], kept) == (f"image/{form.lower()}", 1, photo(form=form))
    assert opened(thumb).size == (128, 96)
    for beside in (photo(form=form, camera=True), photo((4000, 3000), form=form)):
        told, (kept, _) = answered(beside, "look")
        assert told["kind"] == "image/jpeg"
        assert b"Phone of somebody" not in kept
        assert not opened(kept).getexif()
        assert max(opened(kept).size) <= LIMITS["long_edge"]


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_whatever_its_colours_a_picture_is_shown_on_white(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    out = io.BytesIO()
    white: dict[str, Any] = {"1": 1, "L": 255, "P": 0, "LA": (0, 0), "RGBA": (0, 0, 0, 0)}
    Image.new(mode, (300, 200), white.get(mode, 0)).save(out, form, **clear(mode))
    _, (made,) = answered(out.getvalue(), "show", page=0, box=150)
    shown = opened(made)
    assert (shown.format, shown.size) == ("JPEG", (150, 100))
    if mode in white:
        assert shown.convert("L").getpixel((75, 50)) == 255


def clear(mode: str) -> dict[str, int]:
    return {"transparency": 0} if mode == "P" else {}


def test_a_document_is_kept_shown_page_by_page_and_laid_onto_sheets():
    told, (kept, thumb) = answered(pdf(3), "look")
    assert (told, kept) == ({"kind": "application/pdf", "pages": 3}, pdf(3))
    assert max(opened(thumb).size) == 128
    _, (page,) = answered(pdf(3), "show", page=2, box=500)
    assert max(opened(page).size) == 500
    _, (paper,) = answered(pdf(3), "paper")
    assert sizes_of(paper) == [(595, 842)] * 3


def test_what_is_wider_than_high_is_turned_onto_its_sheet():
    _, (paper,) = answered(photo((900, 600)), "paper")
    assert sizes_of(paper) == [(595, 842)]
    sheet = pypdfium2.PdfDocument(paper)[0].render(scale=1).to_pil().convert("RGB")
    drawn_there, ground = sheet.getpixel((220, 500)), sheet.getpixel((380, 300))
    # What was drawn above at the left stands below at the left: blue; the ground is not.
    assert drawn_there[2] > drawn_there[0]
    assert ground[2] < ground[0]


def sizes_of(paper: bytes) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(paper)
    return [
        (round(wide), round(high))
        for wide, high in map(document.get_page_size, range(len(document)))
    ]
