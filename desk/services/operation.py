"""The one door for writing: a named operation, its events and rows in one transaction, and what it touched."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from db.base import Base, CanonicalText
from db.many_rows import write_rows
from db.models import Event, EventPayload, ThisDesk
from desk import memory
from desk.changes import Changes
from desk.domain import events, ids
from desk.domain.canonical import Json, Written, written
from desk.domain.events import EventRecord
from desk.errors import DiskFull, NotGranted, OfficeReadOnly
from desk.services import earlier, forgetting, projection, reserve
from desk.services.office import LastDeed, Office
from desk.services.rights import Right, demand
from desk.services.row_batch import RowBatch
from desk.services.troubles import disk_troubles, lost_a_race

T = TypeVar("T")

# Made once: building a statement anew costs more than running it.
EVENT, PAYLOAD = (Base.metadata.tables[name] for name in ("event", "event_payload"))
CHAIN_HEAD = (
    select(Event.n, Event.hash, Event.mono)
    .where(Event.origin == bindparam("origin"))
    .order_by(Event.n.desc())
    .limit(1)
)
# On a server, whoever adds to the chain holds this row until he commits; a file has one writer anyway.
HOLD_CHAIN = select(ThisDesk.origin).with_for_update()
RETRIES = 5
"""How often an operation that lost a race for a row on a server is done anew."""
MOST_WAITING = 1_000
"""So many events wait to be written together at most, that the memory of an import stays flat."""
EVENT_COLUMNS = tuple(column.key for column in Event.__table__.columns)
OF_EVENT = attrgetter(*EVENT_COLUMNS)
PAYLOAD_COLUMNS = ("event_id", "salt", "payload")


class Operation(StrEnum):
    """What can be done to the office; each is granted by name."""

    SET_UP = "set_up"
    SAVE_DRAFT = "save_draft"
    INTAKE = "intake"
    ACT_ON_CASE = "act_on_case"
    BRING_MATERIALS = "bring_materials"
    ATTACH = "attach"
    ISSUE_PAPER = "issue_paper"
    REPRINT = "reprint"
    CONSULT = "consult"
    KEEP_REGISTER = "keep_register"
    IMPORT = "import"
    CHANGE_SETTING = "change_setting"
    WRITE_LEDGER = "write_ledger"
    EXCHANGE = "exchange"
    RECEIVE = "receive"
    GIVE_ORDER = "give_order"
    TICK = "tick"
    MANAGE_OPERATORS = "manage_operators"
    KEEP_FILES = "keep_files"
    UNDO = "undo"
    NOTE = "note"


AT_DESKS_ONLY = frozenset(
    {
        Operation.SAVE_DRAFT,
        Operation.INTAKE,
        Operation.ACT_ON_CASE,
        Operation.BRING_MATERIALS,
        Operation.ATTACH,
        Operation.ISSUE_PAPER,
        Operation.REPRINT,
        Operation.CONSULT,
        Operation.KEEP_REGISTER,
        Operation.IMPORT,
        Operation.TICK,
        Operation.KEEP_FILES,
        Operation.UNDO,
    }
)
"""What a county leaves to its desks: a case it moved itself would never again fit what its desk declares."""
CAN_BE_UNDONE = frozenset(
    {
        Operation.INTAKE,
        Operation.ACT_ON_CASE,
        Operation.BRING_MATERIALS,
        Operation.KEEP_REGISTER,
    }
)
"""What a clerk does with his own hands to a case or an entry."""
AT_COUNTIES_ONLY = frozenset({Operation.GIVE_ORDER})
EVERYBODYS = frozenset({Operation.NOTE})
"""What needs no grant: that something was done is written down whoever did it."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What an operation gives back and what it touched."""

    value: T
    changes: Changes


@dataclass(slots=True)
class Work:
    """One operation under way: its transaction, its moment, and the only way to record what happens."""

    office: Office
    connection: Connection
    now: datetime
    actor: UUID | None
    _touched: dict[str, set[UUID]] = field(default_factory=dict)
    _flags: set[str] = field(default_factory=set)
    _head: tuple[int, bytes, int] | None = None
    _waiting: list[EventRecord] = field(default_factory=list)
    told: list[int] = field(default_factory=list)
    """The numbers of what was recorded besides notes, once it is written."""
    _afterwards: list[Callable[[], object]] = field(default_factory=list)
    _log: Connection = field(init=False)
    """Where events are written, whatever stands in for the connection meanwhile."""

    def __post_init__(self) -> None:
        self._log = self.connection

    @property
    def today(self) -> date:
        return self.now.date()

    def emit(
        self,
        kind: str,
        entity: events.Entity,
        entity_id: UUID,
        payload: Mapping[str, Json],
        *,
        base: int = 0,
        trunk: int = 0,
    ) -> EventRecord:
        """Append one event to the chain and let the rows that follow from it follow.

        `base` is the version of the entity this was made upon, `trunk` the one the county saw when it asked for this.

        Raises:
            EarlierCasesWait: it is an earlier database's, and the county has not yet given back what it has of that.
        """
        if self.office.waits:
            earlier.leave_alone(self.connection, self.office.origin, entity_id, payload)
        n, prev, mono = self._chain_head()
        salt, told = os.urandom(events.SALT_BYTES), written(payload)
        wall_ms = int(self.now.timestamp() * 1000)
        draft = EventRecord(
            id=ids.new_id(wall_ms),
            origin=self.office.origin,
            n=n + 1,
            kind=kind,
            version=projection.version_of(kind),
            entity=entity,
            entity_id=entity_id,
            actor=self.actor,
            seat=self.office.seat,
            at=self.now.isoformat(timespec="seconds"),
            mono=max(mono + 1, wall_ms),
            trunk=trunk,
            base=base,
            prev=prev,
            commitment=events.commit_bytes(told.text.encode(), salt),
            hash=b"",
            payload=told,
            salt=salt,
        )
        record = events.chained(draft)
        self._record(record)
        # That something was noted is no news to any page.
        if entity != "audit":
            self.touch(entity, entity_id)
        return record

    def tell_again(self, told: EventRecord) -> None:
        """Append an event of an earlier database to this one's chain: the same content, actor and moment, the same id."""
        n, prev, mono = self._chain_head()
        later = max(mono + 1, told.mono)
        record = events.chained(
            replace(told, origin=self.office.origin, n=n + 1, prev=prev, mono=later)
        )
        self._record(record)
        self.touch(record.entity, record.entity_id)

    def _record(self, record: EventRecord) -> None:
        self._waiting.append(record)
        self._project(record)
        if len(self._waiting) == MOST_WAITING:
            self.flush()

    def _project(self, record: EventRecord) -> None:
        if isinstance(self.connection, RowBatch):
            # It is gathering: the rows of many events are written together.
            projection.apply(self.connection, record)
        else:
            rows = RowBatch(self.connection)
            projection.apply(rows.as_connection(), record)
            rows.flush()
        self._head = (record.n, record.hash, record.mono)

    def flush(self) -> None:
        """Write the events emitted so far; at the end, before the commit, and whenever many wait."""
        append(self._log, self._waiting)
        forgetting.forget(self._log, self._waiting)
        self.told += [one.n for one in self._waiting if one.entity != "audit"]
        self._waiting = []

    def new_id(self) -> UUID:
        """An id for something born in this operation."""
        return ids.new_id(int(self.now.timestamp() * 1000))

    def touch(self, what: str, entity_id: UUID | None = None) -> None:
        """Tell the pages that this changed; `what` is an entity or a flag of `Changes`."""
        if entity_id is None:
            self._flags.add(what)
        else:
            self._touched.setdefault(what, set()).add(entity_id)

    def afterwards(self, deed: Callable[[], object]) -> None:
        """Do this once all of it is committed, and not at all if it is not; for files that no row names any more."""
        self._afterwards.append(deed)

    def settle(self) -> None:
        """It is committed: do what was to be done afterwards."""
        for deed in self._afterwards:
            deed()

    def changes(self) -> Changes:
        return Changes(
            cases=frozenset(self._touched.get("case", ())),
            people=frozenset(self._touched.get("person", ())),
            documents=frozenset(self._touched.get("document", ())),
            records=frozenset(self._touched.get("record", ())),
            packages="packages" in self._flags or bool(self._touched),
            settings="settings" in self._flags
            or self.office.origin in self._touched.get("desk", ()),
            drafts="drafts" in self._flags,
            prints="prints" in self._flags,
            rules="rules" in self._flags,
        )

    def _chain_head(self) -> tuple[int, bytes, int]:
        if self._head is None:
            if self.office.paths.server:
                self.connection.execute(HOLD_CHAIN)
            self._head = chain_head(self.connection, self.office.origin)
        return self._head


def chain_head(connection: Connection, origin: UUID) -> tuple[int, bytes, int]:
    """The last event of an origin as (n, hash, mono); (0, genesis, 0) before the first."""
    row = connection.execute(CHAIN_HEAD, {"origin": origin}).first()
    return (row.n, row.hash, row.mono) if row else (0, events.GENESIS, 0)


def append(connection: Connection, records: Sequence[EventRecord]) -> None:
    """Write events and their payloads; nothing else may."""
    if not records:
        return
    write_rows(connection, EVENT, EVENT_COLUMNS, map(OF_EVENT, records))
    payloads = [
        (record.id, record.salt, _as_text(record.payload))
        for record in records
        if record.payload is not None
    ]
    if payloads:
        write_rows(connection, PAYLOAD, PAYLOAD_COLUMNS, payloads)


def _as_text(payload: Mapping[str, Json]) -> object:
    """The payload as it is to be stored: by its text where it has one."""
    return CanonicalText(payload.text) if isinstance(payload, Written) else payload


def take_out(connection: Connection, records: Sequence[EventRecord]) -> None:
    """Take the end of an earlier database's chain out of a desk's log, which the county's took the place of; kept aside.

    Only where `rebuilding.append_only_lifted` allows it.
    """
    for record in records:
        connection.execute(delete(EventPayload).where(EventPayload.event_id == record.id))
        connection.execute(delete(Event).where(Event.id == record.id))


def _remember(bench: Work, operation: Operation) -> None:
    """What was done last at this seat, for undoing it; with the office closed it is forgotten."""
    told = bench.told
    if operation is Operation.UNDO:
        bench.office.last_deed = None
    elif operation in CAN_BE_UNDONE and told:
        bench.office.last_deed = LastDeed(told[0], told[-1], bench.today)


def perform(office: Office, operation: Operation, work: Callable[[Work], T]) -> Done[T]:
    """Run `work` in one transaction; any failure rolls all of it back.

    Raises:
        OfficeReadOnly: the office was opened for looking only.
        NotGranted: the operator may not do this, or it is not done at a county, or only there.
        DiskFull, DiskFailed, OfficeBusy, OfficeDamaged, StoreUnreachable: it could not be written; nothing was saved.
    """
    _require(office, operation)
    try:
        return _performed(office, operation, work)
    except DiskFull:
        if not reserve.release(office.paths):
            raise
    # With the room that was kept for it.
    return _performed(office, operation, work)


def _performed(office: Office, operation: Operation, work: Callable[[Work], T]) -> Done[T]:
    with disk_troubles():
        for again in reversed(range(RETRIES)):
            try:
                return _once(office, operation, work)
            except DBAPIError as error:
                if not again or not lost_a_race(error):
                    raise
    raise AssertionError("the last try returns or raises")


def _once(office: Office, operation: Operation, work: Callable[[Work], T]) -> Done[T]:
    with office.writer.begin() as connection:
        bench = Work(office, connection, office.clock.now(), office.actor)
        value = work(bench)
        bench.flush()
    bench.settle()
    _remember(bench, operation)
    return Done(value, bench.changes())


@contextmanager
def reading(office: Office, right: str = Right.LOOK) -> Iterator[Connection]:
    """A connection for looking; one consistent view of the file while it is held.

    `right` is what it takes; '' for the few rows that tell nothing of a resident.

    Raises:
        NotGranted: the operator may not see this.
    """
    if right:
        demand(office, right)
    with disk_troubles(), office.reader.connect() as connection:
        yield connection


@contextmanager
def walking(office: Office, right: str = Right.LOOK) -> Iterator[Connection]:
    """As `reading`, for a walk over the whole file: the pages it passed, which nobody asks for soon, leave memory after it.

    Some milliseconds longer, so not on the window's thread.

    Raises:
        NotGranted: the operator may not see this.
    """
    with reading(office, right) as connection:
        yield connection
        if not office.paths.server:
            connection.exec_driver_sql("PRAGMA shrink_memory")
    memory.give_back()


def _require(office: Office, operation: Operation) -> None:
    if office.read_only:
        raise OfficeReadOnly
    granted = {grant[0] for grant in office.grants}
    elsewhere = operation in (AT_DESKS_ONLY if office.kind == "county" else AT_COUNTIES_ONLY)
    if elsewhere or not (operation in EVERYBODYS or granted.intersection(("*", operation))):
        raise NotGranted(operation)
