"""The printed recovery key: 160 random bits in eight groups, each with a character that finds what was mistyped."""

import os
import re
import unicodedata

from desk.errors import RecoveryKeyWrong

SECRET_BYTES, GROUPS, GROUP = 20, 8, 4
# Crockford's base32: no I, L, O, U, which are read as 1, 1, 0 and V.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILOU", "110V")
_SEPARATORS = re.compile(r"[\s\-‐-―－_.,，。]+")
# x^5 + x^2 + 1, irreducible over GF(2).
_FIELD = 0b100101


def printed(secret: bytes) -> str:
    """The key as it stands on paper: eight groups of four characters and their check character."""
    bits = int.from_bytes(secret, "big")
    digits = [bits >> shift & 31 for shift in range(SECRET_BYTES * 8 - 5, -1, -5)]
    groups = [digits[start : start + GROUP] for start in range(0, len(digits), GROUP)]
    return "-".join(
        "".join(LETTERS[digit] for digit in (*group, _check(place, group)))
        for place, group in enumerate(groups)
    )


def new_secret() -> bytes:
    """160 random bits."""
    return os.urandom(SECRET_BYTES)


def read_typed(typed: str) -> bytes:
    """The secret from what was typed; small letters, full width, blanks and look-alike letters are taken.

    Raises:
        RecoveryKeyWrong: naming the first group that does not fit its check character or is missing.
    """
    groups = _groups(typed)
    bits = 0
    for place in range(GROUPS):
        for digit in _digits(groups, place):
            bits = bits << 5 | digit
    if len(groups) > GROUPS:
        raise RecoveryKeyWrong(GROUPS)
    return bits.to_bytes(SECRET_BYTES, "big")


def _groups(typed: str) -> list[str]:
    text = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    groups = [group for group in _SEPARATORS.split(text) if group]
    if len(groups) != 1:
        return groups
    whole = groups[0]
    return [whole[start : start + GROUP + 1] for start in range(0, len(whole), GROUP + 1)]


def _digits(groups: list[str], place: int) -> list[int]:
    group = groups[place] if place < len(groups) else ""
    digits = [LETTERS.find(letter) for letter in group]
    fits = len(digits) == GROUP + 1 and -1 not in digits
    if not fits or digits[-1] != _check(place, digits[:GROUP]):
        raise RecoveryKeyWrong(place + 1)
    return digits[:GROUP]


def _check(place: int, group: list[int]) -> int:
    """A weighted sum over GF(32): every wrong character, every swap of two and every group in a wrong place shows."""
    total = 0
    for digit in group:
        total = _doubled(total ^ digit)
    return total ^ place


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value > 31 else value
