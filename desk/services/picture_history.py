"""What was done with the pictures of a case, as lines of its history."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Attachment
from desk.services.views import HistoryRow

ADDED, REMOVED = "attachment.added", "attachment.removed"
KINDS = frozenset((ADDED, REMOVED))


def entities(connection: Connection, case_id: UUID) -> set[UUID]:
    """The ids of a case's pictures, those taken off it among them."""
    return set(
        connection.execute(select(Attachment.id).where(Attachment.case_id == case_id)).scalars()
    )


def joined(rows: Iterable[Mapping[Any, Any]]) -> Iterator[Mapping[Any, Any]]:
    """The same events, but pictures that one person took in one after the other as one; its payload counts them."""
    held: dict[Any, Any] | None = None
    for row in rows:
        payload = row["payload"]
        same = held is not None and row["kind"] == ADDED and row["name"] == held["name"]
        if held is not None and payload and same:
            held["payload"]["names"].append(payload["name"])
            continue
        if held is not None:
            yield held
            held = None
        if row["kind"] == ADDED and payload:
            held = {**row, "payload": {"names": [payload["name"]]}}
        else:
            yield row
    if held is not None:
        yield held


def line(kind: str, at: str, who: str, payload: Mapping[str, Any]) -> HistoryRow:
    """The line of one of these events."""
    if kind == REMOVED:
        return HistoryRow(at, who, f"删去影像：{payload['name']}", payload["why"])
    names = list(dict.fromkeys(reversed(payload["names"])))
    count = len(payload["names"])
    return HistoryRow(at, who, f"收影像 {count} 份：{'、'.join(names)}")
