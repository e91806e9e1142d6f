"""Pictures in packages: each goes with the event that names it, once for each desk database; kept only where an event names it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Attachment
from desk.domain.events import EventRecord
from desk.errors import AttachmentLost
from desk.services.blobs import BlobStore
from desk.services.operation import Work

MOST_BYTES = 48 << 20
"""Pictures in one package come to no more than this, but for a single one: far below what a reader holds at once."""
ADDED = "attachment.added"


def last_within(
    connection: Connection, origin: UUID, first: int, last: int, most: int = MOST_BYTES
) -> int:
    """The last event of first to last with which the pictures named so far still fit into one package."""
    total = 0
    for row in _named(connection, origin, first, last):
        total += row.size
        if total > most and row.n > first:
            return int(row.n) - 1
    return last


def of_events(
    connection: Connection, blobs: BlobStore, origin: UUID, first: int, last: int
) -> tuple[bytes, ...]:
    """The pictures these events of a desk name and no earlier one of it did; what is not there is left out."""
    wanted: dict[bytes, int] = {}
    for row in _named(connection, origin, first, last):
        wanted.setdefault(bytes(row.digest), row.n)
    sent = _named_before(connection, origin, first, wanted)
    return tuple(_there(blobs, [digest for digest in wanted if digest not in sent]))


def of_records(blobs: BlobStore, records: Iterable[EventRecord]) -> tuple[bytes, ...]:
    """The pictures that these events name, each once, to be given back."""
    named = (str((one.payload or {}).get("digest", "")) for one in records if one.kind == ADDED)
    return tuple(_there(blobs, [bytes.fromhex(one) for one in dict.fromkeys(filter(None, named))]))


def size_of(record: EventRecord) -> int:
    """The bytes of the picture an event names; 0 for any other."""
    size = (record.payload or {}).get("size", 0) if record.kind == ADDED else 0
    return size if isinstance(size, int) else 0


def keep(bench: Work, blobs: Sequence[bytes]) -> int:
    """Put those pictures into the store that an event on file names; gives how many. Before the commit, as the desk itself does.

    Raises:
        DiskFull, DiskFailed, OfficeError: it could not be stored; nothing is to be committed.
    """
    kept = 0
    for blob in blobs:
        digest = hashlib.sha256(blob).digest()
        named = select(Attachment.id).where(Attachment.digest == digest).limit(1)
        if bench.connection.execute(named).first() is not None:
            bench.office.blobs.keep(blob)
            kept += 1
    return kept


def not_come(connection: Connection, blobs: BlobStore, origin: UUID, first: int, last: int) -> int:
    """How many pictures that these events of a desk name are not here."""
    if not blobs.written:
        # What came along was not kept, so nothing can be said of it.
        return 0
    rows = _named(connection, origin, first, last)
    return sum(not blobs.has(bytes(row.digest)) for row in rows)


def _there(blobs: BlobStore, digests: Iterable[bytes]) -> Iterator[bytes]:
    for digest in digests:
        try:
            yield blobs.read(digest)
        except AttachmentLost:
            continue


def _named(connection: Connection, origin: UUID, first: int, last: int) -> Sequence[Any]:
    within = (Attachment.origin == origin, Attachment.n.between(first, last))
    columns = (Attachment.n, Attachment.size, Attachment.digest)
    return connection.execute(select(*columns).where(*within).order_by(Attachment.n)).all()


def _named_before(
    connection: Connection, origin: UUID, first: int, wanted: Iterable[bytes]
) -> set[bytes]:
    """Of these digests, those an earlier event of the same desk named: they went with it."""
    before = select(Attachment.digest).where(
        Attachment.digest.in_(list(wanted)),
        Attachment.origin == origin,
        Attachment.n < first,
    )
    return {bytes(one) for one in connection.execute(before.distinct()).scalars()}
