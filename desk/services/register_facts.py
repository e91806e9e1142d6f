"""What the registers know of an applicant, so that the desk does not ask what it knows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from desk.domain.catalog import Item
from desk.domain.registers import Register
from desk.services.office import Office
from desk.services.records import OF_PERSON
from desk.services.views import IntakeValues


@dataclass(frozen=True, slots=True)
class Registered:
    """Answers to an item's own questions and fields, and what the page says instead of asking, by label."""

    facts: Mapping[str, object]
    told: Mapping[str, str]


NOTHING = Registered({}, {})


def known(
    office: Office,
    connection: Connection,
    item: Item,
    person_id: UUID | None,
    form: Mapping[str, object],
) -> Registered:
    """What the registers that this item's cases change say of who stands on their roll.

    Of who does not, they say nothing: he may stand on another county's.
    """
    if person_id is None or not item.effects:
        return NOTHING
    facts: dict[str, object] = {}
    told: dict[str, str] = {}
    for key in dict.fromkeys(effect.register for effect in item.effects):
        register = office.catalog.registers[key]
        row = _entry(connection, person_id, key)
        if row is None or row["state"] not in register.on_roll:
            continue
        facts |= _answers(register, row["fields"], form)
        told[f"{register.label}名册"] = _said(register, row)
    asked = {one.key for one in (*item.fields, *item.questions)}
    return Registered({key: value for key, value in facts.items() if key in asked}, told)


def answered(values: IntakeValues, item: Item, registered: Registered) -> IntakeValues:
    """The intake with the registers' answers in it, as if they had been typed."""
    questions = {one.key for one in item.questions}
    facts = registered.facts
    return replace(
        values,
        form={**values.form, **{k: v for k, v in facts.items() if k not in questions}},
        answers={**values.answers, **{k: v for k, v in facts.items() if k in questions}},
    )


def _entry(connection: Connection, person_id: UUID, register: str) -> Mapping[Any, Any] | None:
    found = {"person": person_id, "register": register}
    return connection.execute(OF_PERSON, found).mappings().first()


def _answers(
    register: Register, entry: Mapping[str, Any], form: Mapping[str, object]
) -> dict[str, object]:
    facts: dict[str, object] = dict(register.known)
    for fact, field in register.shared.items():
        # No overlap proves nothing: the other may have been granted elsewhere.
        if _members(entry.get(field)) & _members(form.get(field)):
            facts[fact] = True
    facts |= {key: entry[field] for key, field in register.fills.items() if entry.get(field)}
    return facts


def _members(value: object) -> set[object]:
    return set(value) if isinstance(value, list | tuple) else set()


def _said(register: Register, row: Mapping[Any, Any]) -> str:
    """`在发，2027-11-23 复核到期`: where the entry stands, and nothing of an illness."""
    due = f"{row['due_on']} {register.due_label}" if row["due_on"] else ""
    return "，".join(filter(None, (register.states[row["state"]].label, due)))
