"""Control totals over what one desk declared, counted in the database: the same on both sides of a package."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Event, EventPayload
from desk.domain.canonical import Json
from desk.exchange.control_totals import CaseHead, totals


def declared(connection: Connection, origin: UUID, until: int) -> dict[str, Json]:
    """Events by kind, cases by item and state, and the hash over all case heads, as they stood after event `until`."""
    kinds = connection.execute(
        select(Event.kind, func.count())
        .where(Event.origin == origin, Event.n <= until)
        .group_by(Event.kind)
    )
    last = (
        select(Event.entity_id, func.max(Event.n).label("n"))
        .where(Event.origin == origin, Event.entity == "case", Event.n <= until)
        .group_by(Event.entity_id)
        .subquery()
    )
    rows = connection.execute(
        select(CaseFile.id, CaseFile.item_code, CaseFile.state, last.c.n, Event.hash)
        .join(last, last.c.entity_id == CaseFile.id)
        .join(Event, (Event.origin == origin) & (Event.n == last.c.n))
    )
    moved_on = _states_then(connection, origin, until)
    heads = [
        CaseHead(case_id, n, bytes(hash_), item, moved_on.get(case_id, state), n)
        for case_id, item, state, n, hash_ in rows
    ]
    counted: dict[str, int] = {kind: count for kind, count in kinds}  # noqa: C416
    return totals(counted, heads)


def _states_then(connection: Connection, origin: UUID, until: int) -> dict[UUID, str]:
    """The state after `until` of the cases that have moved on since; nobody has when the log ends there."""
    later = select(Event.entity_id).where(
        Event.origin == origin, Event.n > until, Event.kind == "case.moved"
    )
    rows = connection.execute(
        select(Event.entity_id, EventPayload.payload)
        .join(EventPayload, EventPayload.event_id == Event.id)
        .where(
            Event.origin == origin,
            Event.n <= until,
            Event.kind.in_(("case.opened", "case.moved")),
            Event.entity_id.in_(later),
        )
        .order_by(Event.n)
    )
    return {case_id: payload.get("to", payload.get("state", "")) for case_id, payload in rows}
