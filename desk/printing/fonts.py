"""The embedded fonts of a paper: which font draws which character, and how wide it is."""

import threading
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from desk.fonts import font_file
from desk.printing.lean_font import LeanFace, LeanFont

V = TypeVar("V")
# Drawn in place of a character that no bundled font has.
BOX = "□"
UNKNOWN = ""
SILENT = "-"


class Face:
    """One weight of writing with its chain of fonts; what no font has is drawn as a box."""

    __slots__ = ("_chain", "advance", "font")

    def __init__(self, chain: "tuple[_Link, ...]") -> None:
        self._chain = chain
        self.font: dict[str, str] = _Looked(self._font_of)
        self.advance: dict[str, float] = _Looked(self._advance_of)

    def width(self, text: str, size: float) -> float:
        """The width of one line of text in points."""
        return size * sum(map(self.advance.__getitem__, text))

    def runs(self, text: str) -> Iterator[tuple[str, str]]:
        """The text cut into stretches of one font: (font name, text); UNKNOWN for what no font has."""
        shown = (char for char in text if self.font[char] != SILENT)
        for font, group in groupby(shown, key=self.font.__getitem__):
            yield font, "".join(group)

    def _font_of(self, char: str) -> str:
        code = ord(char)
        if _is_silent(code):
            return SILENT
        return next((link.name for link in self._chain if link.has(code)), UNKNOWN)

    def _advance_of(self, char: str) -> float:
        font = self.font[char]
        if font == SILENT:
            return 0.0
        code = ord(char if font != UNKNOWN else BOX)
        link = next(link for link in self._chain if link.name == font or font == UNKNOWN)
        return link.width(code) / 1000


class Faces:
    """The regular and the bold writing. ReportLab's fonts keep a reading position, so `lock` is held while drawing."""

    __slots__ = ("bold", "lock", "regular")

    def __init__(self, folder: Path | None) -> None:
        sans, rare = _Link("sans", folder), _Link("rare", folder, first=0x20000)
        self.regular = Face((sans, rare))
        self.bold = Face((_Link("bold", folder), sans, rare))
        self.lock = threading.RLock()


@cache
def faces(folder: Path | None = None) -> Faces:
    """The fonts of this process, unpacked into `folder` (None: the user's cache) and registered once."""
    ttfonts.makeToUnicodeCMap = to_unicode
    # Page content as bytes, not as text: a quarter smaller and faster.
    rl_config.useA85 = 0
    return Faces(folder)


def to_unicode(font_name: str, subset: list[int]) -> str:
    """The PDF map from the codes of a subset font to text, with surrogate pairs beyond U+FFFF.

    ReportLab 5.1 writes such a code point as five hex digits, which readers cut to a wrong character; PDF 32000-1,
    9.10.3 asks for UTF-16BE and allows at most 100 entries in one block.
    """
    entries = [f"<{code:02X}> <{_utf16(point)}>" for code, point in enumerate(subset)]
    blocks = [
        "\n".join([f"{len(part)} beginbfchar", *part, "endbfchar"])
        for part in (entries[start : start + 100] for start in range(0, len(entries), 100))
    ]
    head = f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def
/CMapName /{font_name} def
/CMapType 2 def
1 begincodespacerange
<00> <{len(subset) - 1:02X}>
endcodespacerange"""
    tail = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    return "\n".join([head, *blocks, tail])


class _Link:
    """One font of a chain, loaded when the first character from `first` on is asked for."""

    __slots__ = ("_face", "_first", "_folder", "name")

    def __init__(self, name: str, folder: Path | None, first: int = 0) -> None:
        self.name, self._folder, self._first = name, folder, first
        self._face: LeanFace | None = None

    def has(self, code: int) -> bool:
        return code >= self._first and code in self._loaded().charToGlyph

    def width(self, code: int) -> float:
        return float(self._loaded().getCharWidth(code))

    def _loaded(self) -> LeanFace:
        if self._face is None:
            font = LeanFont(self.name, font_file(self.name, self._folder))
            pdfmetrics.registerFont(font)
            self._face = font.face
        return self._face


class _Looked(dict[str, V]):
    """A dictionary over characters that works out what it lacks."""

    def __init__(self, find: Callable[[str], V]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, char: str) -> V:
        value = self[char] = self._find(char)
        return value


def _is_silent(code: int) -> bool:
    """Whether a character is meant to leave no mark: joiners, byte order marks, variant selectors."""
    return code in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF) or (
        0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    )


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be").hex().upper()
