"""Events read back out of the file, in the order of their chain."""

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, type_coerce
from sqlalchemy.engine import Connection

from db.base import JsonAsKept
from db.models import Event, EventPayload
from desk.domain.canonical import Written
from desk.domain.events import EventRecord

BATCH = 2_000
COLUMNS = (
    *(Event.__table__.columns[one.name] for one in fields(EventRecord)[:-2]),
    type_coerce(EventPayload.payload, JsonAsKept),
    EventPayload.salt,
)
"""As the record has them, the payload by its text: hashing it and sending it on need nothing else."""


def read_events(connection: Connection, *conditions: Any) -> Iterator[EventRecord]:
    """The events that meet the conditions, by origin and number, with their payloads; flat in memory."""
    query = (
        select(*COLUMNS)
        .join(EventPayload, EventPayload.event_id == Event.id, isouter=True)
        .where(*conditions)
        .order_by(Event.origin, Event.n)
    )
    # Set on the statement: on the connection it would hold for all that follows, and a server reads such through a cursor.
    result = connection.execute(query.execution_options(yield_per=BATCH))
    for *told, text, salt in result:
        payload = None if text is None else Written(json.loads(text), text)
        yield EventRecord(*(*told, payload, salt))


def counts_since(connection: Connection, origin: UUID, after: int) -> tuple[int, int]:
    """How many events, and on how many cases, are later than number `after`; notes of the audit do not count."""
    newest = select(func.max(Event.n)).where(Event.origin == origin)
    last = max(after, connection.execute(newest).scalar_one() or 0)
    noted = select(func.count()).where(
        Event.origin == origin, Event.n > after, Event.entity == "audit"
    )
    some = last - after - connection.execute(noted).scalar_one()
    return some, cases_since(connection, origin, after, last - after)


def cases_since(connection: Connection, origin: UUID, after: int, most: int) -> int:
    """On how many cases the first `most` events after number `after` are."""
    some = (
        select(Event.entity_id, Event.entity)
        .where(Event.origin == origin, Event.n > after, Event.n <= after + most)
        .subquery()
    )
    cases = select(func.count(func.distinct(some.c.entity_id))).where(some.c.entity == "case")
    return int(connection.execute(cases).scalar_one())
