"""The bundled fonts hold the characters of GB 18030-2022 level 3, and unpack whole."""

import pytest
from fontTools.ttLib import TTFont

from desk.fonts import bundled_fonts, font_families, font_file, unpacked_fonts
from desk.printing.fonts import faces, to_unicode

# Basic block and Extension A as GB 18030 has them, Extensions B to F as of Unicode 10.
LEVEL_1 = [(0x4E00, 0x9FEF), (0x3400, 0x4DB5)]
LEVEL_3 = [(0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1)]
LEVEL_3 += [(0x2CEB0, 0x2EBE0)]
PUNCTUATION = "，。、；：？！（）《》〈〉“”‘’【】〔〕·…—–○〇①②③⑩ⅠⅡⅣ℃％￥×÷±²℡㎡□■△▲√→←↑↓⿰⿱ 　"


def characters_of(name: str) -> set[int]:
    with TTFont(font_file(name), lazy=True) as font:
        return set(font.getBestCmap())


def spread(ranges: list[tuple[int, int]]) -> set[int]:
    return {code for first, last in ranges for code in range(first, last + 1)}


def test_sans_has_level_1_and_the_marks_of_papers() -> None:
    held = characters_of("sans")
    assert spread(LEVEL_1) <= held
    missing = [char for char in PUNCTUATION if ord(char) not in held]
    assert missing == []


def test_rare_has_all_of_level_3() -> None:
    assert spread(LEVEL_3) <= characters_of("rare")


def test_the_reach_is_as_the_readme_says() -> None:
    """GB 18030-2022 holds 87,887 ideographs; all are drawn."""
    unified = set(map(ord, "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"))
    first, third = spread(LEVEL_1) | unified, spread(LEVEL_3)
    sans, rare = characters_of("sans"), characters_of("rare")
    assert (len(unified), len(first), len(first & sans)) == (12, 27_570, 27_570)
    assert (len(third), len(third & rare), len(third & sans)) == (60_317, 60_317, 215)
    assert len((first | third) & (sans | rare)) == 87_887
    assert spread([(0x2F00, 0x2FD5), (0x31C0, 0x31E3), (0x2FF0, 0x2FFB)]) <= sans
    later = spread([(0x9FF0, 0x9FFF), (0x4DB6, 0x4DBF), (0x31350, 0x323AF)])
    assert not later & (sans | rare)
    assert len(spread([(0x30000, 0x3134F)]) & sans) == 3


def test_bold_has_the_everyday_characters() -> None:
    pairs = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    wanted = {ord(text) for pair in pairs if (text := pair.decode("gb2312", "ignore"))}
    assert len(wanted) == 3755
    # Not in 通用规范汉字表; in bold text they are drawn regular.
    assert wanted - characters_of("bold") == set(map(ord, "矽硷磺"))


def test_fonts_can_be_embedded_by_reportlab() -> None:
    for font in bundled_fonts():
        with TTFont(font_file(font.name), lazy=True) as opened:
            assert "glyf" in opened
            assert opened["name"].getBestFamilyName() == font.family


def test_families_are_told_in_the_order_of_falling_back() -> None:
    assert font_families() == ("Noto Sans SC", "Bianmin Rare")


def test_rare_font_is_not_loaded_before_it_is_needed() -> None:
    from reportlab.pdfbase import pdfmetrics

    from desk.printing.fonts import Faces

    assert faces().regular.font["刘"] == "sans"
    fresh = Faces(None)
    assert fresh.regular.font["兰"] == "sans"
    assert fresh.regular.font["𠀋"] == "rare"
    assert "rare" in pdfmetrics.getRegisteredFontNames()


@pytest.mark.parametrize("char", ["中", "𬭎", "𠀋", "\U0010ffff"])
def test_map_to_unicode_uses_surrogate_pairs(char: str) -> None:
    written = to_unicode("AAAAAA+X", [0, ord(char)])
    assert f"<01> <{char.encode('utf-16-be').hex().upper()}>" in written


def test_map_to_unicode_keeps_to_a_hundred_entries_a_block() -> None:
    written = to_unicode("AAAAAA+X", list(range(0x4E00, 0x4E00 + 250)))
    counts = [int(line.split()[0]) for line in written.splitlines() if "beginbfchar" in line]
    assert counts == [100, 100, 50]
    assert "<00> <F9>" in written


def test_unpacked_fonts_come_in_order() -> None:
    names = [path.name.partition("-")[0] for path in unpacked_fonts()]
    assert names == ["sans", "bold", "rare"]
