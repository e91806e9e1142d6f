"""A package of events applied at the county: into the same tables by the same functions, and the totals compared."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    ProgrammingError,
    StatementError,
)

from db.models import Event, PackageIn, Sender
from desk.domain.canonical import Json
from desk.domain.events import GENESIS, EventRecord
from desk.errors import PackageRefused
from desk.exchange.ack import RefusedEvent
from desk.exchange.control_totals import NOTHING
from desk.exchange.event_lines import read_lines
from desk.exchange.header import Header
from desk.exchange.parts import Contents
from desk.exchange.receiving import Inspected
from desk.services import hub_orders, operation, projection
from desk.services.declared import declared_after
from desk.services.operation import Work
from desk.services.refused import as_result, entities_of, refused_events

AT_ONCE = 500
"""Events looked at together."""
BREAKS_A_RULE = (IntegrityError, DataError, InterfaceError, ProgrammingError)
"""What the driver says when a row cannot be, as against a disk or file that failed."""
ANOTHERS = "这条记录属于别的社区，没有计入"
AGAINST_ROWS = "与县里已有的记录冲突，没有计入"
NOT_OF_FORM = "这条记录的内容不合格式，没有计入"


class TotalsDiffer(Exception):
    """The control totals after applying are not those the desk declared."""


def sender_row(connection: Connection, header: Header) -> Any:
    """How far this sender is applied; None before his first package."""
    return connection.execute(
        select(Sender).where(Sender.origin == header.db_id, Sender.epoch == header.epoch)
    ).first()


def digests(connection: Connection, header: Header) -> dict[int, bytes]:
    """The applied packages of this sender: number to the SHA-256 of the file."""
    rows = connection.execute(
        select(PackageIn.seq, PackageIn.digest).where(
            PackageIn.sender == header.db_id, PackageIn.epoch == header.epoch
        )
    )
    return {seq: bytes(digest) for seq, digest in rows}


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
    row = sender_row(connection, header)
    head, last_n = (bytes(row.head), row.last_n) if row else (GENESIS, 0)
    if header.events[0] != last_n + 1:
        raise PackageRefused("DAMAGED", why="order")
    before: Mapping[str, Json] = row.totals if row else NOTHING
    if before != contents.totals_before:
        raise TotalsDiffer
    earlier = [one for _, one in refused_events(connection, PackageIn.sender == header.db_id)]
    doubted = entities_of(connection, earlier)
    count, refused = 0, []
    records = _known(read_lines(contents.events, header.events, head), header)
    while some := list(islice(records, AT_ONCE)):
        _append(connection, some)
        anothers = _of_others(connection, header.db_id, some)
        for record in some:
            refused += _project(connection, record, anothers)
        head, count = some[-1].hash, count + len(some)
    doubted |= entities_of(connection, refused)
    after = declared_after(connection, header.db_id, before, header.events, doubted)
    if after != contents.totals_after:
        raise TotalsDiffer
    _remember(bench, package, (head, after), refused)
    return count, tuple(refused)


def _known(records: Iterator[EventRecord], header: Header) -> Iterator[EventRecord]:
    for record in records:
        if record.origin != header.db_id:
            raise PackageRefused("DAMAGED", why="origin", n=record.n)
        if not projection.knows(record.kind, record.version):
            raise PackageRefused("TOO_NEW", why="event", n=record.n)
        yield record


def _append(connection: Connection, records: list[EventRecord]) -> None:
    try:
        operation.append(connection, records)
    except IntegrityError as error:
        # Only another event with this very id can stand in the way.
        raise PackageRefused("DAMAGED", why="twice") from error


def _project(
    connection: Connection, record: EventRecord, anothers: Collection[UUID]
) -> list[RefusedEvent]:
    """The rows that follow; an event that breaks a rule is kept in the log and named to its desk."""
    if {record.entity_id, *_named(record.payload or {})} & set(anothers):
        return [RefusedEvent(record.n, record.id, "OWNER", ANOTHERS)]
    try:
        with connection.begin_nested():
            projection.apply(connection, record)
    except StatementError as error:
        if isinstance(error, DBAPIError) and not isinstance(error, BREAKS_A_RULE):
            raise
        return [RefusedEvent(record.n, record.id, "RULE", AGAINST_ROWS)]
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return [RefusedEvent(record.n, record.id, "FORM", NOT_OF_FORM)]
    return []


def _named(payload: Mapping[str, Any]) -> Iterator[UUID]:
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


def _of_others(connection: Connection, origin: UUID, records: list[EventRecord]) -> set[UUID]:
    """Of what these events are about, what another desk has told of before: each changes only what is its own."""
    about = {record.entity_id for record in records} | {
        named for record in records for named in _named(record.payload or {})
    }
    told = select(Event.entity_id).where(
        Event.entity_id.in_(about), Event.origin != origin, Event.entity != "order"
    )
    asked = {record.entity_id for record in records if record.kind.startswith("order.")}
    return set(connection.execute(told).scalars()) | hub_orders.not_to(connection, origin, asked)


def _remember(
    bench: Work,
    package: Inspected,
    reached: tuple[bytes, Mapping[str, Json]],
    refused: Iterable[RefusedEvent],
) -> None:
    """How far this sender is applied (`reached`: chain head and totals), and what became of the package."""
    header = package.header
    if header is None:
        raise ValueError("only a package found READY is remembered")
    connection, now = bench.connection, bench.now.isoformat(timespec="seconds")
    mine = (Sender.origin == header.db_id, Sender.epoch == header.epoch)
    connection.execute(delete(Sender).where(*mine))
    connection.execute(
        insert(Sender),
        {
            "origin": header.db_id,
            "epoch": header.epoch,
            "last_seq": header.seq,
            "last_digest": package.digest,
            "last_n": header.events[1],
            "head": reached[0],
            "totals": reached[1],
            "last_at": now,
        },
    )
    _remember_in(connection, header, package.digest, now, as_result(refused))


def _remember_in(
    connection: Connection, header: Header, digest: bytes, now: str, result: dict[str, Json]
) -> None:
    row = {
        "id": header.id,
        "sender": header.db_id,
        "kind": header.kind,
        "epoch": header.epoch,
        "seq": header.seq,
        "digest": digest,
        "outcome": "COMMITTED",
        "received_at": now,
        "result": result,
    }
    try:
        connection.execute(insert(PackageIn), row)
    except IntegrityError as error:
        # Only another package with this very id can stand in the way.
        raise PackageRefused("DAMAGED", why="twice") from error
