"""What became of the fields of a case's form, read from its log: each value with who wrote it and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Event, EventPayload, Operator

MISSING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote a field last since a version, and when; `ordered` when the county had ordered it."""

    at: str
    by: str
    ordered: bool


@dataclass(frozen=True, slots=True)
class Since:
    """The form as it was at a version, and every field whose value was changed by an event after it."""

    before: Mapping[str, Any]
    written: Mapping[str, Written]

    def at_desk(self) -> frozenset[str]:
        """The fields the desk changed of itself, and not because the county ordered it."""
        return frozenset(key for key, one in self.written.items() if not one.ordered)


def since(connection: Connection, case_id: UUID, version: int) -> Since:
    """What was written into the form after `version`. Versions order it, not clocks, whichever desk told them."""
    form: Mapping[str, Any] = {}
    before: Mapping[str, Any] = {}
    written: dict[str, Written] = {}
    for base, kind, at, name, payload in connection.execute(
        select(Event.base, Event.kind, Event.at, Operator.name, EventPayload.payload)
        .join(EventPayload, EventPayload.event_id == Event.id, isouter=True)
        .join(Operator, Operator.id == Event.actor, isouter=True)
        .where(Event.entity_id == case_id)
        .order_by(Event.base, Event.n)
    ):
        told = payload or MISSING
        after = _after(form, kind, told)
        if base < version:
            before = after
        else:
            who = Written(at, name or told.get("by") or "系统", bool(told.get("order")))
            written |= dict.fromkeys(_changed(form, after), who)
        form = after
    return Since(before, written)


def _after(form: Mapping[str, Any], kind: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
    match kind:
        case "case.opened" | "case.moved" if told.get("form"):
            new: Mapping[str, Any] = told["form"]
            return new
        case "case.edited" if told:
            return {**form, **told["fields"]}
        case "case.undone" if told:
            before: Mapping[str, Any] = told["row"]["form"]
            return before
    return form


def _changed(form: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(key for key in {*form, *after} if form.get(key) != after.get(key))
