"""Rows of the audit as its events say."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from db.models import AuditEntry
from desk.domain.events import EventRecord
from desk.services.case_projection import uuid_of

INSERT_ENTRY = insert(AuditEntry)


def noted(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """A deed is on record."""
    connection.execute(
        INSERT_ENTRY,
        {
            "id": record.entity_id,
            "origin": record.origin,
            "n": record.n,
            "what": payload["what"],
            "object_id": uuid_of(payload["object"]),
            "purpose": payload["purpose"],
            "actor": record.actor,
            "at": record.at,
            "mono": record.mono,
            "facts": payload["facts"],
        },
    )
