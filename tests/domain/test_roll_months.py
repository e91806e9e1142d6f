"""What a month made of a roll: each change once, and never otherwise than the county was told."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from desk.domain.registers import Does
from desk.domain.roll_months import RollStep, roll_month


def step(who: int, does: Does, month: str, day: str, *, on: bool = True, **fields: Any) -> RollStep:
    return RollStep(UUID(int=who * 100 + len(day)), UUID(int=who), does, on, month, day, fields)


LIFE = (
    step(1, "enrol", "2026-12", "2026-11-20", monthly_amount="50.00", tier="70"),
    step(1, "raise", "2027-02", "2027-01-05", monthly_amount="100.00", tier="80"),
    step(1, "stop", "2027-01", "2027-03-10", on=False),
    step(2, "enrol", "2027-01", "2026-12-20", monthly_amount="50.00"),
)


def told(month: str) -> tuple[list[str], int, int, Decimal]:
    found = roll_month(LIFE, month)
    return [one.step.does for one in found.changes], found.before, found.after, found.total


def test_each_month_has_its_own_changes() -> None:
    assert told("2026-11") == ([], 0, 0, Decimal(0))
    assert told("2026-12") == (["enrol"], 0, 1, Decimal(50))
    assert told("2027-01") == (["enrol"], 1, 2, Decimal(100))
    assert told("2027-02") == (["raise"], 2, 2, Decimal(150))


def test_what_is_recorded_late_stands_on_the_list_of_that_month() -> None:
    assert told("2027-03") == (["stop"], 2, 1, Decimal(50))


def test_a_change_knows_what_stood_there_before() -> None:
    [change] = roll_month(LIFE, "2027-02").changes
    assert (change.before["tier"], change.after["tier"]) == ("70", "80")
