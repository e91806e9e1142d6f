"""Control totals over what one desk declared, carried on in the database: the same on both sides of a package."""

from collections.abc import Collection, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Event
from desk.domain.canonical import Json
from desk.exchange.control_totals import NOTHING, CaseHead, carried, with_event
from desk.services.event_store import read_events

BATCH = 500

Heads = dict[UUID, CaseHead]


def declared(
    connection: Connection, origin: UUID, until: int, refused: Collection[UUID] = ()
) -> dict[str, Json]:
    """The totals as they stood after event `until`, counted from the log's beginning."""
    return declared_after(connection, origin, NOTHING, (1, until), refused)


def declared_after(
    connection: Connection,
    origin: UUID,
    before: Mapping[str, Json],
    span: tuple[int, int],
    refused: Collection[UUID] = (),
) -> dict[str, Json]:
    """The totals `before` the first event of `span`, carried on to its last.

    A case's row tells its item and state, but not where the case has moved on since, has no row, or the county refused
    one of its events (`refused`): those are told by the log.
    """
    first, last = span
    spanned = (Event.origin == origin, Event.n.between(first, last))
    kinds = connection.execute(
        select(Event.kind, func.count()).where(*spanned).group_by(Event.kind)
    )
    counted: dict[str, int] = dict(kinds.all())
    about = select(Event.entity_id).where(*spanned, Event.entity == "case").distinct()
    touched = iter(connection.execute(about).scalars().all())
    gone: Heads = {}
    come: Heads = {}
    while some := list(islice(touched, BATCH)):
        gone |= _by_log(connection, origin, first - 1, some)
        come |= _heads(connection, origin, last, some, refused)
    return carried(before, counted, gone.values(), come.values())


def _heads(
    connection: Connection, origin: UUID, until: int, cases: list[UUID], refused: Collection[UUID]
) -> Heads:
    heads = _by_rows(connection, origin, until, cases)
    moved_on = _moved_on(connection, origin, until, cases)
    told = [one for one in cases if one not in heads or one in moved_on or one in refused]
    return heads | _by_log(connection, origin, until, told)


def _by_rows(connection: Connection, origin: UUID, until: int, cases: list[UUID]) -> Heads:
    """The heads of those cases that have a row."""
    last = (
        select(Event.entity_id, func.max(Event.n).label("n"))
        .where(*_of_cases(origin, until, cases))
        .group_by(Event.entity_id)
        .subquery()
    )
    own_row = (CaseFile.id == last.c.entity_id) & (CaseFile.origin == origin)
    rows = connection.execute(
        select(last.c.entity_id, last.c.n, Event.hash, CaseFile.item_code, CaseFile.state)
        .join(Event, (Event.origin == origin) & (Event.n == last.c.n))
        .join(CaseFile, own_row)
    )
    return {
        case_id: CaseHead(case_id, n, bytes(hash_), item, state, n)
        for case_id, n, hash_, item, state in rows
    }


def _moved_on(connection: Connection, origin: UUID, until: int, cases: list[UUID]) -> set[UUID]:
    """Those of the cases that changed their state after `until`."""
    later = select(Event.entity_id).where(
        Event.entity_id.in_(cases),
        Event.n > until,
        Event.origin == origin,
        Event.kind == "case.moved",
    )
    return set(connection.execute(later).scalars())


def _by_log(connection: Connection, origin: UUID, until: int, cases: list[UUID]) -> Heads:
    """The heads as the events alone tell them; none for a case without an event by then."""
    heads: Heads = {}
    if not cases or until < 1:
        return heads
    for record in read_events(connection, *_of_cases(origin, until, cases)):
        known = heads.get(record.entity_id, CaseHead(record.entity_id, 0, b""))
        heads[record.entity_id] = with_event(known, record)
    return heads


def _of_cases(origin: UUID, until: int, cases: list[UUID]) -> tuple[Any, ...]:
    return (
        Event.entity_id.in_(cases),
        Event.n <= until,
        Event.origin == origin,
        Event.entity == "case",
    )
