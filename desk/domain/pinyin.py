"""Names in Latin letters, so that they can be found without typing Chinese."""

import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import TypeAlias

HEADING = "bianmin-pinyin 2"
MAX_READINGS = 16
FIRST_CHARACTER = 0x3007
"""〇, the first one in the table."""
FIRST_SIGN = 0x100
"""The sign of the first syllable; the next one stands for the second, and so on."""

_LONGEST_NAME = 100
# U+00B7 is the right one; the others are what keyboards and spreadsheets make of it.
_DOT = re.compile("[·•・‧∙.]")
_PART = re.compile(r"[A-Za-z]+|.", re.DOTALL)

# The ways to say one character, the usual one first; and a whole name, character by character.
_Ways: TypeAlias = tuple[str, ...]
Reading: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PinyinTable:
    """How characters are read, without tones and with v for ü; surnames have readings of their own.

    `usual` and `second` hold the sign of each character's syllable, by code point from 〇 on, and a blank for none.
    Strings, for dicts of so many characters take 5 MB.
    """

    syllables: tuple[str, ...]
    usual: str
    second: str
    surnames: Mapping[str, tuple[Reading, ...]]

    @classmethod
    def from_bytes(cls, source: bytes) -> "PinyinTable":
        """The table of a pinyin.bin (see its maker). Raises ValueError for anything else."""
        try:
            heading, _, body = zlib.decompress(source).decode().partition("\n")
        except (zlib.error, UnicodeDecodeError) as error:
            raise ValueError("not a pinyin table") from error
        if heading != HEADING:
            raise ValueError(f"not a pinyin table of this form: {heading[:40]!r}")
        syllables, usual, second, *surnames = body.split("\n")
        return cls(tuple(syllables.split(" ")), usual, second, dict(map(_surname, surnames)))

    def readings(self, name: str) -> tuple[Reading, ...]:
        """All ways to read `name` as syllables, the usual one first, at most 16.

        Characters without a reading are left out; Latin words stand for themselves. ü is v and also u (lv, lu).
        """
        found = dict.fromkeys(r for route in self._routes(name) for r in _combined(route))
        return tuple(islice(found, MAX_READINGS))

    def full(self, name: str) -> frozenset[str]:
        """All readings of `name` written together: ouyanglihua."""
        return frozenset("".join(reading) for reading in self.readings(name))

    def initials(self, name: str) -> frozenset[str]:
        """All readings of `name` by their first letters: oylh."""
        return frozenset("".join(s[0] for s in reading) for reading in self.readings(name))

    def _routes(self, name: str) -> Iterator[list[_Ways]]:
        """The ways of each character: with a two-character surname, then as a single one."""
        plain = _plain(name)
        ways = list(self._ways(plain))
        family = {} if _has_dot(plain) else self.surnames
        for reading in family.get(plain[:2], ()) if len(plain) > 1 else ():
            yield [_spellings(s) for s in reading] + ways[2:]
        if plain[:1] in family:
            ways[0] = tuple(w for (s,) in family[plain[:1]] for w in _spellings(s))
        if ways:
            yield ways

    def _ways(self, plain: str) -> Iterator[_Ways]:
        for part in _PART.findall(plain):
            if part.isascii() and part.isalpha():
                yield (part.lower(),)
            elif ways := self._ways_of(part):
                yield ways

    def _ways_of(self, character: str) -> _Ways:
        place = ord(character) - FIRST_CHARACTER
        if place < 0:
            return ()
        signs = (self.usual[place : place + 1] + self.second[place : place + 1]).rstrip()
        return tuple(
            way for sign in signs for way in _spellings(self.syllables[ord(sign) - FIRST_SIGN])
        )


def _surname(line: str) -> tuple[str, tuple[Reading, ...]]:
    name, readings = line.split("\t")
    return name, tuple(tuple(reading.split(" ")) for reading in readings.split(","))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name[:_LONGEST_NAME]).strip()


def _has_dot(plain: str) -> bool:
    return _DOT.search(plain) is not None


def _spellings(syllable: str) -> _Ways:
    return (syllable, syllable.replace("v", "u")) if "v" in syllable else (syllable,)


def _combined(route: Sequence[_Ways]) -> Iterator[Reading]:
    """Every combination, characters from the left keeping all their ways until 16 would be passed."""
    size, bounded = 1, []
    for ways in route:
        kept = ways if size * len(ways) <= MAX_READINGS else ways[:1]
        size *= len(kept)
        bounded.append(kept)
    return product(*bounded)
