"""The font read from the disk says the same as ReportLab's own reading of it."""

import struct
from pathlib import Path

import pytest
from reportlab.pdfbase import ttfonts

from desk.fonts import font_file
from desk.printing.lean_font import LeanFace

CODES = [0, *map(ord, "便民服务 刘Aé—\u00a0㐀"), 0x10FFFF]


@pytest.mark.parametrize("name", ["sans", "bold"])
def test_widths_and_subsets_are_those_of_reportlab(name: str) -> None:
    ours, theirs = LeanFace(font_file(name)), ttfonts.TTFontFace(str(font_file(name)))
    held = [code in ours.charToGlyph for code in range(0x11000)]
    assert held == [code in theirs.charToGlyph for code in range(0x11000)]
    for code in (*range(0x3000), *CODES):
        assert ours.getCharWidth(code) == theirs.getCharWidth(code)
    assert ours.makeSubset(CODES) == theirs.makeSubset(CODES)


def test_a_font_of_one_width_has_it_for_every_character() -> None:
    face = LeanFace(font_file("rare"))
    assert face.getCharWidth(0x20000) == face.getCharWidth(0x2EBE0) == face.defaultWidth


def test_a_character_it_has_not_is_none() -> None:
    held = LeanFace(font_file("sans")).charToGlyph
    assert held[ord("刘")] == held.get(ord("刘"))
    for code in (0x10FFFF, 0xE000 - 1):
        assert code not in held
        with pytest.raises(KeyError):
            held[code]


def test_a_font_made_otherwise_is_not_read_as_ours(tmp_path: Path) -> None:
    """Its outlines told of by short numbers, as in most small fonts."""
    path, data = tmp_path / "other.ttf", bytearray(font_file("rare").read_bytes())
    tables = {bytes(data[at : at + 4]): at for at in range(12, 12 + 16 * data[5], 16)}
    [head] = struct.unpack_from(">I", data, tables[b"head"] + 8)
    assert data[head + 51] == 1
    data[head + 51] = 0
    path.write_bytes(data)
    with pytest.raises(ttfonts.TTFError, match=r"make_fonts\.py"):
        LeanFace(path)
