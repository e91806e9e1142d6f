"""Orders no officer's page gives, as of a county with other rules or another program: refused there, or done by no desk."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from db.models import OrderTaken
from desk.domain.canonical import Json
from desk.errors import ActionNotAllowed, ChangedMeanwhile, FieldsRefused, NotFound
from desk.exchange.order_lines import OrderKind
from desk.services import case_store, case_views, orders
from desk.services.operation import Operation, Work, perform, reading
from desk.words import orders as words
from tests.builders import id_number, person, take_in
from tests.services.test_orders import the_case, there_and_back, version, whole
from tests.services.trips import Trip


@pytest.fixture
def told(trip: Trip) -> Trip:
    """The county knows the desk's one case, and the desk knows that it does."""
    there_and_back(trip)
    return trip


def forced(trip: Trip, case_id: UUID, kind: OrderKind, body: Mapping[str, Json]) -> UUID:
    """The order as it is written down and sent, whatever this program's own checks would say of it."""

    def work(bench: Work) -> UUID:
        stored = case_store.load(trip.hub, bench.connection, case_id)
        return orders.give(bench, stored, kind, body)

    return perform(trip.hub, Operation.GIVE_ORDER, work).value


def answers(trip: Trip) -> dict[UUID, tuple[str, str]]:
    """What became of each order, and why not."""
    with reading(trip.desk) as connection:
        rows = connection.execute(select(OrderTaken.id, OrderTaken.outcome, OrderTaken.facts))
        return {row.id: (row.outcome, row.facts["why"]) for row in rows}


def test_what_the_desk_cannot_do_is_answered_and_changes_nothing(told: Trip) -> None:
    """A field no item has, one of the desk's own, a move that is not open, erasing while the case runs."""
    case_id = the_case(told)
    edit: dict[str, Any] = {"reason": "乡镇来电核实"}
    sent = [
        forced(told, case_id, "request", {"field": "shoe_size", "reason": "请核实"}),
        forced(told, case_id, "edit", {**edit, "fields": {"shoe_size": "44"}}),
        forced(told, case_id, "edit", {**edit, "fields": {"live_state": "独居"}}),
        forced(told, case_id, "move", {"action": "archive", "asks": {}, "reason": ""}),
        forced(told, case_id, "move", {"action": "fly", "asks": {}, "reason": ""}),
        forced(told, case_id, "erase", {"reason": "这户的档案按规定到期"}),
    ]
    before = case_views.detail(told.desk, case_id=case_id)
    assert len(there_and_back(told)) == len(sent)
    after = case_views.detail(told.desk, case_id=case_id)
    assert (after.form, after.state) == (before.form, before.state)
    found = answers(told)
    assert [found[order][0] for order in sent] == ["impossible"] * len(sent)
    assert "居住情况" in found[sent[2]][1]
    assert found[sent[5]][1].startswith(words.NOT_CLOSED)
    assert all(why for _, why in found.values())
    assert whole(told)


def test_time_alone_moves_a_case_and_no_order(trip: Trip) -> None:
    """Silence of five working days is acceptance by law, not by somebody's word."""
    done = take_in(trip.desk, "MZ-YL-01", who=person("张桂英", id_no=id_number(order=88)))
    there_and_back(trip)
    for office in (trip.desk, trip.hub):
        clock: Any = office.clock
        clock.advance(days=14)
    assert "silent_accept" not in {one.key for one in orders.moves(trip.hub, case_id=done.case_id)}
    with pytest.raises(ActionNotAllowed):
        orders.give_move(trip.hub, case_id=done.case_id, action="silent_accept", asks={})
    order = forced(
        trip, done.case_id, "move", {"action": "silent_accept", "asks": {}, "reason": ""}
    )
    there_and_back(trip)
    assert answers(trip)[order][0] == "impossible"
    assert case_views.detail(trip.desk, case_id=done.case_id).row.state == "received"
    assert whole(trip)


def test_what_the_county_does_not_know_it_cannot_order(told: Trip) -> None:
    case_id = the_case(told)
    seen = version(told.hub, case_id)
    give_edit: dict[str, Any] = {"case_id": case_id, "reason": "x"}
    with pytest.raises(ChangedMeanwhile):
        orders.give_edit(told.hub, version=seen + 1, fields={"kin_phone": ""}, **give_edit)
    for fields in ({}, {"shoe_size": "44"}):
        with pytest.raises(FieldsRefused):
            orders.give_edit(told.hub, version=seen, fields=fields, **give_edit)
    for field, reason in (("shoe_size", "请核实"), ("live_state", " ")):
        with pytest.raises(FieldsRefused):
            orders.give_request(told.hub, case_id=case_id, field=field, reason=reason)
    with pytest.raises(NotFound):
        orders.give_decision(told.hub, conflict_id=uuid4(), choice="desk")
    assert there_and_back(told) == ()
