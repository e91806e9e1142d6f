"""Putting people on registers and changing their entries, always by an event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from db.models import Record
from desk.domain.catalog import Item
from desk.domain.plain import to_plain
from desk.domain.registers import Does, Effect
from desk.domain.variables import resolve
from desk.services.operation import Work
from desk.services.standing import Moved

OF_PERSON = (
    select(Record)
    .where(Record.person_id == bindparam("person"), Record.register == bindparam("register"))
    .order_by(Record.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an entry; `month` (YYYY-MM) is from when it counts, `why` a word for its history.

    `due_on` None leaves the day as it was.
    """

    does: Does
    state: str
    due_on: str | None
    fields: Mapping[str, Any]
    month: str = ""
    why: str = ""
    case_id: UUID | None = None


def follow(
    work: Work,
    item: Item,
    moved: Moved,
    facts: Mapping[str, object],
    person_id: UUID | None,
) -> None:
    """Let a case's move have its effects on the registers, where the item has any for this action."""
    for effect in item.effects:
        if moved.action.key not in effect.actions or person_id is None:
            continue
        form = {**_left_blank(item), **moved.standing.form}
        known = {**facts, **form, "$today": work.today.isoformat()}
        if effect.when is None or effect.when.holds(known):
            _carry_out(work, effect, known, person_id, moved)


def _left_blank(item: Item) -> dict[str, object]:
    """The later choices of a case as nothing: at a move what nobody chose is known to be blank, not unknown."""
    return {
        one.key: ""
        for one in item.fields
        if one.stage != "intake" and one.kind == "choice" and not one.multi
    }


def change(work: Work, row: Mapping[Any, Any], step: Step) -> None:
    """Let an entry take a step; `row` is the entry as it was shown."""
    payload = _payload(work, step, row["due_on"])
    work.emit("record.changed", "record", row["id"], payload, base=row["version"])


def take_over(
    work: Work,
    register: str,
    person_id: UUID | None,
    *,
    state: str,
    due_on: str,
    month: str,
    fields: Mapping[str, Any],
    record_id: UUID | None = None,
) -> None:
    """Open an entry for what was on a list before this program: without a month it is no news of any month."""
    payload: dict[str, Any] = {
        "register": register,
        "person": person_id.hex if person_id else None,
        "case": None,
        "does": "enrol",
        "state": state,
        "due_on": due_on,
        "month": month,
        "why": "导入",
        "fields": to_plain(dict(fields)),
    }
    work.emit("record.opened", "record", record_id or work.new_id(), payload)


def _carry_out(
    work: Work, effect: Effect, facts: Mapping[str, object], person_id: UUID, moved: Moved
) -> None:
    on_roll = work.office.catalog.registers[effect.register].states[effect.state].on_roll
    due_on = _text(effect.due, facts) if on_roll else ""
    step = Step(
        does=effect.does,
        state=effect.state,
        due_on=due_on if effect.due or not on_roll else None,
        fields={
            key: to_plain(value)
            for key, fact in effect.sets.items()
            if (value := _value(fact, facts)) not in (None, "", [])
        },
        month=_text(effect.month, facts)[:7],
        why=moved.action.done or moved.action.label,
        case_id=moved.standing.case_id,
    )
    found = {"person": person_id, "register": effect.register}
    row = work.connection.execute(OF_PERSON, found).mappings().first()
    if row is not None:
        change(work, row, step)
        return
    opened = {"register": effect.register, "person": person_id.hex, **_payload(work, step)}
    work.emit("record.opened", "record", work.new_id(), opened)


def _payload(work: Work, step: Step, due_on: str = "") -> dict[str, Any]:
    return {
        "case": step.case_id.hex if step.case_id else None,
        "does": step.does,
        "state": step.state,
        "due_on": due_on if step.due_on is None else step.due_on,
        "month": step.month or _month(work.today),
        "why": step.why,
        "fields": dict(step.fields),
    }


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _value(fact: str, facts: Mapping[str, object]) -> object:
    return resolve(fact, facts) if fact.startswith("$") else facts.get(fact)


def _text(fact: str, facts: Mapping[str, object]) -> str:
    return str(_value(fact, facts) or "") if fact else ""
