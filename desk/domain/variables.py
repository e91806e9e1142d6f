"""Values of the catalogue that change with the day and the county: `$today`, `$today+60d`, `$dibao_std`."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

VARIABLE: Final = re.compile(
    r"\$([A-Za-z_][A-Za-z0-9_]*)(?:([+-])(?:([0-9]{1,4})|\(([a-z_][a-z0-9_]*)\))([dm]))?"
)
"""`$name`, and for a day `$today+60d`, `$today-3m`, `$today+(gaoling_cert_months)m`: as many as the county says."""


def add_months(day: date, months: int) -> date:
    """The same day number so many months on, or that month's last day (民法典 art. 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_between(first: date, last: date) -> int:
    """Full months from `first` to `last`; negative when `last` is earlier."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if add_months(first, months) <= last else months - 1


def resolve(value: object, facts: Mapping[str, object]) -> object:
    """What a value of the catalogue stands for today; None for a variable that is not known.

    A text that starts with `$` names a variable, or else a derived fact; everything else stands for itself.
    """
    if isinstance(value, tuple | list):
        return tuple(resolve(member, facts) for member in value)
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    found = VARIABLE.fullmatch(value)
    if found is None:
        return None
    name, sign, count, param, unit = found.groups()
    known = facts.get(f"${name}", facts.get(name))
    if not unit or known is None:
        return known
    shift = count or facts.get(f"${param}")
    return None if shift is None else _shifted(known, int(f"{sign}{shift}"), unit)


def _shifted(known: object, count: int, unit: str) -> str | None:
    try:
        day = date.fromisoformat(str(known))
        moved = day + timedelta(days=count) if unit == "d" else add_months(day, count)
    except (ValueError, OverflowError):
        return None
    return moved.isoformat()


def is_set(value: object) -> bool:
    """Whether a county parameter was filled in: 0 and '' stand for not known yet."""
    if isinstance(value, bool):
        return True
    if isinstance(value, list | tuple):
        return bool(value)
    try:
        return Decimal(str(value)) != 0
    except InvalidOperation:
        return bool(value)
