"""Which days are worked: weekends, public holidays and the weekend days made workdays (调休)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from desk.errors import UNREADABLE

DayKind = Literal["rest", "work"]

_SATURDAY = 5


@dataclass(frozen=True, slots=True, eq=False)
class HolidayTable:
    """The State Council's yearly notices: days that differ from the plain week, and the years there is a notice for.

    `through` is the last day its publisher vouches for; None: the notices speak for themselves.
    """

    days: Mapping[date, tuple[DayKind, str]]
    years: frozenset[int]
    through: date | None = None

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`; a year without notice is judged by its weekends alone."""
        special = self.days.get(day)
        return special[0] == "work" if special else day.weekday() < _SATURDAY

    def why(self, day: date) -> str:
        """What makes `day` what it is: the holiday's name, 调休上班, 周末 or 工作日."""
        plain_workday = day.weekday() < _SATURDAY
        special = self.days.get(day)
        if special and special[0] == "rest":
            return special[1]
        if special and not plain_workday:
            return "调休上班"
        return "工作日" if plain_workday else "周末"

    def covers(self, day: date) -> bool:
        """Whether the notice for the year of `day` is here, and vouched for."""
        return day.year in self.years and (self.through is None or day <= self.through)

    def until(self, through: date) -> "HolidayTable":
        """The same table, vouched for no longer than that day."""
        return replace(self, through=through)

    def completed_by(self, newer: "HolidayTable") -> "HolidayTable":
        """This table where it covers a day, the newer one for every other: what was promised by it stays promised."""
        days = {day: what for day, what in newer.days.items() if not self.covers(day)}
        days |= {day: what for day, what in self.days.items() if self.covers(day)}
        return HolidayTable(days, self.years | newer.years, newer.through)

    def workdays_between(self, after: date, until: date) -> int:
        """Number of workdays later than `after` and not later than `until`; 0 when there are none."""
        if until <= after:
            return 0
        moved = 0
        for day, (kind, _) in self.days.items():
            if after < day <= until:
                moved += (kind == "work") - (day.weekday() < _SATURDAY)
        return _weekdays_up_to(until) - _weekdays_up_to(after) + moved


def _weekdays_up_to(day: date) -> int:
    # Day 1 of the calendar is a Monday.
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def read_holidays(sources: Mapping[str, bytes]) -> HolidayTable:
    """The table of some files `{"year", "source", "days": [{"date", "name", "off"}]}`, one for each year.

    A year's file may name days of the year before (its New Year holiday).

    Raises:
        ValueError: a file is not of this form, or two files contradict each other; the message names the file.
    """
    days: dict[date, tuple[DayKind, str]] = {}
    years: set[int] = set()
    for name, source in sources.items():
        try:
            _read_year(json.loads(source), days, years)
        except UNREADABLE as error:
            raise ValueError(f"{name}: {error}") from error
    return HolidayTable(days, frozenset(years))


def _read_year(
    file: Mapping[str, Any], days: dict[date, tuple[DayKind, str]], years: set[int]
) -> None:
    year = file["year"]
    if type(year) is not int or year in years:
        raise ValueError(f"year {year!r} is no year, or is given twice")
    years.add(year)
    for entry in file["days"]:
        day, off = date.fromisoformat(entry["date"]), entry["off"]
        if type(off) is not bool or day.year not in (year - 1, year):
            raise ValueError(f"{entry!r} does not belong here")
        value: tuple[DayKind, str] = ("rest" if off else "work", str(entry["name"]))
        if days.setdefault(day, value)[0] != value[0]:
            raise ValueError(f"{day} is rest and work")
