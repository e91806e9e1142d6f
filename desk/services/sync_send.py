"""Packages out: what is not yet sent becomes a package once; all that is not acknowledged goes onto the stick."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from db.migrate import HEAD
from db.models import Event, PackageOut
from desk.domain.canonical import Json
from desk.errors import (
    Cancelled,
    DatabaseCopied,
    NotEnrolled,
    OfficeDamaged,
    StickTrouble,
)
from desk.exchange.container import PackageDraft, seal
from desk.exchange.control_totals import NOTHING, with_events
from desk.exchange.event_lines import write_lines
from desk.exchange.header import Kind
from desk.exchange.key_files import CountyKey
from desk.exchange.parts import Contents
from desk.exchange.receiving import read_header
from desk.exchange.stick import Found, package_name, scan, write_package
from desk.files import make_folder, write_atomic
from desk.services import audit, parcels, releases, settings
from desk.services.declared import by_log, declared
from desk.services.event_store import read_events
from desk.services.exchange_keys import OwnKeys, county_key, own_enrolment, own_keys
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading
from desk.services.package_rows import out_row
from desk.services.sync_views import Written

MADE, WRITTEN, ACKED = "made", "written", "acked"
REPLACED = "replaced"
"""What it carried goes again in a later package of kind SNAPSHOT."""
SNAPSHOT_WANTED, DOUBT = "snapshot_wanted", "database_copied"
ENROLLED = "enrolment_written"
SENT = ("DATA", "SNAPSHOT")
"""The kinds of package that carry this desk's events."""
MOST_EVENTS = 5_000
"""A package carries no more events than this, what is left goes into the next: at 2 to 5 KB each, far from every limit."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class LastPackage:
    """The newest package of this epoch."""

    seq: int
    last_n: int
    digest: bytes
    totals: Mapping[str, Json]


def write_packages(
    office: Office,
    *,
    folder: Path,
    progress: Progress,
    cancelled: Callable[[], bool],
    most: int = MOST_EVENTS,
) -> Done[Written]:
    """Put everything the county has not acknowledged onto the stick, read back; after returning it may be pulled.

    What was sealed once is sent again byte for byte, never made anew. A package carries at most `most` events.

    Raises:
        NotEnrolled: the county's key is not here.
        Cancelled: what was already written stays, whole.
        StickTrouble, DiskFull, DiskFailed: the packages stay safe in the data folder.
    """
    _refuse_copied(office, folder)
    if not _all_there(office):
        perform(office, Operation.EXCHANGE, ask_for_snapshot)
    _make_all(office, most, cancelled)
    with reading(office) as connection:
        waiting = _unacknowledged(connection)
    names = []
    for place, row in enumerate(waiting):
        data = package_bytes(office, row)
        name = package_name(read_header(data))
        write_package(folder, name, data, _part_of(progress, place, len(waiting)), cancelled)
        names.append(name)
    done = perform(office, Operation.EXCHANGE, lambda bench: _written(bench, waiting))
    events = sum(row["last_n"] - row["first_n"] + 1 for row in waiting)
    last = waiting[-1]["seq"] if waiting else 0
    return Done(Written(tuple(names), last, events), done.changes)


def ask_for_snapshot(bench: Work) -> None:
    """Let the next package carry again whatever the county has not acknowledged: a file was lost, or totals differ."""
    settings.keep(bench.connection, SNAPSHOT_WANTED, value=True)


def _make_all(office: Office, most: int, cancelled: Callable[[], bool]) -> None:
    perform(office, Operation.EXCHANGE, _note)
    while perform(office, Operation.EXCHANGE, lambda bench: _make_next(bench, most)).value:
        if cancelled():
            raise Cancelled


def _all_there(office: Office) -> bool:
    """Whether every package that is still to be sent lies in the data folder as it was sealed."""
    with reading(office) as connection:
        waiting = _unacknowledged(connection)
    try:
        for row in waiting:
            package_bytes(office, row)
    except OfficeDamaged:
        return False
    return True


def _refuse_copied(office: Office, folder: Path) -> None:
    """A later package of this very database, here or on the stick, was made by a copy of it or before a restore.

    Raises:
        DatabaseCopied: to send on would be to say two things under one number.
    """
    with reading(office) as connection:
        if settings.kept(connection, DOUBT):
            raise DatabaseCopied
        last = last_made(connection, office.epoch)
        # A year of them lies here, and what this database wrote down itself is not later than it.
        own = set(connection.execute(select(PackageOut.file_name)).scalars())
    seq = last.seq if last else 0
    here = _seen(office.paths.packages, own) if office.paths.packages.is_dir() else ()
    for found in (*here, *_seen(folder)):
        head = found.header
        if head is None or (head.db_id, head.epoch) != (office.origin, office.epoch):
            continue
        # A package whose making was cut short may lie there; it never left, so its number is made anew.
        left_behind = found.path.parent == office.paths.packages and head.seq == seq + 1
        if head.seq > seq and not left_behind:
            raise DatabaseCopied


def _seen(folder: Path, but: Collection[str] = ()) -> tuple[Found, ...]:
    """The packages there; a stick that cannot be read is told of when it is written."""
    try:
        return scan(folder, but)
    except StickTrouble:
        return ()


def package_bytes(office: Office, row: Mapping[Any, Any]) -> bytes:
    """The sealed bytes of a package, as they were first made.

    Raises:
        OfficeDamaged: the file is gone or was changed.
    """
    try:
        data: bytes = (office.paths.packages / row["file_name"]).read_bytes()
    except OSError as error:
        raise OfficeDamaged(row["file_name"]) from error
    if hashlib.sha256(data).digest() != bytes(row["digest"]):
        raise OfficeDamaged(row["file_name"])
    return data


def last_made(connection: Connection, epoch: int) -> LastPackage | None:
    """The newest data package of this epoch; None before the first."""
    row = connection.execute(
        select(PackageOut.seq, PackageOut.last_n, PackageOut.digest, PackageOut.result)
        .where(PackageOut.kind.in_(SENT), PackageOut.epoch == epoch)
        .order_by(PackageOut.seq.desc())
        .limit(1)
    ).first()
    return (
        LastPackage(row.seq, row.last_n, bytes(row.digest), row.result["totals"]) if row else None
    )


def _note(bench: Work) -> None:
    """Before the package, so that it goes along: a note after it would be news that only the next one tells."""
    again = settings.kept(bench.connection, SNAPSHOT_WANTED, default=False)
    last = last_made(bench.connection, bench.office.epoch)
    seq, after = (last.seq, last.last_n) if last else (0, 0)
    if not again and _any_news(bench.connection, bench.office.origin, after):
        audit.note(bench, "package", seq=seq + 1)


def _make_next(bench: Work, most: int) -> bool:
    """Seal the next slice of events, if there are any; the bytes are on the disk before the row says so."""
    connection = bench.connection
    keys, county = own_keys(connection), county_key(connection)
    if county is None:
        raise NotEnrolled
    last = last_made(connection, keys.epoch)
    again = bool(settings.kept(connection, SNAPSHOT_WANTED, default=False))
    after = _acknowledged(connection, keys.epoch) if again else last.last_n if last else 0
    if again:
        _replace_waiting(bench, keys.epoch)
    if not _any_news(connection, keys.origin, after):
        return False
    first, until = after + 1, _last_of_slice(connection, keys.origin, after, most)
    until = parcels.last_within(connection, keys.origin, first, until)
    before = _totals_at(connection, keys.origin, after, last if not again else None)
    kind: Kind = "SNAPSHOT" if first <= _furthest(connection, keys.epoch) else "DATA"
    draft = _draft(bench, keys, county, last, (first, until), before, kind)
    data = seal(draft, keys.signing, (county.sealing, county.recovery, keys.recovery.recipient))
    header = read_header(data)
    make_folder(bench.office.paths.packages)
    write_atomic(bench.office.paths.packages / package_name(header), data)
    told = {
        "state": MADE,
        "cases": _cases_in(connection, draft),
        "result": {"totals": draft.contents.totals_after},
    }
    connection.execute(insert(PackageOut), out_row(draft, data, package_name(header)) | told)
    bench.touch("packages")
    return True


def _any_news(connection: Connection, origin: UUID, after: int) -> bool:
    """Whether anything happened but that something was noted: notes go along with the next package and make none."""
    news = (Event.origin == origin, Event.n > after, Event.entity != "audit")
    return connection.execute(select(Event.n).where(*news).limit(1)).first() is not None


def _replace_waiting(bench: Work, epoch: int) -> None:
    settings.keep(bench.connection, SNAPSHOT_WANTED, value=None)
    waiting = (PackageOut.kind.in_(SENT), PackageOut.epoch == epoch, PackageOut.state != ACKED)
    bench.connection.execute(update(PackageOut).where(*waiting).values(state=REPLACED))


def _acknowledged(connection: Connection, epoch: int) -> int:
    """The last event the county acknowledged in this epoch."""
    return _most(connection, PackageOut.epoch == epoch, PackageOut.state == ACKED)


def _furthest(connection: Connection, epoch: int) -> int:
    """The last event that was ever sealed in this epoch."""
    return _most(connection, PackageOut.epoch == epoch)


def _most(connection: Connection, *conditions: Any) -> int:
    most = select(func.coalesce(func.max(PackageOut.last_n), 0))
    return int(connection.execute(most.where(PackageOut.kind.in_(SENT), *conditions)).scalar_one())


def _totals_at(
    connection: Connection, origin: UUID, after: int, last: LastPackage | None
) -> Mapping[str, Json]:
    """The totals after that event: those of the last package, or counted anew from the log's beginning."""
    if last is not None:
        return last.totals
    return declared(connection, origin, after) if after else NOTHING


def _draft(
    bench: Work,
    keys: OwnKeys,
    county: CountyKey,
    last: LastPackage | None,
    events: tuple[int, int],
    before: Mapping[str, Json],
    kind: Kind,
) -> PackageDraft:
    origin = keys.origin
    made_at = bench.now.isoformat(timespec="seconds")
    within = (Event.origin == origin, Event.n >= events[0], Event.n <= events[1])
    records = list(read_events(bench.connection, *within))
    cases = {record.entity_id for record in records if record.entity == "case"}
    heads = by_log(bench.connection, origin, events[0] - 1, cases)
    return PackageDraft(
        kind=kind,
        id=bench.new_id(),
        sender=str(bench.office.profile["community_code"]),
        to=county.node,
        db_id=origin,
        epoch=keys.epoch,
        seq=last.seq + 1 if last else 1,
        prev=last.digest if last else None,
        made_at=made_at,
        key=own_enrolment(bench.office, keys, made_at).fingerprint,
        contents=Contents(
            totals_before=before,
            totals_after=with_events(before, heads, records),
            events=write_lines(records),
            blobs=parcels.of_events(bench.connection, bench.office.blobs, origin, *events),
        ),
        events=events,
        catalog=releases.version_taken(bench.connection),
        schema=HEAD,
        audit_head=records[-1].hash,
    )


def _cases_in(connection: Connection, draft: PackageDraft) -> int:
    first, last = draft.events
    query = select(func.count(func.distinct(Event.entity_id))).where(
        Event.origin == draft.db_id, Event.n.between(first, last), Event.entity == "case"
    )
    return int(connection.execute(query).scalar_one())


def _last_of_slice(connection: Connection, origin: UUID, after: int, most: int) -> int:
    rows = (
        select(Event.n)
        .where(Event.origin == origin, Event.n > after)
        .order_by(Event.n)
        .limit(most)
        .subquery()
    )
    return int(connection.execute(select(func.coalesce(func.max(rows.c.n), 0))).scalar_one())


def _unacknowledged(connection: Connection) -> list[Mapping[Any, Any]]:
    rows = connection.execute(
        select(PackageOut)
        .where(PackageOut.kind.in_(SENT), PackageOut.state.in_((MADE, WRITTEN)))
        .order_by(PackageOut.epoch, PackageOut.seq)
    ).mappings()
    return list(rows)


def _written(bench: Work, rows: list[Mapping[Any, Any]]) -> None:
    fresh = [row["id"] for row in rows if row["state"] == MADE]
    bench.connection.execute(
        update(PackageOut)
        .where(PackageOut.id.in_(fresh))
        .values(state=WRITTEN, written_at=bench.now.isoformat(timespec="seconds"))
    )
    bench.touch("packages")


def _part_of(progress: Progress, place: int, count: int) -> Progress:
    def tell(done: int, total: int, what: str) -> None:
        progress(place * total + done, count * total, what)

    return tell
