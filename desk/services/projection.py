"""Rows that follow from events: the same functions serve the desk, the county and the replay that checks them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.engine import Connection

from db.models import (
    Consultation,
    Document,
    Person,
    Site,
)
from desk.domain.events import EventRecord
from desk.services import (
    attachment_projection,
    audit_projection,
    case_projection,
    erasing_projection,
    operator_projection,
    order_projection,
    record_projection,
    undo_projection,
)

INSERT_PERSON, INSERT_DOCUMENT = insert(Person), insert(Document)

Project = Callable[[Connection, EventRecord, Mapping[str, Any]], None]


class UnknownEvent(Exception):
    """No projection for this kind: the event comes from a newer program."""


def apply(connection: Connection, record: EventRecord) -> None:
    """Change the projected rows as this event says; an erased event changes nothing.

    Raises:
        UnknownEvent: the kind or its version is not known here.
    """
    version, project = _entry(record.kind)
    if record.version > version:
        raise UnknownEvent(f"{record.kind} v{record.version}")
    if record.payload is not None:
        project(connection, record, record.payload)


def version_of(kind: str) -> int:
    """The payload version this program writes for a kind."""
    return _entry(kind)[0]


def knows(kind: str, version: int) -> bool:
    """Whether this program can project an event of that kind and version."""
    return kind in PROJECTORS and version <= PROJECTORS[kind][0]


def _entry(kind: str) -> tuple[int, Project]:
    try:
        return PROJECTORS[kind]
    except KeyError as error:
        raise UnknownEvent(kind) from error


def _site(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    connection.execute(
        insert(Site),
        {
            "origin": record.entity_id,
            "version": record.base + 1,
            "county": payload["county"],
            "community": payload["community_code"],
            "name": payload["community_name"],
            "window": payload["window"],
            "profile": payload,
            "continued_by": None,
        },
    )


def _site_changed(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    connection.execute(
        update(Site)
        .where(Site.origin == record.entity_id)
        .values(version=record.base + 1, name=payload["community_name"], profile=payload)
    )


def _site_continued(
    connection: Connection, record: EventRecord, payload: Mapping[str, Any]
) -> None:
    connection.execute(
        update(Site)
        .where(Site.origin == case_projection.uuid_of(payload["origin"]))
        .values(continued_by=record.origin)
    )


PERSON_COLUMNS = (
    "name",
    "id_type",
    "id_no",
    "sex",
    "birth",
    "phone",
    "hukou_addr",
    "live_addr",
    "house",
    "more",
)


def _person(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    row = {name: payload[name] for name in PERSON_COLUMNS}
    row |= {"id": record.entity_id, "origin": record.origin, "version": record.base + 1}
    connection.execute(INSERT_PERSON, row)


def _person_changed(
    connection: Connection, record: EventRecord, payload: Mapping[str, Any]
) -> None:
    changed = {name: payload[name] for name in PERSON_COLUMNS if name in payload}
    connection.execute(
        update(Person)
        .where(Person.id == record.entity_id)
        .values(version=record.base + 1, **changed)
    )


def _document(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    connection.execute(
        INSERT_DOCUMENT,
        {
            "id": record.entity_id,
            "origin": record.origin,
            "version": record.base + 1,
            "case_id": case_projection.uuid_of(payload["case"]),
            "kind": payload["kind"],
            "title": payload["title"],
            "number": payload["number"],
            "issued_at": record.at,
            "operator_id": record.actor,
            "prints": 0,
            "voided_on": "",
            "facts": payload["facts"],
        },
    )


def _document_printed(
    connection: Connection, record: EventRecord, payload: Mapping[str, Any]
) -> None:
    connection.execute(
        update(Document)
        .where(Document.id == record.entity_id)
        .values(version=record.base + 1, prints=payload["nth"])
    )


def _document_voided(
    connection: Connection, record: EventRecord, payload: Mapping[str, Any]
) -> None:
    connection.execute(
        update(Document)
        .where(Document.id == record.entity_id)
        .values(version=record.base + 1, voided_on=record.at[:10])
    )


def _consulted(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    connection.execute(
        insert(Consultation),
        {
            "id": record.entity_id,
            "origin": record.origin,
            "day": record.at[:10],
            "item_code": payload["item"],
            "operator_id": record.actor,
        },
    )


def _catalog_taken(
    _connection: Connection, _record: EventRecord, _payload: Mapping[str, Any]
) -> None:
    """The log alone keeps who took which catalogue when; the catalogue itself belongs to the file."""


PROJECTORS: Mapping[str, tuple[int, Project]] = MappingProxyType(
    {
        "desk.opened": (1, _site),
        "desk.changed": (1, _site_changed),
        "desk.continued": (1, _site_continued),
        "operator.added": (1, operator_projection.added),
        "operator.changed": (1, operator_projection.changed),
        "person.recorded": (1, _person),
        "person.changed": (1, _person_changed),
        "case.opened": (1, case_projection.opened),
        "case.moved": (1, case_projection.moved),
        "case.materials": (1, case_projection.materials),
        "case.redated": (1, case_projection.redated),
        "case.assigned": (1, case_projection.assigned),
        "case.shielded": (1, case_projection.shielded),
        "catalog.taken": (1, _catalog_taken),
        "document.issued": (1, _document),
        "document.printed": (1, _document_printed),
        "document.voided": (1, _document_voided),
        "consultation.logged": (1, _consulted),
        "record.opened": (1, record_projection.opened),
        "record.changed": (1, record_projection.changed),
        "case.edited": (1, order_projection.case_edited),
        "order.given": (1, order_projection.given),
        "order.taken": (1, order_projection.taken),
        "order.answered": (1, order_projection.answered),
        "conflict.found": (1, order_projection.conflict_found),
        "conflict.decided": (1, order_projection.conflict_decided),
        "audit.noted": (1, audit_projection.noted),
        "attachment.added": (1, attachment_projection.added),
        "attachment.removed": (1, attachment_projection.removed),
        "hold.put": (1, erasing_projection.hold_put),
        "hold.lifted": (1, erasing_projection.hold_lifted),
        "case.erased": (1, erasing_projection.case_erased),
        "record.erased": (1, erasing_projection.record_erased),
        "person.erased": (1, erasing_projection.person_erased),
        "orders.erased": (1, erasing_projection.orders_erased),
        "case.undone": (1, undo_projection.case_undone),
        "record.undone": (1, undo_projection.record_undone),
        "document.undone": (1, undo_projection.document_undone),
    }
)
"""Kind of event to the payload version written here and the function that projects it."""
