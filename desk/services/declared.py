"""Control totals over what one desk declared, carried on in the database: the same on both sides of a package."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import islice
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Erasure, Event
from desk.domain.canonical import Json
from desk.domain.events import EventRecord
from desk.exchange.control_totals import NOTHING, CaseHead, carried, with_event
from desk.services.event_store import read_events

BATCH = 500
TELL_A_STATE = ("case.moved", "case.undone")

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
        gone |= by_log(connection, origin, first - 1, some)
        come |= _heads(connection, origin, last, some, refused)
    return carried(before, counted, gone.values(), come.values())


def _heads(
    connection: Connection, origin: UUID, until: int, cases: list[UUID], refused: Collection[UUID]
) -> Heads:
    heads, moved_on = _links(connection, origin, until, cases)
    rows = connection.execute(
        select(CaseFile.id, CaseFile.item_code, CaseFile.state).where(
            CaseFile.id.in_(set(heads) - moved_on - set(refused)), CaseFile.origin == origin
        )
    )
    by_rows = {
        case_id: replace(heads[case_id], item=item, state=state, state_n=heads[case_id].n)
        for case_id, item, state in rows
    }
    told = [case_id for case_id in heads if case_id not in by_rows]
    return by_rows | by_log(connection, origin, until, told)


def _links(
    connection: Connection, origin: UUID, until: int, cases: list[UUID]
) -> tuple[Heads, set[UUID]]:
    """Where the cases stood in the chain after `until`, and those that changed their state since."""
    heads: Heads = {}
    moved_on = set()
    columns = (Event.entity_id, Event.origin, Event.n, Event.hash, Event.kind)
    for case_id, whose, n, hash_, kind in connection.execute(
        select(*columns).where(Event.entity_id.in_(cases)).order_by(Event.entity_id, Event.n)
    ):
        if whose != origin:
            continue
        if n <= until:
            heads[case_id] = CaseHead(case_id, n, bytes(hash_))
        elif kind in TELL_A_STATE:
            moved_on.add(case_id)
    return heads, moved_on


def by_log(connection: Connection, origin: UUID, until: int, cases: Iterable[UUID]) -> Heads:
    """The heads as the events up to `until` alone tell them; none for a case without an event by then."""
    heads: Heads = {}
    left = iter(cases if until > 0 else ())
    while some := list(islice(left, BATCH)):
        # By case and not by origin: an engine without statistics would walk the origin's whole log.
        erased = _erased(connection, some)
        for told in read_events(connection, Event.entity_id.in_(some), Event.n <= until):
            record = _as_it_told(told, erased)
            if record.origin == origin:
                known = heads.get(record.entity_id, CaseHead(record.entity_id, 0, b""))
                heads[record.entity_id] = with_event(known, record)
    return heads


def _erased(
    connection: Connection, cases: list[UUID]
) -> Mapping[UUID, tuple[str, Mapping[str, Json]]]:
    """Of the cases that were erased the item, and the state each erased event told."""
    rows = connection.execute(
        select(Erasure.id, CaseFile.item_code, Erasure.states)
        .join(CaseFile, CaseFile.id == Erasure.id)
        .where(Erasure.id.in_(cases))
    )
    return {case_id: (item, states) for case_id, item, states in rows}


def _as_it_told(
    record: EventRecord, erased: Mapping[UUID, tuple[str, Mapping[str, Json]]]
) -> EventRecord:
    """The event with what of its content counts in the totals: an erasure takes nothing out of them."""
    if record.payload is not None or record.entity_id not in erased:
        return record
    item, states = erased[record.entity_id]
    told = states.get(record.id.hex)
    return replace(record, payload={"item": {"code": item}, "state": told}) if told else record
