"""A package of events applied at the county: into the same tables by the same functions, and the totals compared."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError, IntegrityError

from db.models import PackageIn
from desk.domain.canonical import Json
from desk.domain.events import EventRecord
from desk.errors import PackageRefused
from desk.exchange.ack import RefusedEvent
from desk.exchange.event_lines import read_lines
from desk.exchange.header import Header
from desk.exchange.parts import Contents
from desk.exchange.receiving import Inspected
from desk.services import (
    forgetting,
    hub_erasing,
    hub_family,
    hub_senders,
    hub_tally,
    operation,
    projection,
)
from desk.services.declared import declared_after
from desk.services.hub_projecting import project
from desk.services.operation import Work
from desk.services.refused import as_result, entities_of, refused_events

AT_ONCE = 500
"""Events looked at together."""


class TotalsDiffer(Exception):
    """The control totals after applying are not those the desk declared."""


def digest_of(connection: Connection, header: Header) -> bytes | None:
    """The SHA-256 of the file that was applied under this header's number; None when there was none."""
    found = connection.execute(
        select(PackageIn.digest).where(
            PackageIn.sender == header.db_id,
            PackageIn.epoch == header.epoch,
            PackageIn.seq == header.seq,
        )
    ).scalar()
    return None if found is None else bytes(found)


def apply(
    bench: Work, package: Inspected, contents: Contents
) -> tuple[int, tuple[RefusedEvent, ...]]:
    """Append, project, compare totals; gives the number of events and those refused.

    Raises:
        PackageRefused, TotalsDiffer: all of it is to be rolled back.
    """
    header, connection = package.header, bench.connection
    if header is None:
        raise ValueError("only a package found READY is applied")
    row = hub_senders.hold(connection, header.db_id, header.epoch)
    still_next(connection, package, row)
    head = bytes(row.head)
    if header.events[0] != row.last_n + 1:
        raise PackageRefused("DAMAGED", why="order")
    before: Mapping[str, Json] = row.totals
    if before != contents.totals_before:
        raise TotalsDiffer
    mine = (PackageIn.sender == header.db_id, PackageIn.refused > 0)
    earlier = [one for _, one in refused_events(connection, *mine)]
    doubted = entities_of(connection, earlier)
    records = known(read_lines(contents.events, header.events, head), header)
    head, count, refused = take(connection, header.db_id, records, head)
    hub_erasing.orders_too(bench, header.db_id, header.events)
    doubted |= entities_of(connection, refused)
    after = declared_after(connection, header.db_id, before, header.events, doubted)
    if after != contents.totals_after:
        raise TotalsDiffer
    remember(bench, package, (head, after), refused)
    return count, tuple(refused)


def take(
    connection: Connection, origin: UUID, records: Iterator[EventRecord], head: bytes
) -> tuple[bytes, int, list[RefusedEvent]]:
    """Append and project; gives the hash of the last event, how many there were, and those refused."""
    count, refused = 0, []
    moved: Counter[hub_tally.Place] = Counter()
    for some in _together(records):
        _append(connection, some)
        owners = hub_family.owners(connection, origin, some)
        before = hub_tally.standing(connection, some)
        against = project(connection, some, owners)
        refused += against
        left_out = {one.n for one in against}
        forgetting.forget(connection, (one for one in some if one.n not in left_out))
        moved.update(hub_tally.standing(connection, some))
        moved.subtract(before)
        head, count = some[-1].hash, count + len(some)
    hub_tally.add(connection, moved)
    return head, count, refused


def _together(records: Iterator[EventRecord]) -> Iterator[list[EventRecord]]:
    """Events to be looked at together; one that changes what belongs to whom comes last."""
    some: list[EventRecord] = []
    for record in records:
        some.append(record)
        if len(some) == AT_ONCE or record.kind == hub_family.CONTINUED:
            yield some
            some = []
    if some:
        yield some


def still_next(connection: Connection, package: Inspected, row: Any) -> None:
    """Whether the package follows what is applied by now: since it was looked at, another receiver may have been at work."""
    header = package.header
    if header is None:
        raise ValueError("only a package found READY is applied")
    if header.seq <= row.last_seq:
        same = digest_of(connection, header) in (None, package.digest)
        raise PackageRefused("ALREADY" if same else "FORK", seq=header.seq)
    gap = header.seq > row.last_seq + 1 or header.prev != hub_senders.last_digest(row)
    if gap and header.kind != "SNAPSHOT":
        raise PackageRefused("HELD", seq=header.seq, expected=row.last_seq + 1)


def known(records: Iterator[EventRecord], header: Header) -> Iterator[EventRecord]:
    for record in records:
        if record.origin != header.db_id:
            raise PackageRefused("DAMAGED", why="origin", n=record.n)
        if not projection.knows(record.kind, record.version):
            raise PackageRefused("TOO_NEW", why="event", n=record.n)
        yield record


def _append(connection: Connection, records: list[EventRecord]) -> None:
    try:
        operation.append(connection, records)
    except (IntegrityError, DataError) as error:
        # Only another event with this very id can stand in the way, or a text no server keeps.
        raise PackageRefused("DAMAGED", why="twice") from error


def remember(
    bench: Work,
    package: Inspected,
    reached: tuple[bytes, Mapping[str, Json]],
    refused: Sequence[RefusedEvent],
    last_n: int = 0,
) -> None:
    """How far this sender is applied (`reached`: chain head and totals), and what became of the package.

    `last_n` is the last event applied where that is a later one than the package's.
    """
    header = package.header
    if header is None:
        raise ValueError("only a package found READY is remembered")
    connection, now = bench.connection, bench.now.isoformat(timespec="seconds")
    hub_senders.reached(
        connection,
        header.db_id,
        header.epoch,
        {
            "last_seq": header.seq,
            "last_digest": package.digest,
            "last_n": last_n or header.events[1],
            "head": reached[0],
            "totals": reached[1],
            "last_at": now,
        },
    )
    row = {
        "id": header.id,
        "sender": header.db_id,
        "kind": header.kind,
        "epoch": header.epoch,
        "seq": header.seq,
        "digest": package.digest,
        "outcome": "COMMITTED",
        "received_at": now,
        "refused": len(refused),
        "result": as_result(refused),
    }
    try:
        connection.execute(insert(PackageIn), row)
    except IntegrityError as error:
        # Only another package with this very id can stand in the way.
        raise PackageRefused("DAMAGED", why="twice") from error
