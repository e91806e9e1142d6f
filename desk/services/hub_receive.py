"""The county receives: each package in one transaction, its events into the same tables by the same functions."""

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
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
from desk.errors import PackageRefused, StickTrouble
from desk.exchange.ack import PackageResult, RefusedEvent
from desk.exchange.control_totals import NOTHING
from desk.exchange.event_lines import read_lines
from desk.exchange.header import Header
from desk.exchange.key_files import Enrolment
from desk.exchange.keys import SealingPair
from desk.exchange.outcomes import Outcome
from desk.exchange.receiving import Inspected, ReaderContext, SenderState, inspect, open_parts
from desk.exchange.stick import Found, scan
from desk.files import replace_file
from desk.services import hub, operation, projection
from desk.services.declared import declared_after
from desk.services.exchange_keys import own_keys
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform, reading
from desk.services.refused import as_result, entities_of, refused_events

KEPT_ASIDE = ("UNKNOWN_KEY", "FORK", "DAMAGED", "TOTALS")
AT_ONCE = 500
"""Events looked at together."""
BREAKS_A_RULE = (IntegrityError, DataError, InterfaceError, ProgrammingError)
"""What the driver says when a row cannot be, as against a disk or file that failed."""
ANOTHERS = "这条记录属于别的社区，没有计入"
AGAINST_ROWS = "与县里已有的记录冲突，没有计入"
NOT_OF_FORM = "这条记录的内容不合格式，没有计入"


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file; `header` is None where it could not be read."""

    path: Path
    outcome: Outcome
    header: Header | None = None
    digest: bytes = b""
    facts: Mapping[str, object] = field(default_factory=dict)
    events: int = 0
    refused: tuple[RefusedEvent, ...] = ()


class TotalsDiffer(Exception):
    """The control totals after applying are not those the desk declared."""


def receive_all(office: Office, folder: Path, tell: Callable[[Received], None]) -> list[Received]:
    """Take every package in the folder and every held one that can now follow, in order."""
    held = office.paths.held
    held.mkdir(exist_ok=True)
    desks = {(desk.db_id, desk.epoch): desk for desk in hub.enrolments(office)}
    done = []
    for found in sorted((*scan(folder), *scan(held)), key=lambda one: _order(one, held)):
        if found.header is not None and found.header.kind == "ACK":
            continue
        received = _receive(office, found, desks)
        if received.outcome == "HELD" and found.path.parent == held:
            # Still waiting, as was said when it came.
            continue
        _keep(office, received, held)
        tell(received)
        done.append(received)
    return done


def _order(found: Found, held: Path) -> tuple[object, ...]:
    """As on one stick, but of two with the same number the waiting one comes last."""
    return (*found.order()[:-1], found.path.parent == held, found.path.name)


def _receive(office: Office, found: Found, desks: Mapping[Any, Enrolment]) -> Received:
    package = inspect(found.path, _context(office, desks))
    plain = Received(found.path, package.outcome, package.header, package.digest, package.facts)
    if package.outcome != "READY" or package.header is None:
        return plain
    with reading(office) as connection:
        pair = own_keys(connection).sealing
    try:
        applied = perform(
            office, Operation.RECEIVE, lambda bench: _apply(bench, package, pair)
        ).value
    except PackageRefused as refused:
        return Received(found.path, refused.code, package.header, package.digest, refused.facts)  # type: ignore[arg-type]
    except TotalsDiffer:
        facts = {"seq": package.header.seq}
        return Received(found.path, "TOTALS", package.header, package.digest, facts)
    facts = {"seq": package.header.seq}
    events, refused_events = applied
    return Received(
        found.path, "COMMITTED", package.header, package.digest, facts, events, refused_events
    )


def _context(office: Office, desks: Mapping[Any, Enrolment]) -> ReaderContext:
    def sender(header: Header) -> SenderState | None:
        desk = desks.get((header.db_id, header.epoch))
        if desk is None:
            return None
        with reading(office) as connection:
            row = _sender_row(connection, header)
            digests = _digests(connection, header)
        return SenderState(
            node=desk.site,
            db_id=desk.db_id,
            signing=desk.signing,
            fingerprint=desk.fingerprint,
            last_seq=row.last_seq if row else 0,
            last_digest=bytes(row.last_digest) if row else None,
            digest_of=digests.get,
        )

    return ReaderContext(
        addresses=frozenset({hub.node_of(office)}), kinds=frozenset({"DATA"}), sender=sender
    )


def _sender_row(connection: Connection, header: Header) -> Any:
    return connection.execute(
        select(Sender).where(Sender.origin == header.db_id, Sender.epoch == header.epoch)
    ).first()


def _digests(connection: Connection, header: Header) -> dict[int, bytes]:
    rows = connection.execute(
        select(PackageIn.seq, PackageIn.digest).where(
            PackageIn.sender == header.db_id, PackageIn.epoch == header.epoch
        )
    )
    return {seq: bytes(digest) for seq, digest in rows}


def _apply(
    bench: Work, package: Inspected, pair: SealingPair
) -> tuple[int, tuple[RefusedEvent, ...]]:
    """Open, append, project, compare totals; any doubt rolls all of it back."""
    header, connection = package.header, bench.connection
    if header is None:
        raise ValueError("only a package found READY is applied")
    contents = open_parts(package, (pair,))
    row = _sender_row(connection, header)
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
    told = select(Event.entity_id).where(Event.entity_id.in_(about), Event.origin != origin)
    return set(connection.execute(told).scalars())


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


def _keep(office: Office, received: Received, held: Path) -> None:
    """Held packages wait for the gap to fill, doubtful ones are kept aside; what is done with leaves the waiting room."""
    if received.outcome == "HELD" and received.path.parent != held:
        _copy(received.path, held / f"{received.digest.hex()}.bmq")
    elif received.outcome in KEPT_ASIDE:
        office.paths.quarantine.mkdir(exist_ok=True)
        # By what is inside: two doubtful files of one name are both evidence.
        name = f"{received.outcome.lower()}-{_digest(received.path)}.bmq"
        _copy(received.path, office.paths.quarantine / name)
    if received.path.parent == held and received.outcome != "HELD":
        received.path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    replace_file(target, lambda part: shutil.copyfile(source, part))


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StickTrouble("read", str(path)) from error


def result_of(received: Received) -> PackageResult | None:
    """The line about this package in its acknowledgement."""
    if received.header is None or not received.digest:
        return None
    return PackageResult(received.header.seq, received.digest, received.outcome)
