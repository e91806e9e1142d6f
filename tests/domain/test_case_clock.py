"""The clock of a case: started, paused, resumed, counted anew, stopped; what stands still stays as it is."""

from datetime import date, timedelta

from desk.domain.case_clock import CaseClock, paused, recounted, resumed, started, stopped
from desk.domain.catalog import Limits
from tests.builders import rules

MONDAY = date(2026, 11, 23)
TABLE = rules().holidays
LIMITS = Limits(promised_days=5, statutory_days=20)


def test_a_clock_that_never_ran_says_nothing_and_is_not_moved():
    idle = CaseClock()
    assert (idle.due, idle.due_on, idle.provisional, idle.to_dict()) == (None, "", False, {})
    assert CaseClock.from_dict({}) == idle
    assert paused(idle, LIMITS, MONDAY, "等材料", TABLE) is idle
    assert resumed(idle, LIMITS, MONDAY, TABLE) is idle
    assert recounted(idle, LIMITS, TABLE) is idle
    assert stopped(idle) is idle
    asleep = CaseClock(running="pause")
    assert recounted(asleep, LIMITS, TABLE) is asleep


def test_the_limit_that_ends_first_counts():
    clock = started(LIMITS, MONDAY, TABLE)
    assert clock.due == clock.promised
    assert clock.due_on == "2026-11-30"
    assert CaseClock.from_dict(clock.to_dict()) == clock
    assert started(Limits(), MONDAY, TABLE).due is None
    assert started(Limits(statutory_days=20), MONDAY, TABLE).promised is None


def test_a_pause_counts_no_day_and_a_resumed_clock_goes_on():
    still = paused(started(LIMITS, MONDAY, TABLE), LIMITS, MONDAY + timedelta(1), "等材料", TABLE)
    assert (still.running, still.due_on) == ("pause", "")
    assert still.due is not None
    assert CaseClock.from_dict(still.to_dict()) == still
    going = resumed(still, LIMITS, MONDAY + timedelta(7), TABLE)
    assert (going.running, going.due_on) == ("run", "2026-12-04")
    assert CaseClock.from_dict(going.to_dict()) == going
    assert recounted(going, LIMITS, TABLE) == going
    assert stopped(going).due_on == going.due_on
