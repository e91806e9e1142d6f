"""Rows of the operators as their events say."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.engine import Connection

from db.models import Operator
from desk.domain.events import EventRecord

CHANGED = ("role", "grants", "active")


def added(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """Somebody works here from now on."""
    connection.execute(
        insert(Operator),
        {
            "id": record.entity_id,
            "origin": record.origin,
            "version": record.base + 1,
            "name": payload["name"],
            "role": payload["role"],
            "grants": payload["grants"],
            "active": True,
        },
    )


def changed(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """He has another role, other lines, or was switched off or on."""
    told = {name: payload[name] for name in CHANGED if name in payload}
    connection.execute(
        update(Operator)
        .where(Operator.id == record.entity_id)
        .values(version=record.base + 1, **told)
    )
