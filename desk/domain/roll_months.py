"""What became of a roll in a month: who came, moved up, stopped; how many stood on it before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from desk.domain.registers import Does

AMOUNT = "monthly_amount"
"""The field of a register that holds what is paid a month."""


@dataclass(frozen=True, slots=True)
class RollStep:
    """One step of an entry: `month` is from when it counts, `day` when it was recorded, `fields` what it set."""

    id: UUID
    record_id: UUID
    does: Does
    on_roll: bool
    month: str
    day: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RollChange:
    """A step with the entry's fields before and after it."""

    step: RollStep
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RollMonth:
    """A month's changes, how many stood on the roll the month before and in it, and what they draw together."""

    changes: tuple[RollChange, ...]
    before: int
    after: int
    total: Decimal


def roll_month(steps: Iterable[RollStep], month: str) -> RollMonth:
    """What the steps, in their order entry by entry, made of the roll in `month` (YYYY-MM).

    A step stands on the list of the month it counts from, or of the month it was recorded in where that is later: what
    the county has been told is not told otherwise afterwards.
    """
    changes: list[RollChange] = []
    before = after = 0
    total = Decimal(0)
    for _, own in groupby(steps, key=lambda step: step.record_id):
        fields: dict[str, Any] = {}
        on_roll, was_on_roll, listed = False, False, ""
        for step in own:
            listed = max(listed, step.month, step.day[:7])
            if listed > month:
                break
            told = {**fields, **step.fields}
            if listed == month:
                changes.append(RollChange(step, fields, told))
            else:
                was_on_roll = step.on_roll
            fields, on_roll = told, step.on_roll
        before += was_on_roll
        after += on_roll
        total += Decimal(str(fields.get(AMOUNT) or 0)) if on_roll else 0
    return RollMonth(tuple(changes), before, after, total)
