"""The font read from the disk says the same as ReportLab's own reading of it."""

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
