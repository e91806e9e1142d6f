"""A desk speaks of the orders it was given, and of no others."""

from uuid import UUID

import pytest
from sqlalchemy import select

from db.models import OrderGiven, OrderTaken, PackageOut
from desk.domain.canonical import Json
from desk.services import orders, sync
from desk.services.operation import reading
from tests.services.forging import following, log_of, package
from tests.services.test_orders import the_case, there_and_back
from tests.services.trips import Trip, put

pytestmark = pytest.mark.both_engines


def said(case_id: UUID) -> dict[str, Json]:
    return {
        "case": case_id.hex,
        "kind": "request",
        "outcome": "taken",
        "body": {"field": "live_state", "reason": "x"},
        "facts": {"what": "", "why": ""},
        "given_at": "2026-11-23T09:00:00+08:00",
        "given_by": "赵县管",
    }


def refused(trip: Trip, kind: str, order: UUID, payload: dict[str, Json]) -> list[str]:
    """The codes the county gives back for one forged event more."""
    log = following(log_of(trip.desk), kind, order, payload)
    put(trip.stick, "forged.bmq", package(trip.desk, log))
    [done] = trip.receive()
    assert done.outcome == "COMMITTED"
    return [one.code for one in done.refused]


def told(trip: Trip) -> list[str]:
    """What the county holds of orders: how each was taken, who gave it."""
    with reading(trip.hub) as connection:
        return [
            *connection.execute(select(OrderTaken.outcome)).scalars(),
            *connection.execute(select(OrderGiven.given_by)).scalars(),
        ]


def test_an_order_never_given_cannot_be_taken(trip: Trip):
    assert refused(trip, "order.taken", UUID(int=5), said(the_case(trip))) == ["OWNER"]
    with reading(trip.hub) as connection:
        assert connection.execute(select(OrderTaken.id)).all() == []


def test_a_desk_gives_no_orders(trip: Trip):
    payload: dict[str, Json] = {
        "addressee": trip.desk.origin.hex,
        "case": the_case(trip).hex,
        "kind": "request",
        "base": 1,
        "body": {"field": "live_state", "reason": "x"},
        "by": "王敏",
    }
    assert refused(trip, "order.given", UUID(int=5), payload) == ["OWNER"]
    with reading(trip.hub) as connection:
        assert connection.execute(select(OrderGiven.id)).all() == []


@pytest.mark.parametrize("kind", ["order.taken", "order.given"])
def test_what_the_county_said_is_not_said_again_by_a_desk(trip: Trip, kind: str):
    """Not even about an order that was given to this desk: it has its own events for that."""
    there_and_back(trip)
    case_id = the_case(trip)
    order = orders.give_request(
        trip.hub, case_id=case_id, field="live_state", reason="请核实"
    ).value
    there_and_back(trip)
    there_and_back(trip)
    before = told(trip)
    log = log_of(trip.desk)
    payload = said(case_id) | {"addressee": trip.desk.origin.hex, "base": 1, "by": "王敏"}
    forged = following(log, kind, order, payload)
    last = sync.view(trip.desk).packages[0].seq
    with reading(trip.desk) as connection:
        digest = connection.execute(
            select(PackageOut.digest).where(PackageOut.seq == last)
        ).scalar_one()
    put(trip.stick, "z.bmq", package(trip.desk, forged, len(log), seq=last + 1, prev=bytes(digest)))
    [*_, done] = trip.receive()
    assert (done.outcome, [one.code for one in done.refused]) == ("COMMITTED", ["RULE"])
    assert before == told(trip) == ["asked", "赵县管"]
