"""Rows of the pictures of a case as its events say."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.engine import Connection

from db.models import Attachment
from desk.domain.events import EventRecord
from desk.services.case_projection import uuid_of

INSERT = insert(Attachment)


def added(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """A picture belongs to a case from now on."""
    connection.execute(
        INSERT,
        {
            "id": record.entity_id,
            "origin": record.origin,
            "n": record.n,
            "version": record.base + 1,
            "case_id": uuid_of(payload["case"]),
            "material": payload["material"],
            "name": payload["name"],
            "kind": payload["kind"],
            "size": payload["size"],
            "pages": payload["pages"],
            "digest": bytes.fromhex(payload["digest"]),
            "added_at": record.at,
            "actor": record.actor,
            "removed_at": "",
            "why": "",
        },
    )


def removed(connection: Connection, record: EventRecord, payload: Mapping[str, Any]) -> None:
    """It was taken off the case."""
    connection.execute(
        update(Attachment)
        .where(Attachment.id == record.entity_id)
        .values(version=record.base + 1, removed_at=record.at, why=payload["why"])
    )
