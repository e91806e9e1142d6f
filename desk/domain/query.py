"""What is typed into the search box, split into words that know what they are."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from desk.domain.identity import clean_id
from desk.domain.numbering import SERIES, parse, parse_short

WordKind = Literal["number", "short", "digits", "latin", "text"]

LONGEST_QUERY = 100

_COMPACT_LENGTH = 29
# A telephone or certificate number is one word, however it was grouped.
_WHOLE_LENGTHS = (11, 15, 18)
_DIGITS = re.compile(r"[0-9]+(-[0-9]+)*x?")
_LATIN = re.compile(r"[a-z]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\u301c]")
_NAME_DOTS = "·•・‧∙"


@dataclass(frozen=True, slots=True)
class Word:
    """One word to search for.

    number: a case number in its printed form. short: a short number with four-digit serial, its series apart ('' for
    any). digits: digits, perhaps with hyphens (3-2-501) or a final x. latin: pinyin or initials, ü as v. text: anything
    else. All but `number` and the series are in lower case, all in half width.
    """

    kind: WordKind
    text: str
    series: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """The words, all of which must be met; `mistyped`: a case number is among them whose check character is wrong."""

    words: tuple[Word, ...]
    mistyped: bool = False


def folded(text: str) -> str:
    """`text` as searches compare it: half width, lower case, one blank between words.

    Control characters, lone surrogates, the dots of names and the variation selectors of rare characters are left
    out; ü is v. Made of the first 100 characters only. Search tokens are made with this too.
    """
    plain = text.strip()[:LONGEST_QUERY]
    if plain.isascii() and plain.isprintable():
        # Numbers mostly, and numbers are most of what tokens are made of.
        return " ".join(plain.lower().split())
    plain = unicodedata.normalize("NFKC", plain)
    seen = "".join(c for c in _DASHES.sub("-", plain) if c.isspace() or not _is_unseen(c))
    lower = unicodedata.normalize("NFC", seen.lower()).replace("ü", "v")
    return " ".join(lower.split())[:LONGEST_QUERY].rstrip()


def _is_unseen(character: str) -> bool:
    # Not all of category C: characters newer than this Python are unassigned to it, yet stand in names.
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return (
        selector or character in _NAME_DOTS or unicodedata.category(character) in ("Cc", "Cf", "Cs")
    )


def parse_query(text: str) -> Query:
    """The words of `text`; of more than 100 characters the rest is not read."""
    plain = folded(text)
    number = _number(plain)
    if number:
        return Query((number,))
    words = _with_series(_joined(plain.split()))
    return Query(tuple(map(_word, words)), any(map(_looks_mistyped, words)))


def _joined(words: list[str]) -> list[str]:
    """One word where all the words are groups of one telephone or certificate number."""
    whole = "".join(words).replace("-", "")
    grouped = len(words) > 1 and all(map(_DIGITS.fullmatch, words))
    return [whole] if grouped and len(whole) in _WHOLE_LENGTHS else words


def _with_series(words: list[str]) -> list[str]:
    """A series and the short number after it are one word."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1].upper() in SERIES and _short(word):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _word(word: str) -> Word:
    number = _number(word)
    if number:
        return number
    return _short(word) or _plain_word(word)


def _short(word: str) -> Word | None:
    try:
        short = parse_short(word)
    except ValueError:
        return None
    return Word("short", short.text, short.series)


def _plain_word(word: str) -> Word:
    if _DIGITS.fullmatch(word):
        whole = word.replace("-", "")
        return Word("digits", whole if len(whole) in _WHOLE_LENGTHS else word)
    letters = word.replace("'", "").replace("’", "")
    if _LATIN.fullmatch(letters):
        return Word("latin", letters)
    return Word("text", word)


def _number(word: str) -> Word | None:
    try:
        return Word("number", parse(word).full)
    except ValueError:
        return None


def _looks_mistyped(word: str) -> bool:
    compact = clean_id(word)
    shaped = len(compact) == _COMPACT_LENGTH and compact.startswith(SERIES)
    return shaped and compact[2:-1].isdigit() and _number(word) is None
