"""A package that carries again what was not acknowledged: it closes a gap, and overwrites nothing."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Event, PackageIn
from desk.domain.events import GENESIS, EventRecord
from desk.errors import PackageRefused
from desk.exchange.ack import RefusedEvent
from desk.exchange.event_lines import read_lines
from desk.exchange.parts import Contents
from desk.exchange.receiving import Inspected
from desk.services import hub_erasing, hub_senders
from desk.services.declared import declared
from desk.services.hub_applying import TotalsDiffer, known, remember, still_next, take
from desk.services.operation import Work
from desk.services.refused import entities_of, refused_events


def apply(
    bench: Work, package: Inspected, contents: Contents
) -> tuple[int, tuple[RefusedEvent, ...]]:
    """Pass over the events that are here already, append and project the others, compare totals counted anew.

    Raises:
        PackageRefused: HELD if events before it are missing, FORK if an event of this number is here with other content.
        TotalsDiffer: all of it is to be rolled back.
    """
    header, connection = package.header, bench.connection
    if header is None:
        raise ValueError("only a package found READY is applied")
    row = hub_senders.hold(connection, header.db_id, header.epoch)
    still_next(connection, package, row)
    first, last = header.events
    if not 0 < first <= row.last_n + 1:
        raise PackageRefused("HELD", seq=header.seq, expected=row.last_seq + 1)
    head = _hash_at(connection, package, first - 1)
    records = known(read_lines(contents.events, header.events, head), header)
    fresh = _not_here(connection, package, records, row.last_n)
    reached, count, refused = take(connection, header.db_id, fresh, bytes(row.head))
    hub_erasing.orders_too(bench, header.db_id, header.events)
    mine = [one for _, one in refused_events(connection, PackageIn.sender == header.db_id)]
    doubted = entities_of(connection, (*mine, *refused))
    before = declared(connection, header.db_id, first - 1, doubted)
    after = declared(connection, header.db_id, last, doubted)
    if (before, after) != (contents.totals_before, contents.totals_after):
        raise TotalsDiffer
    now = max(last, row.last_n)
    totals = after if now == last else declared(connection, header.db_id, now, doubted)
    remember(bench, package, (reached, totals), refused, last_n=now)
    return count, tuple(refused)


def _not_here(
    connection: Connection, package: Inspected, records: Iterator[EventRecord], last_n: int
) -> Iterator[EventRecord]:
    """The events later than `last_n`; the others must be the very ones that are here."""
    for record in records:
        if record.n > last_n:
            yield record
        elif _hash_at(connection, package, record.n) != record.hash:
            raise PackageRefused("FORK", seq=package.header.seq if package.header else 0)


def _hash_at(connection: Connection, package: Inspected, n: int) -> bytes:
    if package.header is None or n == 0:
        return GENESIS
    found = select(Event.hash).where(Event.origin == package.header.db_id, Event.n == n)
    return bytes(connection.execute(found).scalar_one())
