"""What a desk erased, erased at the county as well: its own orders about such a case go with it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Erasure, Event, OrderGiven
from desk.domain.canonical import Json
from desk.services import attachment_care
from desk.services.erasing_projection import ERASE
from desk.services.operation import Work


def orders_too(bench: Work, origin: UUID, span: tuple[int, int]) -> None:
    """Erase the county's orders about the cases that these events (first and last number) of a desk erase, and their pictures."""
    first, last = span
    told = select(Event.entity_id).where(
        Event.origin == origin, Event.n.between(first, last), Event.kind == "case.erased"
    )
    erased = told.where(Event.entity_id.in_(select(Erasure.id)))
    gone = bench.connection.execute(erased).scalars().all()
    if gone:
        bench.afterwards(lambda: _drop_pictures(bench))
    for case_id in gone:
        if events := _events(bench.connection, case_id):
            payload: dict[str, Json] = {"case": case_id.hex, "events": list(events)}
            bench.emit("orders.erased", "order", bench.new_id(), payload)


def _drop_pictures(bench: Work) -> None:
    attachment_care.clean(bench.office)


def _events(connection: Connection, case_id: UUID) -> tuple[str, ...]:
    """The events by which the county gave its orders about a case, but for the one to erase it."""
    given = select(OrderGiven.id).where(OrderGiven.case_id == case_id, OrderGiven.kind != ERASE)
    events = select(Event.id).where(Event.entity_id.in_(given), Event.kind == "order.given")
    return tuple(one.hex for one in connection.execute(events).scalars())
