"""Rows of registers as their events say: the entry, and the step it took."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from db.models import Record, RecordStep
from desk.domain.events import EventRecord
from desk.services.case_projection import uuid_of

INSERT_RECORD, INSERT_STEP = insert(Record), insert(RecordStep)
CHANGE_RECORD = update(Record).where(Record.id == bindparam("changed_record"))
KNOWN = select(Record.register, Record.fields, Record.state, Record.due_on).where(
    Record.id == bindparam("record")
)


def opened(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """Somebody comes onto a register."""
    connection.execute(
        INSERT_RECORD,
        {
            "id": record.entity_id,
            "origin": record.origin,
            "version": record.base + 1,
            "register": payload["register"],
            "state": payload["state"],
            "person_id": uuid_of(payload["person"]),
            "case_id": uuid_of(payload["case"]),
            "opened_on": record.at[:10],
            "due_on": payload["due_on"],
            "tier": tier_of(payload["fields"]),
            "fields": payload["fields"],
            "changed_at": record.at,
        },
    )
    _step(connection, record, payload, payload["register"])


def changed(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """An entry changes: what the event sets replaces what stood there, all else stays."""
    known = connection.execute(KNOWN, {"record": record.entity_id}).one()
    fields = {**known.fields, **payload["fields"]}
    values = {
        "version": record.base + 1,
        "state": payload["state"],
        "due_on": payload["due_on"],
        "tier": tier_of(fields),
        "fields": fields,
        "changed_at": record.at,
    }
    if payload["case"]:
        values["case_id"] = uuid_of(payload["case"])
    connection.execute(CHANGE_RECORD, {"changed_record": record.entity_id, **values})
    _step(connection, record, payload, known.register)


def tier_of(fields: Mapping[str, Any]) -> str:
    """The step of an age benefit the entry is in; '' where its register has none."""
    return str(fields.get("tier") or "")


def _step(
    connection: Connection, record: EventRecord, payload: Mapping[str, Any], register: str
) -> None:
    connection.execute(
        INSERT_STEP,
        {
            "id": record.id,
            "origin": record.origin,
            "record_id": record.entity_id,
            "version": record.base + 1,
            "register": register,
            "does": payload["does"],
            "state": payload["state"],
            "day": record.at[:10],
            "month": payload["month"],
            "why": payload["why"],
            "operator_id": record.actor,
            "fields": payload["fields"],
        },
    )
