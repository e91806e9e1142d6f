"""What an earlier database of this window began, while the county's give-back is awaited: it is left alone."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import Event, PackageOut, Site
from desk.domain.canonical import Json
from desk.errors import EarlierCasesWait


def leave_alone(
    connection: Connection, origin: UUID, entity_id: UUID, payload: Mapping[str, Json]
) -> None:
    """Refuse to change what an earlier database began, and to hang anything on what the county may not have.

    Raises:
        EarlierCasesWait: the county may know more of it than is here.
    """
    if _first_told(connection, origin, [entity_id]):
        raise EarlierCasesWait
    named = list(named_in(payload))
    unsure = [
        one
        for one in _first_told(connection, origin, named)
        if one.first > _acknowledged(connection, one.origin)
    ]
    if unsure:
        raise EarlierCasesWait


def named_in(payload: Mapping[str, Any]) -> Iterator[UUID]:
    """The cases and people an event hangs something on."""
    parties = payload.get("parties")
    told = [payload.get("case"), payload.get("person")]
    told += (
        [one.get("person") for one in parties if isinstance(one, Mapping)]
        if isinstance(parties, list)
        else []
    )
    for text in told:
        if isinstance(text, str):
            with suppress(ValueError):
                yield UUID(hex=text)


def _first_told(connection: Connection, origin: UUID, ids: list[UUID]) -> list[Any]:
    """Of these, what another database told of: its origin, and the number of its first event about it."""
    if not ids:
        return []
    return list(
        connection.execute(
            select(Event.origin, func.min(Event.n).label("first"))
            .where(Event.entity_id.in_(ids), Event.origin != origin)
            .group_by(Event.entity_id, Event.origin)
        )
    )


def _acknowledged(connection: Connection, origin: UUID) -> int:
    """Up to which event of that database the county is known to have everything."""
    profile = connection.execute(select(Site.profile).where(Site.origin == origin)).scalar() or {}
    last = connection.execute(
        select(func.max(PackageOut.last_n)).where(
            PackageOut.state == "acked", PackageOut.epoch == int(profile.get("epoch", 1))
        )
    ).scalar()
    return int(last or 0)
