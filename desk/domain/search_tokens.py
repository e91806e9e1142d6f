"""The tokens a person is found by; a search is a range of tokens beginning with what was typed."""

import re
from collections.abc import Iterator

from desk.domain.pinyin import PinyinTable
from desk.domain.query import folded

LONGEST_TOKEN = 80

_LONGEST_NAME = 40
_PHONE_WITH_TAIL = 7
_HOUSE_PART = re.compile(r"[0-9]+|[^\W0-9_]+")


def tokens_for(
    name: str, id_no: str, phone: str, house: str, pinyin: PinyinTable
) -> frozenset[str]:
    """All tokens of a person, each of 1 to 80 characters, in the form of `query.folded`.

    Name and its tails; its pinyin and initials in all readings with their tails; the certificate number whole and its
    last 6 and 4; the telephone whole and its last 4; the house as 3-2-501 and the estate's name. Digits of all kinds
    share one range: what the clerk typed may be any of them.
    """
    found = {
        *_name_tokens(folded(name)[:_LONGEST_NAME]),
        *_latin_tokens(name[:_LONGEST_NAME], pinyin),
        *_tails(folded(id_no).replace(" ", ""), 6, 4),
        *_phone_tokens(phone),
        *_house_tokens(folded(house)),
    }
    return frozenset(token[:LONGEST_TOKEN] for token in found if token)


def _name_tokens(name: str) -> Iterator[str]:
    """欧阳丽华, 阳丽华, 丽华, 华; of a name in Latin letters the words with signs in them: anne-marie.

    Plain Latin words are found as pinyin is.
    """
    whole = name.replace(" ", "")
    if not whole.isascii():
        yield from (whole[i:] for i in range(len(whole)))
    else:
        yield from (word for word in name.split() if not word.isalpha())


def _latin_tokens(name: str, pinyin: PinyinTable) -> Iterator[str]:
    for reading in pinyin.readings(name):
        for i in range(len(reading)):
            yield "".join(reading[i:])
            # One letter alone would add nothing: the last syllable is a token and begins with it.
            if i < len(reading) - 1:
                yield "".join(syllable[0] for syllable in reading[i:])


def _phone_tokens(phone: str) -> Iterator[str]:
    digits = "".join(c for c in folded(phone) if c.isascii() and c.isdigit())
    yield from _tails(digits, 4) if len(digits) >= _PHONE_WITH_TAIL else (digits,)


def _tails(number: str, *lengths: int) -> Iterator[str]:
    yield number
    yield from (number[-length:] for length in lengths)


def _house_tokens(house: str) -> Iterator[str]:
    """Of 池阳花园3号楼2单元501室 and of 池阳花园 3-2-501 the same two: 池阳花园 and 3-2-501."""
    parts = list(_HOUSE_PART.finditer(house))
    yield "-".join(part[0] for part in parts if part[0].isdigit())
    for part in parts:
        after_digit = part.start() and house[part.start() - 1].isdigit()
        if not part[0].isdigit() and not after_digit:
            yield part[0]
