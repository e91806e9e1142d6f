"""Rows of orders and conflicts as their events say; given and taken stand apart, so that it is no matter which came first."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from db.models import CaseFile, Conflict, OrderGiven, OrderTaken
from desk.domain.events import EventRecord
from desk.services.case_projection import CHANGE_CASE, uuid_of

FORM = select(CaseFile.form).where(CaseFile.id == bindparam("case"))


def given(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """The county asks something of a case."""
    connection.execute(
        insert(OrderGiven),
        {
            "id": record.entity_id,
            "origin": record.origin,
            "n": record.n,
            "addressee": uuid_of(payload["addressee"]),
            "case_id": uuid_of(payload["case"]),
            "kind": payload["kind"],
            "base": payload["base"],
            "body": payload["body"],
            "given_at": record.at,
            "given_by": payload["by"],
        },
    )


def taken(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """A desk says what it made of an order."""
    connection.execute(
        insert(OrderTaken),
        {
            "id": record.entity_id,
            "origin": record.origin,
            "version": record.base + 1,
            "case_id": uuid_of(payload["case"]),
            "kind": payload["kind"],
            "outcome": payload["outcome"],
            "body": payload["body"],
            "facts": payload["facts"],
            "given_at": payload["given_at"],
            "given_by": payload["given_by"],
            "taken_at": record.at,
        },
    )


def answered(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """A request of the county has its answer."""
    connection.execute(
        update(OrderTaken)
        .where(OrderTaken.id == record.entity_id)
        .values(version=record.base + 1, outcome=payload["outcome"], facts=payload["facts"])
    )


def conflict_found(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """Desk and county wrote the same field without knowing of each other."""
    names = ("field", "before", "ours", "theirs", "ours_at", "ours_by", "theirs_at", "theirs_by")
    connection.execute(
        insert(Conflict),
        {
            "id": record.entity_id,
            "origin": record.origin,
            "version": record.base + 1,
            "order_id": uuid_of(payload["order"]),
            "case_id": uuid_of(payload["case"]),
            **{name: payload[name] for name in names},
            "found_at": record.at,
            "choice": "",
            "decided_at": "",
            "decided_by": "",
        },
    )


def conflict_decided(
    connection: Connection, record: EventRecord, payload: Mapping[str, Any]
) -> None:
    """A person chose one of the two values."""
    decided = {"choice": payload["choice"], "decided_at": record.at, "decided_by": payload["by"]}
    connection.execute(
        update(Conflict)
        .where(Conflict.id == record.entity_id)
        .values(version=record.base + 1, **decided)
    )


def case_edited(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """Fields of a case's form are written anew: what the event names replaces what stood there, all else stays."""
    form = connection.execute(FORM, {"case": record.entity_id}).scalar_one()
    values = {
        "version": record.base + 1,
        "form": {**form, **payload["fields"]},
        "due_on": payload["due_on"],
        "changed_at": record.at,
    }
    connection.execute(CHANGE_CASE, {"changed_case": record.entity_id, **values})
