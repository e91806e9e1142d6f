"""An erasure travels: the county orders it, the desk's two persons carry it out, the county's copy goes with it."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from db.models import CaseFile, Erasure, OrderGiven, OrderTaken
from desk.errors import ActionNotAllowed, CaseErased, ChangedMeanwhile, FieldsRefused
from desk.services import case_editing, cases, erasing, keeping, orders
from desk.services.check import check
from desk.services.operation import reading
from tests.services.erasing_desk import erase, refused_long_ago, says
from tests.services.trips import Trip, rows_of

SHUT = "这户的档案按规定到期"
pytestmark = pytest.mark.both_engines
NAMES = ("单小", "刘桂兰", "桂兰")


@pytest.fixture
def told(trip: Trip) -> Trip:
    """The county knows of a closed case that is due, besides the one that runs."""
    refused_long_ago(trip.desk)
    hub_clock: Any = trip.hub.clock
    desk_clock: Any = trip.desk.clock
    hub_clock.moment = desk_clock.moment
    there_and_back(trip)
    return trip


def there_and_back(trip: Trip) -> None:
    trip.export()
    trip.receive()
    trip.answers()


def closed(trip: Trip) -> UUID:
    with reading(trip.desk) as connection:
        query = select(CaseFile.id).where(CaseFile.phase == "closed")
        return connection.execute(query).scalar_one()


def rows_in(office: Any, model: Any) -> list[Any]:
    with reading(office) as connection:
        return list(connection.execute(select(model.__table__)).mappings())


def whole(trip: Trip) -> bool:
    """Both sides have the same rows of the desk, and both follow from their logs."""
    same = rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)
    return same and check(trip.hub).findings == () and check(trip.desk).findings == ()


def test_what_the_desk_erases_the_county_erases(told: Trip) -> None:
    case_id = closed(told)
    wrong = orders.give_request(told.hub, case_id=case_id, field="purpose", reason="刘桂兰来电")
    assert wrong.value
    assert "刘桂兰" in str(rows_in(told.hub, OrderGiven))
    erase(told.desk, case_id)
    there_and_back(told)
    there_and_back(told)
    assert says(told.hub, "刘桂兰", "桂兰") == []
    assert says(told.desk, "刘桂兰", "桂兰") == []
    assert [one["id"] for one in rows_in(told.hub, Erasure) if one["what"] == "case"] == [case_id]
    assert whole(told)


def test_the_county_orders_it_and_hears_that_it_is_done(told: Trip) -> None:
    case_id = closed(told)
    order = orders.give_erasure(told.hub, case_id=case_id, reason=SHUT).value
    there_and_back(told)
    asked = [one for one in keeping.view(told.desk).due if one.order]
    assert [(one.id, one.wish) for one in asked] == [(case_id, f"县里要求删除（赵县管）：{SHUT}")]
    erase(told.desk, case_id)
    there_and_back(told)
    assert [one["outcome"] for one in rows_in(told.hub, OrderTaken)] == ["erased"]
    assert [one["id"] for one in rows_in(told.hub, OrderGiven)] == [order]
    assert says(told.hub, "刘桂兰") == []
    assert whole(told)


def test_the_desk_may_say_why_it_keeps_it(told: Trip) -> None:
    case_id = closed(told)
    order = orders.give_erasure(told.hub, case_id=case_id, reason=SHUT).value
    there_and_back(told)
    erasing.decline(told.desk, order_id=order, why="还有一笔没有核清")
    there_and_back(told)
    assert [one["outcome"] for one in rows_in(told.hub, OrderTaken)] == ["kept_on"]
    assert whole(told)


def test_a_held_case_is_not_taken_for_erasing(told: Trip) -> None:
    case_id = closed(told)
    erasing.hold(told.desk, record_id=case_id, why="法院调卷")
    orders.give_erasure(told.hub, case_id=case_id, reason=SHUT)
    there_and_back(told)
    assert [one["outcome"] for one in rows_in(told.desk, OrderTaken)] == ["impossible"]
    assert keeping.view(told.desk).due == ()


def test_only_what_is_closed_is_ordered_away_and_with_a_reason(told: Trip) -> None:
    with reading(told.hub) as connection:
        running = connection.execute(select(CaseFile.id).where(CaseFile.phase == "open")).scalar()
    assert running is not None
    with pytest.raises(ActionNotAllowed):
        orders.give_erasure(told.hub, case_id=running, reason=SHUT)
    with pytest.raises(FieldsRefused):
        orders.give_erasure(told.hub, case_id=closed(told), reason=" ")


def test_what_is_ordered_of_an_erased_case_finds_nothing(told: Trip) -> None:
    """Both kinds crossed the erasure on their way; nothing of what was to be written is kept."""
    case_id = closed(told)
    orders.give_request(told.hub, case_id=case_id, field="purpose", reason="刘桂兰来电")
    orders.give_erasure(told.hub, case_id=case_id, reason=SHUT)
    erase(told.desk, case_id)
    there_and_back(told)
    there_and_back(told)
    taken = {one["kind"]: one["outcome"] for one in rows_in(told.desk, OrderTaken)}
    assert taken.get("erase", "erased") == "erased"
    assert says(told.desk, "刘桂兰") == []
    with pytest.raises(CaseErased):
        orders.give_erasure(told.hub, case_id=case_id, reason=SHUT)
    there_and_back(told)
    assert whole(told)


def test_an_erasure_wish_is_no_request_of_the_page(told: Trip) -> None:
    case_id = closed(told)
    order = orders.give_erasure(told.hub, case_id=case_id, reason=SHUT).value
    there_and_back(told)
    with pytest.raises(ChangedMeanwhile):
        case_editing.decline(told.desk, order_id=order, why="不是更正")
    assert cases.tick(told.desk).value == 0
