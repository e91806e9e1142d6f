"""Events a backup does not have, brought back from this desk's own packages and from what a damaged file still gives out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, func, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from db.models import Event, FormerKey, SetAside
from desk.domain import events
from desk.domain.events import EventRecord
from desk.errors import DeskError, DiskFailed, DiskFull, PackageRefused, StickTrouble
from desk.exchange.event_lines import read_lines, write_line
from desk.exchange.header import Header
from desk.exchange.keys import SigningPair
from desk.exchange.receiving import ReaderContext, SenderState, inspect, open_parts
from desk.exchange.stick import scan
from desk.services import forgetting, operation, projection, rebuilding, resend_taking
from desk.services.blobs import BlobStore
from desk.services.event_store import BATCH, read_events
from desk.services.exchange_keys import OwnKeys, own_keys
from desk.services.office import Office
from desk.services.operation import Operation, Work, chain_head, perform, reading
from desk.services.resend_taking import WAITING
from desk.services.sync_send import SENT

Found = dict[int, EventRecord]
"""Events by their number."""
UNREADABLE = (driver.Error, DBAPIError, DeskError, ValueError, TypeError, LookupError)
"""What a damaged file may answer instead of a row."""
FARTHEST = 2_000
"""After so many events in a row that do not read, none is looked for any more."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came back: events and the cases they are about, those kept until the county fills a gap, files that were refused."""

    events: int = 0
    cases: int = 0
    waiting: int = 0
    refused: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """Events beyond the backup by number; `sealed` says that this desk once sent packages."""

    found: Found = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    sealed: bool = False


def in_packages(office: Office, folders: Iterable[Path]) -> tuple[Found, tuple[str, ...], bool]:
    """The events of this database in its own packages that are later than what is here, the names of packages that could
    not be taken, and whether there was any package of it at all.
    """
    with reading(office) as connection:
        keys, signers = own_keys(connection), _signers(connection)
        have, head, _mono = chain_head(connection, office.origin)
    gathered = _Gathered()
    for path, header in _own_packages(office, folders):
        gathered.sealed = True
        if header.events[1] <= have:
            continue
        try:
            for record in _opened(path, header, keys, signers, office.blobs):
                _take(gathered.found, record, office, have, head)
        except (PackageRefused, StickTrouble):
            gathered.refused.append(path.name)
    return gathered.found, tuple(gathered.refused), gathered.sealed


def in_damaged(office: Office, copy: Path) -> tuple[Found, int | None]:
    """The events that a copy of a damaged file still gives out, each whole by its own hash, and the last number it names.

    None for the number where not even that can be read.
    """
    with reading(office) as connection:
        have, head, _mono = chain_head(connection, office.origin)
    found: Found = {}
    last: int | None = None
    with (
        suppress(*UNREADABLE),
        closing(_on_copy(office, copy)) as raw,
        _engine_on(raw).connect() as damaged,
    ):
        with suppress(*UNREADABLE):
            last = chain_head(damaged, office.origin)[0]
        for record in _still_there(damaged, office.origin, have, last):
            _take(found, record, office, have, head)
    return _erased_or_told(found), last


def _on_copy(office: Office, copy: Path) -> Any:
    """Once more where the disk would not: damage says the same again, a disk that failed for a moment costs nothing."""
    try:
        return office.beside(copy)
    except (DiskFull, DiskFailed):
        return office.beside(copy)


def _still_there(
    damaged: Connection, origin: UUID, have: int, last: int | None
) -> Iterator[EventRecord]:
    """One at a time: a page that does not read takes only its own events with it."""
    n, missed = have, 0
    while missed < FARTHEST and (last is None or n < last):
        n, missed = n + 1, missed + 1
        with suppress(*UNREADABLE):
            for record in _whole(damaged, origin, n):
                missed = 0
                yield record


def _engine_on(raw: Any) -> Engine:
    return create_engine(
        "sqlite://", creator=lambda: raw, module=driver, poolclass=StaticPool, hide_parameters=True
    )


def _whole(damaged: Connection, origin: UUID, n: int) -> list[EventRecord]:
    """The event of that number, as far as it is whole by its own hash."""
    at = (Event.origin == origin, Event.n == n)
    return [one for one in read_events(damaged, *at) if events.is_whole(one)]


def _erased_or_told(found: Found) -> Found:
    """Without those that say nothing and that no other one erases: the page that held what they said does not read."""
    named = frozenset[UUID]().union(*map(forgetting.named_by, found.values()))
    return {n: one for n, one in found.items() if one.payload is not None or one.id in named}


def append(office: Office, found: Mapping[int, EventRecord]) -> tuple[int, int, int]:
    """Go on with the chain as far as the found events follow; the rest is kept for the county's give-back.

    Gives the number of events, of cases they are about, and of events kept.
    """

    def work(bench: Work) -> tuple[int, int, int]:
        n, head, _mono = chain_head(bench.connection, office.origin)
        _make_room(bench, [one.id for one in found.values()])
        cases, taken = set(), 0
        while (record := found.get(n + 1)) is not None and record.prev == head:
            if not projection.knows(record.kind, record.version):
                break
            operation.append(bench.connection, [record])
            projection.apply(bench.connection, record)
            forgetting.forget(bench.connection, [record])
            n, head, taken = record.n, record.hash, taken + 1
            if record.entity == "case":
                cases.add(record.entity_id)
        resend_taking.index_people(bench)
        return taken, len(cases), _keep(bench, [one for one in found.values() if one.n > n])

    return perform(office, Operation.EXCHANGE, work).value


def _make_room(bench: Work, told: Sequence[UUID]) -> None:
    """What the file told again in its own chain stood no longer in an earlier database's: here, before that, it still does."""
    connection, again = bench.connection, dict[UUID, int]()
    for some in (told[start : start + BATCH] for start in range(0, len(told), BATCH)):
        twice = select(Event.origin, func.min(Event.n)).where(Event.id.in_(some))
        for origin, first in connection.execute(twice.group_by(Event.origin)):
            again[origin] = min(first, again.get(origin, first))
    for origin, first in again.items():
        resend_taking.set_aside(bench, origin, first)
    if again:
        rebuilding.rebuild(connection)


def _keep(bench: Work, records: list[EventRecord]) -> int:
    known = set(bench.connection.execute(select(SetAside.event_id)).scalars())
    rows = [
        {
            "event_id": record.id,
            "origin": record.origin,
            "n": record.n,
            "fate": WAITING,
            "at": bench.now.isoformat(timespec="seconds"),
            "line": write_line(record).rstrip(b"\n"),
        }
        for record in records
        if record.id not in known
    ]
    if rows:
        bench.connection.execute(insert(SetAside), rows)
    return len(rows)


def _take(found: Found, record: EventRecord, office: Office, have: int, head: bytes) -> None:
    """Remember what is new.

    Raises:
        PackageRefused: FORK, it does not go on from what is here.
    """
    if record.origin != office.origin or record.n <= have:
        return
    if record.n == have + 1 and record.prev != head:
        raise PackageRefused("FORK", seq=record.n)
    found.setdefault(record.n, record)


def _own_packages(office: Office, folders: Iterable[Path]) -> Iterator[tuple[Path, Header]]:
    for folder in folders:
        with suppress(StickTrouble):
            for found in scan(folder) if folder.is_dir() else ():
                head = found.header
                if head and head.db_id == office.origin and head.kind in SENT:
                    yield found.path, head


def _opened(
    path: Path, header: Header, keys: OwnKeys, signers: Mapping[bytes, bytes], blobs: BlobStore
) -> list[EventRecord]:
    """The events of one of our own packages, once its signature is one of ours and all of it is whole; its pictures are kept.

    Raises:
        PackageRefused, StickTrouble: it is not, or cannot be read.
    """
    if header.key not in signers:
        raise PackageRefused("UNKNOWN_KEY", why="unknown")
    state = SenderState(
        node=header.sender,
        db_id=header.db_id,
        signing=signers[header.key],
        fingerprint=header.key,
        last_seq=header.seq - 1,
        last_digest=header.prev,
    )
    reader = ReaderContext(frozenset((header.to,)), frozenset(SENT), lambda _header: state)
    seen = inspect(path, reader)
    if seen.outcome != "READY":
        raise PackageRefused(seen.outcome)
    contents = open_parts(seen, keys.opening_own)
    for blob in contents.blobs:
        blobs.keep(blob)
    return list(read_lines(contents.events, header.events, None))


def _signers(connection: Connection) -> dict[bytes, bytes]:
    """The public keys this desk signs or signed with, by fingerprint."""
    own = own_keys(connection)
    rows = connection.execute(select(FormerKey.key, FormerKey.signing)).all()
    former = {bytes(row.key): SigningPair.from_bytes(bytes(row.signing)).public for row in rows}
    return {**former, own.fingerprint: own.signing.public}
