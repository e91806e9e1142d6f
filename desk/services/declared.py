"""Control totals over what one desk declared, counted in the database: the same on both sides of a package."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Event
from desk.domain.canonical import Json
from desk.exchange.control_totals import CaseHead, totals, with_event
from desk.services.event_store import read_events

BATCH = 500


def declared(
    connection: Connection, origin: UUID, until: int, refused: Collection[UUID] = ()
) -> dict[str, Json]:
    """Events by kind, cases by item and state, and the hash over all case heads, as they stood after event `until`.

    A case's row tells its item and state, but not where the case has moved on since, has no row, or the county refused
    one of its events (`refused`): those are told by the log.
    """
    kinds = connection.execute(
        select(Event.kind, func.count())
        .where(Event.origin == origin, Event.n <= until)
        .group_by(Event.kind)
    )
    counted: dict[str, int] = {kind: count for kind, count in kinds}  # noqa: C416
    heads, without_row = _by_rows(connection, origin, until)
    by_log = without_row | _moved_on(connection, origin, until) | set(refused)
    told = _by_log(connection, origin, until, sorted(by_log))
    return totals(counted, (heads | told).values())


def _by_rows(
    connection: Connection, origin: UUID, until: int
) -> tuple[dict[UUID, CaseHead], set[UUID]]:
    last = (
        select(Event.entity_id, func.max(Event.n).label("n"))
        .where(Event.origin == origin, Event.entity == "case", Event.n <= until)
        .group_by(Event.entity_id)
        .subquery()
    )
    own_row = (CaseFile.id == last.c.entity_id) & (CaseFile.origin == origin)
    rows = connection.execute(
        select(last.c.entity_id, last.c.n, Event.hash, CaseFile.item_code, CaseFile.state)
        .join(Event, (Event.origin == origin) & (Event.n == last.c.n))
        .join(CaseFile, own_row, isouter=True)
    )
    heads, without_row = {}, set()
    for case_id, n, hash_, item, state in rows:
        if state is None:
            without_row.add(case_id)
        else:
            heads[case_id] = CaseHead(case_id, n, bytes(hash_), item, state, n)
    return heads, without_row


def _moved_on(connection: Connection, origin: UUID, until: int) -> set[UUID]:
    """The cases that changed their state after `until`; none when the log ends there."""
    later = select(Event.entity_id).where(
        Event.origin == origin, Event.n > until, Event.kind == "case.moved"
    )
    return set(connection.execute(later).scalars())


def _by_log(
    connection: Connection, origin: UUID, until: int, cases: list[UUID]
) -> dict[UUID, CaseHead]:
    heads: dict[UUID, CaseHead] = {}
    for start in range(0, len(cases), BATCH):
        some = cases[start : start + BATCH]
        mine = (Event.origin == origin, Event.n <= until, Event.entity_id.in_(some))
        for record in read_events(connection, *mine, Event.entity == "case"):
            known = heads.get(record.entity_id, CaseHead(record.entity_id, 0, b""))
            heads[record.entity_id] = with_event(known, record)
    return heads
