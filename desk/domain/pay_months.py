"""From which month a benefit is paid, by the rule of the county."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from desk.domain.variables import add_months

RULE: Final = re.compile(r"month_(of|after)_([a-z]+)")
"""`month_after_approval`, `month_of_birthday`: the day's own month, or the one after it."""


def month_by(rule: object, days: Mapping[str, date]) -> str:
    """The month (YYYY-MM) a rule names, '' for a rule that is not known or whose day is not."""
    found = RULE.fullmatch(rule) if isinstance(rule, str) else None
    day = days.get(found[2]) if found else None
    if found is None or day is None:
        return ""
    return month_of(add_months(day.replace(day=1), 1) if found[1] == "after" else day)


def month_of(day: date) -> str:
    """The day's month, YYYY-MM."""
    return f"{day:%Y-%m}"


def last_day(month: str) -> date:
    """The last day of a month YYYY-MM.

    Raises:
        ValueError: it is none.
    """
    return date.fromordinal(add_months(date.fromisoformat(f"{month}-01"), 1).toordinal() - 1)
