"""Which passwords are refused: short ones, common ones, those that the hall itself gives away."""

import re
from collections.abc import Sequence
from functools import cache

from desk.errors import Problem
from desk.keyring.wrapping import plain_password
from desk.resources import resource_bytes

FIELD = "password"
SHORTEST, SHORTEST_DIGITS, LONGEST = 10, 14, 256
# So much must be left of a password once the guessable is taken out.
REST = 6
CLASSES = 3
"""So many kinds of characters out of four where they are asked for."""
# A common word with up to so many digits and signs around it is still a common word.
ENDS = 8
COMMON = "keyring/common_passwords.txt"
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_WORD = re.compile(r"[\W_]+")
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def check_password(
    password: str, local_words: Sequence[str] = (), *, mixed: bool = False
) -> tuple[Problem, ...]:
    """What stands against this password.

    Kinds of characters are asked for only with `mixed`: three of small and capital letters, digits and all else (a county's
    等保模式; ASVS 5.0, 6.2 is against it).

    `local_words` are what anybody in the hall knows: the community's name and code, the street, the phone, one's own name.
    Codes: too_short {min}, too_long {max}, all_digits {min}, too_common, local_word, too_plain.
    """
    plain = plain_password(password)
    if len(plain) < SHORTEST:
        return (Problem(FIELD, "too_short", {"min": SHORTEST}),)
    if len(plain) > LONGEST:
        return (Problem(FIELD, "too_long", {"max": LONGEST}),)
    if plain.isdigit() and len(plain) < SHORTEST_DIGITS:
        return (Problem(FIELD, "all_digits", {"min": SHORTEST_DIGITS}),)
    if _is_common(plain.lower()):
        return (Problem(FIELD, "too_common"),)
    if _is_local(plain.lower(), local_words):
        return (Problem(FIELD, "local_word"),)
    if mixed and _kinds(plain) < CLASSES:
        return (Problem(FIELD, "too_plain"),)
    return ()


def _kinds(password: str) -> int:
    """How many of the four kinds it has; a Chinese character is none of the first three."""
    small = any("a" <= one <= "z" for one in password)
    capital = any("A" <= one <= "Z" for one in password)
    digit = any("0" <= one <= "9" for one in password)
    other = any(not (one.isascii() and one.isalnum()) for one in password)
    return small + capital + digit + other


def _is_common(password: str) -> bool:
    """In the list, in it but for digits and signs at the ends, or fewer than five different characters."""
    core = _ENDS.sub("", password)
    dressed = core in _common() and len(password) - len(core) <= ENDS
    return len(set(password)) < 5 or password in _common() or dressed


def _is_local(password: str, local_words: Sequence[str]) -> bool:
    """Whether little is left without the words everybody here knows and without years."""
    rest = _NOT_WORD.sub("", password)
    words = {_NOT_WORD.sub("", plain_password(word).lower()) for word in local_words}
    found = False
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 1 and word in rest:
            rest, found = rest.replace(word, ""), True
    without_years = _YEAR.sub("", rest)
    return (found or without_years != rest) and len(without_years) < REST


@cache
def _common() -> frozenset[str]:
    return frozenset(resource_bytes(COMMON).decode("utf-8").split())
