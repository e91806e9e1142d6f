"""Today and now, in China's one time zone; tests hand in a fixed one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "CST")


class Clock(Protocol):
    """Whatever can say what time it is."""

    def now(self) -> datetime:
        """The present moment, aware, in China Standard Time."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(CHINA)


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until moved; for tests and the demonstration."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def advance(self, **steps: float) -> None:
        """Move on by `timedelta(**steps)`."""
        self.moment += timedelta(**steps)


def today(clock: Clock) -> date:
    """The calendar date at the desk."""
    return clock.now().date()
