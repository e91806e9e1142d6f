"""Make pinyin.bin from pypinyin's dictionaries (MIT) and surnames.toml; run it after a change of either.

    python resources/codes/make_pinyin.py

The file is zlib over UTF-8 text: a heading; the syllables, parted by blanks; the sign of the usual reading of each
code point from FIRST_CHARACTER on, blank where there is none; the signs of the second ones likewise; a line
`surname TAB readings` for each surname, readings parted by commas and their syllables by blanks. The sign of a
syllable is the character FIRST_SIGN and its place. No tones; ü is v.
"""

import tomllib
import unicodedata
import zlib
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE / "pinyin.bin"
HEADING = "bianmin-pinyin 2"
FIRST_CHARACTER, FIRST_SIGN = 0x3007, 0x100
# A second reading is common when phrases use it this often; a character in no phrase keeps the one it has.
COMMON_SHARE = 0.05


def without_tone(syllable: str) -> str:
    """`lǜ` becomes `lv`, `zhōng` `zhong`."""
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in letters if c.isascii() and c.isalpha())


def phrase_counts(phrases: dict[str, list[list[str]]]) -> dict[str, Counter[str]]:
    """How often the phrases read each character in which way."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, readings in phrases.items():
        for character, reading in zip(phrase, readings, strict=False):
            counts[character][without_tone(reading[0])] += 1
    return counts


def two_readings(listed: str, used: Counter[str]) -> list[str]:
    """The usual reading of a character and the other common one, if there is one."""
    readings = list(dict.fromkeys(without_tone(r) for r in listed.split(",")))
    first, others = readings[0], readings[1:]
    total = sum(used.values())
    if not total:
        return readings[:2]
    second = max(others, key=lambda reading: used[reading], default=first)
    return [first, second] if second != first and used[second] >= total * COMMON_SHARE else [first]


def build() -> str:
    """The text of pinyin.bin."""
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    names = tomllib.loads((HERE / "surnames.toml").read_text(encoding="utf-8"))
    counts = phrase_counts(phrases_dict)
    rows = {
        code: names["given"].get(chr(code)) or two_readings(listed, counts[chr(code)])
        for code, listed in pinyin_dict.items()
    }
    syllables = sorted({syllable for readings in rows.values() for syllable in readings})
    signs = {syllable: chr(FIRST_SIGN + place) for place, syllable in enumerate(syllables)}
    usual, second = (
        "".join(
            signs[rows[code][way]] if len(rows.get(code, ())) > way else " "
            for code in range(FIRST_CHARACTER, max(rows) + 1)
        ).rstrip()
        for way in (0, 1)
    )
    single = {name: ",".join(readings) for name, readings in names["single"].items()}
    surnames = [f"{name}\t{readings}" for name, readings in (single | names["compound"]).items()]
    return "\n".join([HEADING, " ".join(syllables), usual, second, *surnames])


def main() -> None:
    TARGET.write_bytes(zlib.compress(build().encode(), 9))
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
