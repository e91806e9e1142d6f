"""Masks for what not everyone may read (domain notes, what may show where)."""

import unicodedata

_DOT = "·"


def mask_id(number: str) -> str:
    """A certificate number with its first and last quarter: 6104**********1234."""
    kept = len(number) // 4
    return number[:kept] + "*" * (len(number) - 2 * kept) + number[len(number) - kept :]


def mask_phone(number: str) -> str:
    """A telephone number: 138****5678; of one too short for an area code only its last digits."""
    head = 3 if len(number) >= 11 else 0
    tail = min(4, len(number) // 2)
    return number[:head] + "*" * (len(number) - head - tail) + number[len(number) - tail :]


def mask_account(number: str) -> str:
    """A bank account or card: its last four digits behind four stars, so that not even its length shows."""
    return "****" + (number[-4:] if len(number) >= 8 else "")


def mask_name(name: str) -> str:
    """A name for public notices: 张*三, 张*, 欧**华; a dot between the parts of a name stays."""
    # Marks (variation selectors of rare characters) belong to the character before them.
    letters = [c for c in name if unicodedata.category(c)[0] != "M"]
    last = len(letters) - 1
    shown = {0, last} if last > 1 else {0} if last == 1 else set()
    return "".join(c if i in shown or c == _DOT else "*" for i, c in enumerate(letters))
