"""Days and defaults of a party member's transfer and of keeping touch with those who are away (domain notes, A.8, B.5)."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from desk.domain.variables import add_months

Facts = Mapping[str, object]
Work = Callable[[Facts, date], object]

IN_CITY: Final = ("县内", "市内跨县")
IN_PROVINCE: Final = (*IN_CITY, "省内跨市")
LONGEST_RECEIPT: Final = 31
"""A receipt is to be back within a month of the admission."""
MONTHS_BETWEEN: Final[Mapping[str, int]] = {"每月": 1, "每季度": 3}
SILENT_MONTHS: Final = 6


def half_year_silent(facts: Facts, today: date) -> bool:
    """Whether the last sign of life is half a year old; that only puts a member on a list."""
    last = _day(facts, "last_contact")
    return last is not None and add_months(last, SILENT_MONTHS) <= today


def _usual_valid_days(facts: Facts, on: date) -> object:
    """How long a letter serves, as the county has it for the way it goes."""
    scope = facts.get("transfer_scope")
    if not scope:
        return None
    part = "city" if scope in IN_CITY else "province" if scope in IN_PROVINCE else "beyond"
    return facts.get(f"$letter_days_{part}")


def _usual_issuer(facts: Facts, on: date) -> object:
    """Who issues the letter: a body that may approve probationary members, or the county's organisation department."""
    scope = facts.get("transfer_scope")
    if not scope:
        return None
    return facts.get("$letter_issuer" if scope in IN_PROVINCE else "$letter_issuer_beyond")


def _receipt_due(facts: Facts, on: date) -> str | None:
    """The day the receipt is to be back: after the admission, or, where that is not known, after the letter's last day."""
    admitted, issued = _day(facts, "admitted_on"), _day(facts, "issue_date")
    if admitted:
        return (
            admitted + timedelta(days=_count(facts, "$receipt_days", LONGEST_RECEIPT))
        ).isoformat()
    if issued:
        valid = _count(facts, "valid_days", 0)
        return (issued + timedelta(days=valid + LONGEST_RECEIPT)).isoformat()
    return None


def _reply_due(facts: Facts, on: date) -> str | None:
    """The day by which the receipt of a member admitted here is to be sent."""
    admitted = _day(facts, "admitted_on")
    return add_months(admitted, 1).isoformat() if admitted else None


def _letter_over(facts: Facts, on: date) -> bool | None:
    """Whether a letter was brought after its last day; no letter, or none with a last day, is not over."""
    issued, arrived = _day(facts, "letter_issued_on"), _day(facts, "presented_on")
    if arrived is None:
        return None
    valid = _count(facts, "valid_days", 0)
    if issued is None or not valid:
        return False
    return issued + timedelta(days=valid) < arrived


def _next_contact(facts: Facts, on: date) -> str | None:
    last, months = _day(facts, "last_contact"), MONTHS_BETWEEN.get(str(facts.get("contact_freq")))
    return add_months(last, months).isoformat() if last and months else None


def _day(facts: Facts, key: str) -> date | None:
    value = facts.get(key)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _count(facts: Facts, key: str, otherwise: int) -> int:
    value = facts.get(key)
    return value if isinstance(value, int) and 0 <= value <= 36500 else otherwise


LETTER_FACTS: Final[Mapping[str, Work]] = {
    "usual_valid_days": _usual_valid_days,
    "usual_issuer": _usual_issuer,
    "receipt_due": _receipt_due,
    "reply_due": _reply_due,
    "letter_over": _letter_over,
    "next_contact": _next_contact,
}
"""Facts that follow from the fields of a transfer, by name."""
