"""Masks for what not everyone may read (domain notes, what may show where)."""


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
