"""What the county gave back: events of this desk it keeps without rows, remembered by the case they are about."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, insert, or_, select
from sqlalchemy.engine import Connection

from db.models import Event, EventPayload, RefusedEvent
from desk.exchange.ack import RefusedEvent as Told
from desk.services.case_projection import uuid_of
from desk.services.operation import Work, chain_head

BATCH = 500


def remember(bench: Work, refused: Iterable[Told], at: str) -> None:
    """Keep what an acknowledgement names; what is known already stays as it was told first."""
    left, origin = iter(refused), bench.office.origin
    reached = chain_head(bench.connection, origin)[0]
    while some := {one.event_id: one for one in islice(left, BATCH)}:
        known = select(RefusedEvent.id).where(RefusedEvent.id.in_(some))
        fresh = some.keys() - set(bench.connection.execute(known).scalars())
        for event_id, case_id in _cases(bench.connection, fresh):
            told = some[event_id]
            bench.connection.execute(
                insert(RefusedEvent),
                {
                    "id": event_id,
                    "n": told.n,
                    "case_id": case_id,
                    "code": told.code,
                    "reason": told.reason,
                    "told_at": at,
                    "chain": origin,
                    "reached": reached,
                },
            )
            if case_id is not None:
                bench.touch("case", case_id)


def standing() -> Select[Any]:
    """The cases of which the county gave something back and that did not go on since; a later step answers it.

    Numbers are those of one chain: a later database of this desk stands after all of an earlier one.
    """
    gone_on = exists().where(
        Event.entity_id == RefusedEvent.case_id,
        or_(
            and_(Event.origin == RefusedEvent.chain, Event.n > RefusedEvent.reached),
            Event.origin > RefusedEvent.chain,
        ),
    )
    return select(RefusedEvent.case_id).where(RefusedEvent.case_id.is_not(None), ~gone_on)


def reasons(connection: Connection, case_id: UUID) -> tuple[str, ...]:
    """Why the county gave events of a case back, each sentence with its code, oldest first; none once it went on."""
    if connection.execute(standing().where(RefusedEvent.case_id == case_id)).first() is None:
        return ()
    rows = connection.execute(
        select(RefusedEvent.reason, RefusedEvent.code)
        .where(RefusedEvent.case_id == case_id)
        .order_by(RefusedEvent.n)
    )
    return tuple(dict.fromkeys(f"{reason}（{code}）" for reason, code in rows))


def _cases(connection: Connection, ids: Iterable[UUID]) -> list[tuple[UUID, UUID | None]]:
    """Of those ids, the events that are this desk's own, each with its case."""
    rows = connection.execute(
        select(Event.id, Event.entity, Event.entity_id, EventPayload.payload)
        .join(EventPayload, EventPayload.event_id == Event.id, isouter=True)
        .where(Event.id.in_(tuple(ids)))
    )
    return [
        (event_id, entity_id if entity == "case" else _named(payload or {}))
        for event_id, entity, entity_id, payload in rows
    ]


def _named(payload: Mapping[str, Any]) -> UUID | None:
    case = payload.get("case")
    return uuid_of(case) if isinstance(case, str) else None
