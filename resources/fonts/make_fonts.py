"""Makes the font files of this folder from their sources.

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 && tar xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz
    apt-get install fonts-hanazono unicode-data
    python resources/fonts/make_fonts.py package

The argument is the unpacked npm package. Needs fontTools and zstandard, both in the developers' list.
Each file is written as .ttf.zst beside this script and listed in fonts.toml with its size and digest.
"""

import bz2
import hashlib
import io
import sys
from collections.abc import Iterable
from pathlib import Path

import zstandard
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, reorderFontTables
from fontTools.ttLib.reorderGlyphs import reorderGlyphs

HERE = Path(__file__).parent
HANAZONO = Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
RARE_FAMILY = "Bianmin Rare"
# CJK Unified Ideographs Extensions B to F: what GB 18030-2022 level 3 adds to the basic plane.
RARE = [(0x20000, 0x2A6DF), (0x2A700, 0x2EBEF)]
BOLD = [(0x20, 0x2FFF), (0x3000, 0x33FF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF)]
TOLD = [("ui", "*.py"), ("desk", "*.py"), ("resources", "*.toml")]
# What FreeType's hinter measures in every Chinese font (afblue.dat) and is not said here otherwise.
MEASURED = "來們對時會為說這齊軍現開顧個當著裡進過還她將樣嗎師斷間際陳隨學沒經別動調費"
DROPPED = ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "gasp", "STAT", "FFTM"]
# 1980-01-01 in seconds since 1904, so that the same sources give the same bytes.
FIXED_TIME = 2398377600


def common_characters() -> list[int]:
    """The 8,105 characters of 通用规范汉字表 in its order, the 3,500 most used ones first; from Unihan's kTGH."""
    lines = bz2.decompress(UNIHAN.read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines if "\tkTGH\t" in line)
    places = {int(code[2:], 16): int(place.partition(":")[2]) for code, _, place in rows}
    return sorted(places, key=places.__getitem__)


def wanted_first() -> list[int]:
    """What the program itself says, then the common characters: together they fill every screen of an ordinary day."""
    files = [path for folder, kind in TOLD for path in (HERE.parents[1] / folder).rglob(kind)]
    told = set(MEASURED).union(*(path.read_text(encoding="utf-8") for path in files))
    return list(dict.fromkeys([*sorted(map(ord, told)), *common_characters()]))


def spread(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """All code points of inclusive ranges."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def subset(source: Path, codes: set[int] | None, family: str = "") -> bytes:
    """A TrueType file with the outlines of `codes` (None: all), without hints and layout tables."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += DROPPED
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    worker = Subsetter(options)
    worker.populate(unicodes=set(font.getBestCmap()) if codes is None else codes)
    worker.subset(font)
    font["head"].modified = FIXED_TIME
    if family:
        rename(font, family)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def ordered(data: bytes) -> bytes:
    """The same font with its most wanted outlines first, so that few pages of the file are ever read.

    The outlines stand behind all other tables, for that same end.
    """
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    glyphs, names = font.getGlyphOrder(), font.getBestCmap()
    first = [glyphs[0], *(names[code] for code in wanted_first() if code in names)]
    reorderGlyphs(font, list(dict.fromkeys([*first, *glyphs])))
    saved, out = io.BytesIO(), io.BytesIO()
    font.save(saved)
    reorderFontTables(saved, out, sorted(font.reader.tables, key="glyf".__eq__))
    return out.getvalue()


def rename(font: TTFont, family: str) -> None:
    """Give a changed font a name of its own, as its licence asks of derived works."""
    compact = family.replace(" ", "")
    names = {1: family, 2: "Regular", 3: f"{compact}-Regular", 4: family, 6: f"{compact}-Regular"}
    table = font["name"]
    table.names = [n for n in table.names if n.platformID == 3 and n.langID == 0x409]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)


def main() -> None:
    package = Path(sys.argv[1])
    regular = package / "400Regular" / "NotoSansSC_400Regular.ttf"
    bold = package / "700Bold" / "NotoSansSC_700Bold.ttf"
    made = [
        ("sans", "Noto Sans SC", False, ordered(subset(regular, None))),
        (
            "bold",
            "Noto Sans SC",
            True,
            ordered(subset(bold, spread(BOLD).union(common_characters()))),
        ),
        ("rare", RARE_FAMILY, False, subset(HANAZONO, spread(RARE), RARE_FAMILY)),
    ]
    lines = ["# Written by make_fonts.py; do not edit."]
    for name, family, is_bold, data in made:
        packed = zstandard.ZstdCompressor(level=19).compress(data)
        (HERE / f"{name}.ttf.zst").write_bytes(packed)
        digest = hashlib.sha256(data).hexdigest()
        lines += ["", "[[font]]", f'name = "{name}"', f'family = "{family}"']
        lines += [f"bold = {str(is_bold).lower()}", f"size = {len(data)}", f'sha256 = "{digest}"']
        print(f"{name}: {len(data):,} bytes, packed {len(packed):,}")
    (HERE / "fonts.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
