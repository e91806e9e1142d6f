"""The chain looked at again: the last thousand events at every start, all of it once a week or when somebody asks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from db.models import Event, PackageOut
from desk.domain import events
from desk.domain.events import EventRecord
from desk.exporting.progress import Progress
from desk.services import audit, settings
from desk.services.event_store import read_events
from desk.services.forgetting import Unexplained
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, chain_head, perform, reading
from desk.services.sync_send import SENT

LAST_WHOLE = "chain_checked"
"""The setting that keeps when all of it was last looked at."""
AT_START = SLICE = 1_000
WHOLE_EVERY = timedelta(days=7)
MOST_FAULTS = 20
"""One edit may break nothing after it, a lost file breaks everything: so many places say enough."""


@dataclass(frozen=True, slots=True)
class ChainReport:
    """How many events were looked at, whether that was all, and the first places that do not hold, as sentences."""

    events: int
    whole: bool
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where the chain of this database ends; written down outside, it shows a tail that was cut off."""

    n: int
    hash: str

    @property
    def words(self) -> str:
        """For paper: the number, and the first sixteen digits of the hash by fours."""
        short = self.hash[:16].upper()
        return f"{self.n}　{' '.join(short[at : at + 4] for at in range(0, 16, 4))}"


def head(office: Office) -> ChainHead:
    """The last event of this database."""
    with reading(office, "") as connection:
        n, hashed, _mono = chain_head(connection, office.origin)
    return ChainHead(n, hashed.hex())


def check_start(office: Office, *, most: int = AT_START) -> ChainReport:
    """Look at the last `most` events of this database, and whether it ends before what was already sealed into packages."""
    with reading(office, "") as connection:
        last = chain_head(connection, office.origin)[0]
        sealed = select(func.max(PackageOut.last_n)).where(PackageOut.epoch == office.epoch)
        sent = connection.execute(sealed.where(PackageOut.kind.in_(SENT))).scalar() or 0
    cut = (f"经过记录第 {last + 1} 条以后的不见了，已写出的交换包里有到第 {sent} 条",)
    first = max(1, last - most + 1)
    blank = Unexplained()
    count, faults = _walked(_slices(office, office.origin, first, last), first, blank)
    faults += blank.faults()
    return ChainReport(count, whole=False, faults=(*(cut if sent > last else ()), *faults))


def is_due(office: Office) -> bool:
    """Whether a week went by since all of it was last looked at; a clock set back makes it due."""
    kept = settings.get(office, LAST_WHOLE)
    days = (office.today - date.fromisoformat(kept)) if kept else WHOLE_EVERY
    return not timedelta(0) <= days < WHOLE_EVERY


def check_whole(
    office: Office,
    *,
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
) -> ChainReport:
    """Look at every event of every database that is here; no connection is held for longer than a slice.

    Raises:
        Cancelled: it was stopped.
    """
    told = Progress(progress, cancelled, "核对经过记录")
    with reading(office, "") as connection:
        ends = connection.execute(select(Event.origin, func.max(Event.n)).group_by(Event.origin))
        last: dict[UUID, int] = {row[0]: row[1] for row in ends}
    total, done = sum(last.values()), 0
    faults: list[str] = []
    blank = Unexplained()
    for origin, n in last.items():
        seen, found = _walked(_told(_slices(office, origin, 1, n), told, done, total), 1, blank)
        done, faults = done + seen, [*faults, *found]
    faults += blank.faults()
    return ChainReport(done, whole=True, faults=tuple(faults[:MOST_FAULTS]))


def keep(office: Office, *, report: ChainReport) -> Done[None]:
    """Note that all of it was looked at and what came of it; without a fault the next is due in a week."""

    def work(bench: Work) -> None:
        audit.note(
            bench,
            "chain_checked",
            events=report.events,
            faults=len(report.faults),
        )
        if not report.faults:
            settings.keep(bench.connection, LAST_WHOLE, value=bench.today.isoformat())

    return perform(office, Operation.NOTE, work)


def _slices(office: Office, origin: UUID, first: int, last: int) -> Iterator[EventRecord]:
    for start in range(first, last + 1, SLICE):
        within = (Event.origin == origin, Event.n >= start, Event.n < min(start + SLICE, last + 1))
        with reading(office, "") as connection:
            some = list(read_events(connection, *within))
        yield from some


def _told(
    records: Iterator[EventRecord], told: Progress, before: int, total: int
) -> Iterator[EventRecord]:
    for done, record in enumerate(records, before + 1):
        told.step(done, total)
        yield record


def _walked(
    records: Iterator[EventRecord], first: int, blank: Unexplained
) -> tuple[int, list[str]]:
    """How many there were, and the first places that do not hold."""
    count, previous = 0, None
    faults: list[str] = []
    for record in records:
        count += 1
        if len(faults) < MOST_FAULTS:
            faults += link_faults(previous, record, first)
        blank.see(record)
        previous = record
    return count, faults[:MOST_FAULTS]


def link_faults(previous: EventRecord | None, record: EventRecord, first: int = 1) -> Iterator[str]:
    """What is wrong with a record after the one before it; of each database the first seen is number `first`."""
    follows = previous is not None and previous.origin == record.origin
    expected = previous.n + 1 if follows and previous else first
    before = previous.hash if follows and previous else events.GENESIS
    if record.n != expected:
        yield f"经过记录第 {expected} 条缺失"
    elif record.prev != before and (follows or first == 1):
        yield f"经过记录第 {record.n} 条与上一条接不上"
    if not events.is_whole(record):
        yield f"经过记录第 {record.n} 条被改动过"
