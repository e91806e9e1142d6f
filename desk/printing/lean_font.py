"""A TrueType font that ReportLab embeds without having it in memory: tables of numbers are packed, outlines stay on the disk.

ReportLab's own face keeps the file and five collections with an entry for every glyph: 30 MB for two of our fonts.
"""

import os
import sys
from array import array
from bisect import bisect_right
from pathlib import Path
from weakref import WeakKeyDictionary, finalize

from reportlab.pdfbase import pdfmetrics, ttfonts

SPACE, NO_BREAK_SPACE = 0x20, 0xA0
WHOLE_UNICODE = 12
"""The form of a character map that reaches beyond U+FFFF; all our fonts end with one."""


class LeanFont(ttfonts.TTFont):  # type: ignore[misc]
    """The font `name` in the file `path`.

    Not asciiReadable: that would embed all 95 ASCII glyphs in every paper and cost a second subset.
    """

    def __init__(self, name: str, path: Path) -> None:
        # Not the base class's: it would load the font with a face of its own.
        self.fontName = name
        self.face = LeanFace(path)
        self.encoding = ttfonts.TTEncoding()
        self.state: WeakKeyDictionary[object, object] = WeakKeyDictionary()
        self._asciiReadable = 0
        self.shapable = False

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """The width of a line of text in points."""
        return 0.001 * size * sum(self.face.getCharWidth(ord(char)) for char in text)


class LeanFace(ttfonts.TTFontFace):  # type: ignore[misc]
    """What ReportLab asks of a font file; not for several threads at once. Raises ttfonts.TTFError for what is none."""

    def __init__(self, path: Path) -> None:
        pdfmetrics.TypeFace.__init__(self, None)
        self.filename = str(path)
        self._file = self._ttf_data = OnDisk(path)
        ttfonts.TTFontParser.__init__(self, path)
        self.extractInfo(charInfo=0)
        self.charToGlyph = GlyphMap(self._character_map())
        self.glyphPos = _numbers("I", self._table("loca"))
        self.hmetrics = Metrics(self._table("hmtx"), self.get_ushort(self._at("hhea", 34)))
        self.defaultWidth = self._scaled(self.hmetrics[0][0])

    def getCharWidth(self, code: int) -> float:  # noqa: N802
        """The width of a character in thousandths of its size, the default one if the font lacks it."""
        glyph = self.charToGlyph.get(code)
        return self.defaultWidth if glyph is None else self._scaled(self.hmetrics[glyph][0])

    def get_table(self, tag: str) -> "bytes | Outlines":
        """A table as bytes; that of the outlines is left where it is."""
        return Outlines(self._file, self._at(tag, 0)) if tag == "glyf" else self._table(tag)

    def _table(self, tag: str) -> bytes:
        start, length = self.get_table_pos(tag)
        return self._file[start : start + length]

    def _character_map(self) -> bytes:
        """The groups of the last character map: first code, last code, first glyph."""
        last = self.get_ushort(self._at("cmap", 2)) - 1
        start = self._at("cmap", self.get_ulong(self._at("cmap", 8 + 8 * last)))
        if self.get_ushort(start) != WHOLE_UNICODE or self.get_ushort(self._at("head", 50)) != 1:
            raise ttfonts.TTFError(f"{self.filename}: not a font as make_fonts.py makes them")
        return self._file[start + 16 : start + 16 + 12 * self.get_ulong(start + 12)]

    def _at(self, tag: str, offset: int) -> int:
        start: int = self.get_table_pos(tag)[0]
        return start + offset

    def _scaled(self, units: int) -> float:
        return units if self.unitsPerEm == 1000 else units * (1000 / self.unitsPerEm)


class OnDisk:
    """A file that is read slice by slice; open as long as this is, for the cache may be emptied meanwhile."""

    __slots__ = ("__weakref__", "_file")

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        finalize(self, os.close, self._file)

    def __getitem__(self, wanted: slice) -> bytes:
        os.lseek(self._file, wanted.start, os.SEEK_SET)
        return os.read(self._file, wanted.stop - wanted.start)


class Outlines:
    """The table of outlines, which begins at `start` in its file."""

    __slots__ = ("_file", "_start")

    def __init__(self, file: OnDisk, start: int) -> None:
        self._file, self._start = file, start

    def __getitem__(self, wanted: slice) -> bytes:
        return self._file[self._start + wanted.start : self._start + wanted.stop]


class GlyphMap:
    """From characters to glyphs; a no-break space is drawn as a space."""

    __slots__ = ("_first", "_glyph", "_last")

    def __init__(self, groups: bytes) -> None:
        numbers = _numbers("I", groups)
        self._first, self._last, self._glyph = numbers[0::3], numbers[1::3], numbers[2::3]

    def get(self, code: int) -> int | None:
        """The glyph of a character, None if there is none."""
        if code == NO_BREAK_SPACE:
            code = SPACE
        place = bisect_right(self._first, code) - 1
        if place < 0 or code > self._last[place]:
            return None
        return self._glyph[place] + code - self._first[place]

    def __contains__(self, code: int) -> bool:
        return self.get(code) is not None

    def __getitem__(self, code: int) -> int:
        glyph = self.get(code)
        if glyph is None:
            raise KeyError(code)
        return glyph


class Metrics:
    """Advance width and left bearing of each glyph; those past `full` share the last width."""

    __slots__ = ("_full", "_numbers")

    def __init__(self, table: bytes, full: int) -> None:
        self._numbers, self._full = _numbers("H", table), full

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        if glyph < self._full:
            return self._numbers[2 * glyph], self._numbers[2 * glyph + 1]
        return self._numbers[2 * self._full - 2], self._numbers[self._full + glyph]


def _numbers(code: str, table: bytes) -> "array[int]":
    """Big-endian numbers, unpacked only where they are asked for."""
    numbers = array(code, table)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
