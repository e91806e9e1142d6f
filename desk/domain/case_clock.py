"""The clock of a case: when it started, when it stood still, and what both limits make of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from desk.domain.catalog import Limits
from desk.domain.deadlines import DueDate, Limit, Pause, due
from desk.domain.workdays import HolidayTable

Running = Literal["none", "run", "pause", "stop"]
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CaseClock:
    """Promised and statutory due date of one case; `start` is the day of acceptance, which is not counted."""

    running: Running = "none"
    start: date | None = None
    pauses: tuple[Pause, ...] = ()
    promised: DueDate | None = None
    statutory: DueDate | None = None

    @property
    def due(self) -> DueDate | None:
        """The limit that ends first; colours and lists go by it."""
        both = [limit for limit in (self.promised, self.statutory) if limit is not None]
        known = [limit for limit in both if limit.on is not None]
        if known:
            return min(known, key=lambda limit: limit.on or date.max)
        return both[0] if both else None

    @property
    def due_on(self) -> str:
        """The earlier due date, ISO; '' when nothing runs."""
        first = self.due
        return first.on.isoformat() if first and first.on else ""

    @property
    def provisional(self) -> bool:
        """Whether the due date lies beyond the published holiday tables."""
        return bool(self.due and self.due.provisional)

    def to_dict(self) -> dict[str, Any]:
        """A form for events; {} for a clock that never ran."""
        if self.start is None:
            return {}
        return {
            "running": self.running,
            "start": self.start.isoformat(),
            "pauses": [
                {
                    "first": p.first.isoformat(),
                    "last": p.last.isoformat() if p.last else "",
                    "why": p.why,
                }
                for p in self.pauses
            ],
            "promised": self.promised.to_dict() if self.promised else None,
            "statutory": self.statutory.to_dict() if self.statutory else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "CaseClock":
        """What `to_dict` gave."""
        if not data:
            return cls()
        return cls(
            running=data["running"],
            start=date.fromisoformat(data["start"]),
            pauses=tuple(
                Pause(
                    date.fromisoformat(p["first"]),
                    date.fromisoformat(p["last"]) if p["last"] else None,
                    p["why"],
                )
                for p in data["pauses"]
            ),
            promised=DueDate.from_dict(data["promised"]) if data["promised"] else None,
            statutory=DueDate.from_dict(data["statutory"]) if data["statutory"] else None,
        )


def started(limits: Limits, on: date, table: HolidayTable) -> CaseClock:
    """The clock of a case accepted on that day (行政许可法 art. 32: from acceptance, not from receipt of papers)."""
    return _counted(CaseClock(running="run", start=on), limits, table)


def paused(clock: CaseClock, limits: Limits, on: date, why: str, table: HolidayTable) -> CaseClock:
    """The clock standing still from `on`, that day among the uncounted ones (行政许可法 art. 45)."""
    if clock.running != "run":
        return clock
    pauses = (*clock.pauses, Pause(on, None, why))
    return _counted(replace(clock, running="pause", pauses=pauses), limits, table)


def resumed(clock: CaseClock, limits: Limits, on: date, table: HolidayTable) -> CaseClock:
    """The clock running again from `on`, which counts."""
    if clock.running != "pause":
        return clock
    last = clock.pauses[-1]
    pauses = (*clock.pauses[:-1], replace(last, last=on - _ONE_DAY))
    return _counted(replace(clock, running="run", pauses=pauses), limits, table)


def recounted(clock: CaseClock, limits: Limits, table: HolidayTable) -> CaseClock:
    """A clock that is not stopped, counted anew by another table: the same start, the same pauses."""
    return _counted(clock, limits, table) if clock.running in ("run", "pause") else clock


def stopped(clock: CaseClock) -> CaseClock:
    """The clock of a case that is decided or ended; its due dates stay on record."""
    return clock if clock.start is None else replace(clock, running="stop")


def _counted(clock: CaseClock, limits: Limits, table: HolidayTable) -> CaseClock:
    if clock.start is None:
        return clock
    promised = Limit(limits.promised_days, limits.promised_unit) if limits.promised_days else None
    statutory = (
        Limit(limits.statutory_days, limits.statutory_unit) if limits.statutory_days else None
    )
    return replace(
        clock,
        promised=due(clock.start, promised, table, clock.pauses) if promised else None,
        statutory=due(clock.start, statutory, table, clock.pauses) if statutory else None,
    )
