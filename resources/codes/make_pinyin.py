"""Make pinyin.bin from pypinyin's dictionaries (MIT) and surnames.toml; run it after a change of either.

    python resources/codes/make_pinyin.py

The file is zlib over UTF-8 text: a heading; a line `syllable TAB characters TAB characters` for each syllable (those
whose usual reading it is, those whose second one it is); an empty line; a line `surname TAB readings` for each
surname, readings parted by commas and their syllables by blanks. No tones; ü is v.
"""

import tomllib
import unicodedata
import zlib
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE / "pinyin.bin"
HEADING = "bianmin-pinyin 1"
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
    rows: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for code, listed in sorted(pinyin_dict.items()):
        character = chr(code)
        readings = names["given"].get(character) or two_readings(listed, counts[character])
        for place, reading in enumerate(readings):
            rows[reading][place].append(character)
    lines = [
        f"{s}\t{''.join(first)}\t{''.join(second)}" for s, (first, second) in sorted(rows.items())
    ]
    single = {name: ",".join(readings) for name, readings in names["single"].items()}
    surnames = [f"{name}\t{readings}" for name, readings in (single | names["compound"]).items()]
    return "\n".join([HEADING, *lines, "", *surnames])


def main() -> None:
    TARGET.write_bytes(zlib.compress(build().encode(), 9))
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
