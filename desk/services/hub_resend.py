"""The county gives back to a window what it has of its earlier databases, and takes nothing more of those."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from db.models import Enrolment as EnrolmentRow
from db.models import Event, Site
from desk.domain.events import EventRecord
from desk.exchange.control_totals import NOTHING
from desk.exchange.key_files import Enrolment
from desk.exchange.parts import Contents
from desk.exchange.resend import Chain, GiveBack, write_give_back
from desk.exchange.stick import write_package
from desk.files import read_whole
from desk.services import hub_desks, hub_down, hub_send, hub_senders, parcels
from desk.services.event_store import read_events
from desk.services.hub_family import reached
from desk.services.office import Office
from desk.services.operation import Operation, Work, perform

AT_ONCE = 5_000
"""Events in one package."""


def resend(
    office: Office, *, site: str, window: int, folder: Path, first: int = 1, most: int = AT_ONCE
) -> tuple[tuple[str, ...], int]:
    """Write everything of this window's earlier databases, from their event `first` on; gives file names and events.

    From then on those databases are closed for the present one: what still comes of them is refused.

    Raises:
        NotFound: no such window is known.
        StickTrouble: it could not be written.
    """
    desk = hub_desks.desk_at(office, site=site, window=window)
    made, events = perform(
        office, Operation.EXCHANGE, lambda bench: _make(bench, desk, first, most)
    ).value
    for name in made:
        data = read_whole(office.paths.packages / name)
        write_package(folder, name, data, lambda _done, _total, _what: None, lambda: False)
    hub_down.put(office, desk, folder)
    return tuple(made), events


def _make(bench: Work, desk: Enrolment, first: int, most: int) -> tuple[list[str], int]:
    connection = bench.connection
    chains = _closed(connection, desk)
    records = _records(connection, chains, first)
    slices = list(_slices(records, most)) or [[]]
    made = []
    for place, some in enumerate(slices):
        told = GiveBack(tuple(chains), place + 1, len(slices))
        blobs = parcels.of_records(bench.office.blobs, some)
        contents = Contents(NOTHING, NOTHING, body=write_give_back(told, some), blobs=blobs)
        made.append(hub_send.send(bench, desk, "RESEND", contents)[0])
    return made, sum(map(len, slices))


def _slices(records: Iterator[EventRecord], most: int) -> Iterator[list[EventRecord]]:
    """The events in parts of at most `most`, and of no more pictures than fit into one package."""
    some: list[EventRecord] = []
    size = 0
    for record in records:
        size += parcels.size_of(record)
        if some and (len(some) == most or size > parcels.MOST_BYTES):
            yield some
            some, size = [], parcels.size_of(record)
        some.append(record)
    if some:
        yield some


def _closed(connection: Connection, desk: Enrolment) -> list[Chain]:
    """The window's other databases, closed for this one unless another carries them on already, the earliest first."""
    rows = connection.execute(
        select(EnrolmentRow.origin, EnrolmentRow.epoch)
        .where(
            EnrolmentRow.site == desk.site,
            EnrolmentRow.window == desk.window,
            EnrolmentRow.origin != desk.db_id,
        )
        .distinct()
        .order_by(EnrolmentRow.origin)
    ).all()
    carried = set(
        connection.execute(select(Site.origin).where(Site.continued_by.is_not(None))).scalars()
    )
    chains = []
    for origin, epoch in rows:
        hub_senders.hold(connection, origin, epoch)
        if origin not in carried:
            connection.execute(
                update(EnrolmentRow)
                .where(EnrolmentRow.origin == origin)
                .values(closed_for=desk.db_id)
            )
        chains.append(Chain(origin, epoch, *reached(connection, origin)))
    return chains


def _records(connection: Connection, chains: Sequence[Chain], first: int) -> Iterator[EventRecord]:
    origins: list[UUID] = [one.origin for one in chains]
    return read_events(connection, Event.origin.in_(origins), Event.n >= first)
