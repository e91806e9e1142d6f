"""The county's give-back taken: earlier databases as the county has them, and what it never had told anew in this one."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, insert, or_, select, tuple_, update
from sqlalchemy.engine import Connection

from db.models import Event, IssuedNumber, Person, SearchToken, SetAside, Site
from desk.domain.canonical import Json
from desk.domain.events import GENESIS, EventRecord
from desk.errors import PackageRefused
from desk.exchange.event_lines import read_line, write_line
from desk.exchange.header import Header
from desk.exchange.parts import Contents
from desk.exchange.resend import Chain, GiveBack, read_give_back
from desk.services import (
    forgetting,
    operation,
    parcels,
    people,
    projection,
    rebuilding,
    settings,
)
from desk.services.earlier import named_in
from desk.services.event_store import read_events
from desk.services.office import Office, waits_for_earlier
from desk.services.operation import Done, Operation, Work, chain_head, perform, reading
from desk.services.sync_send import DOUBT
from desk.services.sync_views import ReadBack
from desk.words.exchange import give_back_text

WAITING, RETOLD, DIFFERS = "waiting", "retold", "differs"
BATCH = 500
"""Events looked up at once."""


def take(office: Office, header: Header, contents: Contents) -> Done[ReadBack]:
    """Make the earlier databases what the county has of them; with the last part, carry them on.

    Raises:
        PackageRefused: DAMAGED, HELD when an earlier part is missing; nothing was changed.
    """
    told, records = read_give_back(contents.body)
    if any(one.origin == office.origin for one in told.chains):
        raise PackageRefused("DAMAGED", why="resend")
    if any(one.origin > office.origin for one in told.chains):
        return perform(office, Operation.EXCHANGE, _is_behind)

    def work(bench: Work) -> ReadBack:
        read = _take(bench, header, told, records)
        parcels.keep(bench, contents.blobs)
        return read

    done = perform(office, Operation.EXCHANGE, work)
    with reading(office) as connection:
        office.waits = waits_for_earlier(connection, office.origin)
    return done


def _is_behind(bench: Work) -> ReadBack:
    """The county has a later database of this window: this one is an old copy, or was made while the clock was wrong.

    Ids begin with the time and a log is replayed in their order, so only a database begun anew can carry that one on.
    """
    settings.keep(bench.connection, DOUBT, value=True)
    bench.touch("packages")
    return ReadBack((), (give_back_text("BEHIND"),))


def _take(bench: Work, header: Header, told: GiveBack, records: Iterable[EventRecord]) -> ReadBack:
    connection, fresh = bench.connection, 0
    known = {one.origin: one for one in told.chains}
    # First of all: a later database may have told these very events again, and none is in a log twice.
    aside = sum(set_aside(bench, chain.origin, chain.last + 1) for chain in told.chains)
    for record in _news(connection, known, records):
        if _hash_at(connection, record.origin, record.n) is not None:
            aside += set_aside(bench, record.origin, record.n)
        _append(connection, header, record)
        forgetting.forget(connection, [record])
        fresh += 1
    if told.part == told.of:
        for chain in told.chains:
            _require_whole(connection, header, chain)
    if fresh or aside:
        rebuilding.rebuild(connection)
        index_people(bench)
    if told.part < told.of:
        return ReadBack((give_back_text("PART", part=told.part, of=told.of),), ())
    news = fresh + aside + _carry_on(bench, told.chains)
    again, differing = _tell_again(bench)
    if not news:
        return ReadBack((), (give_back_text("ALREADY"),))
    bench.touch("packages")
    taken = give_back_text("TAKEN", fresh=fresh, again=again)
    return ReadBack((taken,), (give_back_text("DIFFERS", count=differing),) if differing else ())


def _news(
    connection: Connection, known: Mapping[UUID, Chain], records: Iterable[EventRecord]
) -> Iterator[EventRecord]:
    """Those that are not in the log as they were told; a file that stays on the stick is read again at each reading.

    Raises:
        PackageRefused: DAMAGED: one that no chain has.
    """
    left = iter(records)
    while some := list(islice(left, BATCH)):
        for record in some:
            if record.origin not in known or record.n > known[record.origin].last:
                raise PackageRefused("DAMAGED", why="resend", n=record.n)
        at = tuple_(Event.origin, Event.n).in_([(one.origin, one.n) for one in some])
        here = {
            bytes(hash_) for hash_ in connection.execute(select(Event.hash).where(at)).scalars()
        }
        yield from (record for record in some if record.hash not in here)


def _hash_at(connection: Connection, origin: UUID, n: int) -> bytes | None:
    found = connection.execute(select(Event.hash).where(Event.origin == origin, Event.n == n))
    hash_ = found.scalar()
    return bytes(hash_) if hash_ is not None else None


def _append(connection: Connection, header: Header, record: EventRecord) -> None:
    before = GENESIS if record.n == 1 else _hash_at(connection, record.origin, record.n - 1)
    if before is None:
        raise PackageRefused("HELD", seq=header.seq, expected=header.seq - 1)
    if before != record.prev:
        raise PackageRefused("DAMAGED", why="chain", n=record.n)
    if not projection.knows(record.kind, record.version):
        raise PackageRefused("TOO_NEW", why="event", n=record.n)
    operation.append(connection, [record])


def _require_whole(connection: Connection, header: Header, chain: Chain) -> None:
    n, head, _mono = chain_head(connection, chain.origin)
    if (n, head) != (chain.last, chain.head):
        raise PackageRefused("HELD", seq=header.seq, expected=max(1, header.seq - 1))


def carry_on_alone(office: Office, origin: UUID) -> Done[None]:
    """Tell an earlier database's events anew in this one; for one of which nobody else ever had anything."""

    def work(bench: Work) -> None:
        set_aside(bench, origin, 1)
        rebuilding.rebuild(bench.connection)
        index_people(bench)
        _tell_again(bench)
        bench.touch("packages")

    done = perform(office, Operation.EXCHANGE, work)
    with reading(office) as connection:
        office.waits = waits_for_earlier(connection, office.origin)
    return done


def set_aside(bench: Work, origin: UUID, first: int) -> int:
    """Take the events from `first` on out of the log: the county never had them, and has others in their place."""
    connection = bench.connection
    gone = list(read_events(connection, Event.origin == origin, Event.n >= first))
    if not gone:
        return 0
    at = bench.now.isoformat(timespec="seconds")
    # After two restores what was told again may have to go aside once more.
    connection.execute(
        delete(SetAside).where(SetAside.event_id == bindparam("gone")),
        [{"gone": record.id} for record in gone],
    )
    connection.execute(
        insert(SetAside),
        [
            {
                "event_id": record.id,
                "origin": origin,
                "n": record.n,
                "fate": WAITING,
                "at": at,
                "line": write_line(record).rstrip(b"\n"),
            }
            for record in gone
        ],
    )
    with rebuilding.append_only_lifted(connection):
        operation.take_out(connection, gone)
    return len(gone)


def index_people(bench: Work) -> None:
    """People who came with the give-back are to be found like all others, and those who went are not."""
    gone = SearchToken.person_id.not_in(select(Person.id))
    bench.connection.execute(delete(SearchToken).where(gone))
    found = select(SearchToken.person_id)
    missing = select(Person).where(Person.id.not_in(found))
    for row in bench.connection.execute(missing).mappings().all():
        people.write_tokens(bench, row["id"], people.values_of(row))


def _carry_on(bench: Work, chains: Iterable[Chain]) -> int:
    """Say in this database's chain which earlier ones it carries on, from which event."""
    count = 0
    for chain in chains:
        if not chain.last or _is_carried_on(bench.connection, chain.origin):
            continue
        told: dict[str, Json] = {
            "origin": chain.origin.hex,
            "epoch": chain.epoch,
            "n": chain.last,
            "head": chain.head.hex(),
        }
        bench.emit("desk.continued", "desk", bench.office.origin, told)
        count += 1
    return count


def _is_carried_on(connection: Connection, origin: UUID) -> bool:
    by = select(Site.continued_by).where(Site.origin == origin)
    return connection.execute(by).scalar() is not None


def _tell_again(bench: Work) -> tuple[int, int]:
    """Tell in this chain what was set aside, but not what the county's events meanwhile changed as well."""
    connection = bench.connection
    rows = connection.execute(
        select(SetAside).where(SetAside.fate == WAITING).order_by(SetAside.origin, SetAside.n)
    ).mappings()
    again, differing = 0, set[UUID]()
    differ = 0
    for row in rows.all():
        record = read_line(bytes(row["line"]))
        about = {record.entity_id, *named_in(record.payload or {})}
        fate = RETOLD
        if record.entity == "desk" or _is_told(connection, record.id):
            fate = RETOLD
        elif about & differing or _stands_against(bench, record, row):
            fate, differ = DIFFERS, differ + 1
            differing.add(record.entity_id)
        else:
            bench.tell_again(record)
            again += 1
        same = SetAside.event_id == row["event_id"]
        connection.execute(update(SetAside).where(same).values(fate=fate))
    return again, differ


def _is_told(connection: Connection, event_id: UUID) -> bool:
    """Whether this very event is in the log: it came back with what filled a gap, or a later database told it again."""
    return connection.execute(select(Event.id).where(Event.id == event_id)).first() is not None


def _stands_against(bench: Work, record: EventRecord, row: Any) -> bool:
    """Whether the county's branch, or a database after it, told something else of this, or gave out its number."""
    connection = bench.connection
    of_branch = and_(Event.origin == row["origin"], Event.n >= _fork(connection, row))
    of_later = and_(Event.origin > row["origin"], Event.origin != bench.office.origin)
    later = select(Event.id).where(
        Event.entity_id == record.entity_id,
        or_(of_branch, of_later),
        Event.id.not_in(select(SetAside.event_id)),
    )
    if connection.execute(later.limit(1)).first() is not None:
        return True
    number = (record.payload or {}).get("number")
    if not isinstance(number, dict):
        return False
    taken = select(IssuedNumber.number).where(IssuedNumber.number == number.get("full"))
    return connection.execute(taken.limit(1)).first() is not None


def _fork(connection: Connection, row: Any) -> int:
    """The first number of this database of which two events were told."""
    first = select(SetAside.n).where(SetAside.origin == row["origin"]).order_by(SetAside.n).limit(1)
    return int(connection.execute(first).scalar_one())
