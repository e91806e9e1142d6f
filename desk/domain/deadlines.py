"""Due dates that can say which days they counted, and how near they are."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal

from desk.domain.catalog import LimitUnit
from desk.domain.workdays import HolidayTable
from desk.domain.workflow import Clock

DayRole = Literal["start", "counted", "weekend", "holiday", "makeup", "paused", "shifted"]
AlertLevel = Literal["green", "yellow", "red", "overdue", "paused", "none"]

START_NOTE = "当日不计"
ESTIMATED = "没有该年放假安排，按双休日估算"
SHIFTED_HERE = "顺延到此日"

_ONE_DAY = timedelta(days=1)
_DAYS_A_MONTH = 30
# From this many days on a limit is long and warns early (domain notes, 红黄绿预警).
_LONG, _MIDDLE = 10, 3


@dataclass(frozen=True, slots=True)
class Limit:
    """So many days or months; 0 means on the spot. Raises ValueError for a negative `n`."""

    n: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        if self.n < 0:
            raise ValueError(f"a limit is not negative: {self.n}")


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, `first` and `last` among them; `last` None: not resumed yet.

    A `last` before `first` (resumed on the day it was paused) pauses no day.
    """

    first: date
    last: date | None
    why: str

    def holds(self, day: date) -> bool:
        """Whether `day` is paused."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day between start and due: `number` is its place in the count (0: not counted)."""

    day: date
    kind: DayRole
    number: int
    note: str


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days of one kind in a row, folded; the numbers are 0 where nothing is counted."""

    first: date
    last: date
    kind: DayRole
    first_number: int
    last_number: int
    note: str


@dataclass(frozen=True, slots=True)
class DueDate:
    """When something is due (None while paused) and every day that led there, the start day first.

    `provisional`: a day that mattered lies in a year without holiday notice, so the date may still move (False while
    paused).
    """

    on: date | None
    start: date
    limit: Limit
    provisional: bool
    days: tuple[CountedDay, ...]

    def to_dict(self) -> dict[str, Any]:
        """A form for events (ASCII keys; days folded to [first, last, kind, first number, note])."""
        return {
            "on": self.on.isoformat() if self.on else None,
            "n": self.limit.n,
            "unit": self.limit.unit,
            "provisional": self.provisional,
            "days": [
                [r.first.isoformat(), r.last.isoformat(), r.kind, r.first_number, r.note]
                for r in _fold(self.days)
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "DueDate":
        """What `to_dict` gave. Raises KeyError, ValueError or TypeError for anything else."""
        days = tuple(day for row in data["days"] for day in _unfold(row))
        on = date.fromisoformat(data["on"]) if data["on"] else None
        limit = Limit(data["n"], data["unit"])
        return cls(on, days[0].day, limit, data["provisional"], days)


@lru_cache(maxsize=256)
def due(start: date, limit: Limit, table: HolidayTable, pauses: tuple[Pause, ...] = ()) -> DueDate:
    """When `limit` from `start` ends, the start day not counted (民法典 art. 201).

    Working days: the n-th workday that is not paused (行政许可法 art. 82). Calendar days and months: the n-th day, or
    the same day number (else the last day) n months on, later by the paused days; an end on a rest day moves to the
    next workday (民法典 art. 202, 203). All visitors of one day wait for the same few days: they are counted once.
    """
    days = [CountedDay(start, "start", 0, START_NOTE), *_count(start, limit, table, pauses)]
    paused = days[-1].kind == "paused"
    on = None if paused else days[-1].day
    provisional = not paused and any(not table.covers(d.day) for d in _deciding(days, limit))
    return DueDate(on, start, limit, provisional, tuple(days))


def _count(
    start: date, limit: Limit, table: HolidayTable, pauses: Sequence[Pause]
) -> Iterator[CountedDay]:
    needed, number, day = _days_needed(start, limit), 0, start
    working = limit.unit == "working_day"
    ended = needed == 0
    while not ended:
        day += _ONE_DAY
        pause = next((p for p in pauses if p.holds(day)), None)
        if pause:
            yield CountedDay(day, "paused", 0, f"暂停：{pause.why}")
            ended = pause.last is None
            continue
        if number == needed:
            counted = _shifted(day, table)
        elif working:
            counted = _working_day(day, number + 1, table)
        else:
            counted = _calendar_day(day, number + 1, needed, table)
        number = max(number, counted.number)
        yield counted
        ended = number == needed and (working or table.is_workday(day))


def _days_needed(start: date, limit: Limit) -> int:
    if limit.unit != "month":
        return limit.n
    years, month = divmod(start.month - 1 + limit.n, 12)
    year, month = start.year + years, month + 1
    return (date(year, month, min(start.day, monthrange(year, month)[1])) - start).days


def _working_day(day: date, number: int, table: HolidayTable) -> CountedDay:
    why = table.why(day)
    if not table.is_workday(day):
        return CountedDay(day, "weekend" if why == "周末" else "holiday", 0, why)
    if not table.covers(day):
        return CountedDay(day, "counted", number, ESTIMATED)
    if day.weekday() >= 5:
        return CountedDay(day, "makeup", number, why)
    return CountedDay(day, "counted", number, "")


def _calendar_day(day: date, number: int, needed: int, table: HolidayTable) -> CountedDay:
    if number < needed:
        return CountedDay(day, "counted", number, "")
    if not table.is_workday(day):
        return CountedDay(day, "counted", number, table.why(day))
    return CountedDay(day, "counted", number, "" if table.covers(day) else ESTIMATED)


def _shifted(day: date, table: HolidayTable) -> CountedDay:
    if not table.is_workday(day):
        return CountedDay(day, "shifted", 0, table.why(day))
    return CountedDay(day, "shifted", 0, SHIFTED_HERE if table.covers(day) else ESTIMATED)


def _deciding(days: Sequence[CountedDay], limit: Limit) -> Iterator[CountedDay]:
    """The days whose being workdays mattered: all after the start, or only the end of a calendar limit."""
    last = max(d.number for d in days)
    for day in days[1:]:
        at_the_end = day.kind == "shifted" or day.number == last
        if day.kind != "paused" and (limit.unit == "working_day" or at_the_end):
            yield day


def _fold(days: Sequence[CountedDay]) -> list[DayRange]:
    ranges = []
    for (kind, note), run in groupby(days, key=lambda d: (d.kind, d.note)):
        row = list(run)
        first, last = row[0], row[-1]
        ranges.append(DayRange(first.day, last.day, kind, first.number, last.number, note))
    return ranges


def _unfold(row: Sequence[Any]) -> Iterator[CountedDay]:
    first, last, kind, number, note = row
    day = date.fromisoformat(first)
    for i in range((date.fromisoformat(last) - day).days + 1):
        yield CountedDay(day + timedelta(days=i), kind, number + i if number else 0, note)


def explain(due_date: DueDate) -> tuple[DayRange, ...]:
    """The days after the start as rows to show; the due day always has a row of its own, the last."""
    days = due_date.days[1:]
    if due_date.on is None:
        return tuple(_fold(days))
    return (*_fold(days[:-1]), *_fold(days[-1:]))


@dataclass(frozen=True, slots=True)
class Alert:
    """How near a due date is; `days_left` is negative when overdue, in the limit's own kind of days."""

    level: AlertLevel
    days_left: int
    text: str


def alert(
    due_on: date | None, today: date, limit: Limit, table: HolidayTable, clock: Clock
) -> Alert:
    """How near `due_on` is on `today` for a case whose state has this `clock`.

    Limits of 10 days and more are yellow at 3 days left and red at 1; of 3 to 9 days yellow at 1 and red on the last;
    shorter ones yellow on the last (C.6 of the domain notes; a habit of electronic supervision, no law).
    """
    if clock == "pause":
        return Alert("paused", 0, "暂停")
    if clock != "run" or due_on is None:
        return Alert("none", 0, "")
    left = _days_left(due_on, today, limit, table)
    if left < 0:
        return Alert("overdue", left, f"超期 {-left} 天")
    level = _level(left, limit.n * _DAYS_A_MONTH if limit.unit == "month" else limit.n)
    return Alert(level, left, f"剩 {left} 天" if left else "今天到期")


def alert_on_day(day: date, today: date, warn: int) -> Alert:
    """How near a day named by a paper is, in calendar days: yellow from `warn` days ahead, red on the last two."""
    left = (day - today).days
    if left < 0:
        return Alert("overdue", left, f"超期 {-left} 天")
    level: AlertLevel = "red" if left <= 1 else "yellow" if left <= warn else "green"
    return Alert(level, left, f"剩 {left} 天" if left else "今天到期")


def _days_left(due_on: date, today: date, limit: Limit, table: HolidayTable) -> int:
    if limit.unit != "working_day":
        return (due_on - today).days
    if today == due_on:
        return 0
    # On the weekend after the due day no workday has passed, yet it is overdue.
    if today > due_on:
        return -max(1, table.workdays_between(due_on, today))
    return max(1, table.workdays_between(today, due_on))


def _level(left: int, length: int) -> AlertLevel:
    if length >= _LONG:
        yellow, red = 3, 1
    elif length >= _MIDDLE:
        yellow, red = 1, 0
    else:
        yellow, red = 0, -1
    if left <= red:
        return "red"
    return "yellow" if left <= yellow else "green"
