"""The events a county keeps in its log without rows that follow: which, of whom, and why."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Event, PackageIn
from desk.domain.canonical import Json
from desk.exchange.ack import RefusedEvent


def refused_events(connection: Connection, *conditions: Any) -> Iterator[tuple[UUID, RefusedEvent]]:
    """Every refused event with its desk, in the order of the packages; `conditions` narrow the packages."""
    rows = connection.execute(
        select(PackageIn.sender, PackageIn.result)
        .where(*conditions)
        .order_by(PackageIn.sender, PackageIn.epoch, PackageIn.seq)
    )
    for sender, result in rows:
        for n, event_id, code, reason in result["refused"]:
            yield sender, RefusedEvent(n, UUID(hex=event_id), code, reason)


def as_result(refused: Iterable[RefusedEvent]) -> dict[str, Json]:
    """What a package's row keeps of them."""
    return {"refused": [[one.n, one.event_id.hex, one.code, one.reason] for one in refused]}


def entities_of(connection: Connection, events: Iterable[RefusedEvent]) -> set[UUID]:
    """What the refused events are about."""
    ids = [one.event_id for one in events]
    return set(connection.execute(select(Event.entity_id).where(Event.id.in_(ids))).scalars())
