"""The county's orders on real files: each kind, each outcome, and both sides whole afterwards."""

from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from db.models import CaseFile, Conflict, OrderGiven, OrderTaken
from desk.clock import FixedClock
from desk.domain.numbering import MAX_SERIAL
from desk.errors import ActionNotAllowed, ChangedMeanwhile, FieldsRefused, NotGranted
from desk.services import case_editing, case_store, case_views, cases, conflicts, hub_orders, orders
from desk.services.check import check
from desk.services.operation import reading
from desk.words import orders as words
from tests.services.test_numbers import given_out
from tests.services.trips import Trip, on_stick, put, rows_of, served

pytestmark = pytest.mark.both_engines

REASON = "乡镇来电核实"


def the_case(trip: Trip) -> UUID:
    with reading(trip.desk) as connection:
        return connection.execute(select(CaseFile.id)).scalar_one()


def version(office: Any, case_id: UUID) -> int:
    with reading(office) as connection:
        return case_store.load(office, connection, case_id).standing.version


def form(office: Any, case_id: UUID) -> dict[str, Any]:
    with reading(office) as connection:
        return dict(case_store.load(office, connection, case_id).standing.form)


def outcomes(office: Any) -> list[str]:
    """Of all orders taken, in no order of time."""
    with reading(office) as connection:
        return sorted(connection.execute(select(OrderTaken.outcome)).scalars())


def rows_in(office: Any, model: Any) -> list[Any]:
    with reading(office) as connection:
        return list(connection.execute(select(model.__table__).order_by(model.id)).mappings())


@pytest.fixture
def told(trip: Trip) -> Trip:
    """The county knows the desk's one case, and the desk knows that it does."""
    there_and_back(trip)
    return trip


def there_and_back(trip: Trip) -> tuple[str, ...]:
    """One trip of a stick: up, received, down; what the desk was told of orders."""
    trip.export()
    trip.receive()
    return tuple(one for one in trip.answers().taken if "县里（" in one)


def whole(trip: Trip) -> bool:
    """After one more trip both sides have the same rows of the desk, and both follow from their logs."""
    there_and_back(trip)
    same = rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)
    return same and check(trip.hub).findings == () and check(trip.desk).findings == ()


def edit(trip: Trip, **fields: object) -> UUID:
    case_id = the_case(trip)
    seen = version(trip.hub, case_id)
    return orders.give_edit(
        trip.hub, case_id=case_id, version=seen, fields=fields, reason=REASON
    ).value


def at_desk(trip: Trip, **fields: object) -> None:
    case_id = the_case(trip)
    case_editing.edit(
        trip.desk,
        case_id=case_id,
        version=version(trip.desk, case_id),
        fields=fields,
        why="本人来改",
    )


def test_a_move_ordered_by_the_county_moves_the_case_in_its_officers_name(told: Trip):
    case_id = the_case(told)
    asks = {"accepted_on": "2026-11-23", "acceptor_no": "城关 31 号"}
    orders.give_move(told.hub, case_id=case_id, action="confirm_accepted", asks=asks)
    [said] = there_and_back(told)
    assert said.endswith("县里（赵县管）要求“登记受理”，已照办。")
    shown = case_views.detail(told.desk, case_id=case_id)
    assert shown.state.key == "accepted"
    assert next((row.who, row.text[:8]) for row in shown.history) == (
        "县里 赵县管",
        "受理机关已受理 ",
    )
    assert "acceptance_notice" in {paper.kind for paper in shown.documents}
    assert outcomes(told.desk) == ["taken"]
    assert whole(told)
    assert outcomes(told.hub) == ["taken"]


def test_the_reason_of_a_refusal_comes_down_and_stands_on_the_case(told: Trip):
    case_id = the_case(told)
    asks = {"reason": "户籍不在本县"}
    orders.give_move(told.hub, case_id=case_id, action="refuse", asks=asks)
    there_and_back(told)
    shown = case_views.detail(told.desk, case_id=case_id)
    assert shown.state.key == "refused"
    assert ("县里 赵县管", "户籍不在本县") in [(row.who, row.reason) for row in shown.history]
    assert whole(told)


def test_an_order_waits_while_there_are_no_numbers(told: Trip):
    """Nothing is recorded of it; on the next day it is taken from the same stick."""
    case_id = the_case(told)
    asks = {"accepted_on": "2026-11-23"}
    orders.give_move(told.hub, case_id=case_id, action="confirm_accepted", asks=asks)
    told.export()
    told.receive()
    given_out(told.desk, range(1, MAX_SERIAL + 1), series="SL")
    back = told.answers()
    assert words.WAITS_FOR_NUMBERS in back.passed_over
    assert outcomes(told.desk) == []
    assert isinstance(told.desk.clock, FixedClock)
    told.desk.clock.advance(days=1)
    [said] = [one for one in told.answers().taken if "县里（" in one]
    assert said.endswith("已照办。")
    assert outcomes(told.desk) == ["taken"]


def test_a_closed_case_is_not_undone_by_a_late_order(told: Trip):
    case_id = the_case(told)
    asks = {"accepted_on": "2026-11-23"}
    orders.give_move(told.hub, case_id=case_id, action="confirm_accepted", asks=asks)
    cases.act(
        told.desk,
        case_id=case_id,
        version=version(told.desk, case_id),
        action="withdraw",
        asks={"reason": "本人不办了"},
    )
    before = case_views.detail(told.desk, case_id=case_id).row.state
    [said] = there_and_back(told)
    assert "到得晚" in said
    assert case_views.detail(told.desk, case_id=case_id).row.state == before
    assert outcomes(told.desk) == ["late"]
    assert whole(told)
    assert outcomes(told.hub) == ["late"]


def test_what_cannot_be_done_now_is_said_on_both_sides(told: Trip):
    case_id = the_case(told)
    orders.give_move(
        told.hub, case_id=case_id, action="confirm_accepted", asks={"accepted_on": "2026-11-20"}
    )
    [said] = there_and_back(told)
    assert "办不了" in said
    assert "日期应在" in said
    assert case_views.detail(told.desk, case_id=case_id).row.state == "received"
    assert whole(told)
    [taken] = rows_in(told.hub, OrderTaken)
    assert taken["outcome"] == "impossible"
    assert taken["facts"]["why"].startswith("日期应在 2026-11-23")


@pytest.mark.parametrize(
    ("field", "value"), [("first_pay_month", "2026-12"), ("kin_phone", "13800000000")]
)
def test_fields_of_the_county_and_shared_ones_are_written(told: Trip, field: str, value: str):
    edit(told, **{field: value})
    assert len(there_and_back(told)) == 1
    assert form(told.desk, the_case(told))[field] == value
    assert outcomes(told.desk) == ["taken"]
    assert whole(told)


def test_a_field_of_the_site_is_only_asked_about(told: Trip):
    with pytest.raises(FieldsRefused) as refused:
        edit(told, live_state="独居")
    assert [(one.field, one.code) for one in refused.value.problems] == [
        ("live_state", "site_owned")
    ]
    case_id = the_case(told)
    orders.give_request(told.hub, case_id=case_id, field="live_state", reason="入户看到是独居")
    before = form(told.desk, case_id)
    [said] = there_and_back(told)
    assert "请社区更正“居住情况”" in said
    assert form(told.desk, case_id) == before
    assert outcomes(told.desk) == ["asked"]
    at_desk(told, live_state="独居")
    assert outcomes(told.desk) == ["done"]
    assert whole(told)
    assert outcomes(told.hub) == ["done"]


def test_a_request_may_be_declined_with_a_reason(told: Trip):
    order = orders.give_request(
        told.hub, case_id=the_case(told), field="live_state", reason="请核实"
    ).value
    there_and_back(told)
    with pytest.raises(FieldsRefused):
        case_editing.decline(told.desk, order_id=order, why=" ")
    case_editing.decline(told.desk, order_id=order, why="入户看过，没有变")
    with pytest.raises(ChangedMeanwhile):
        case_editing.decline(told.desk, order_id=order, why="再说一次")
    assert whole(told)
    [taken] = rows_in(told.hub, OrderTaken)
    assert (taken["outcome"], taken["facts"]["why"]) == ("declined", "入户看过，没有变")


def test_the_desk_does_not_write_what_is_the_countys(told: Trip):
    with pytest.raises(FieldsRefused) as refused:
        at_desk(told, first_pay_month="2026-12")
    assert [one.code for one in refused.value.problems] == ["not_here"]


def test_other_fields_changed_since_are_a_soft_conflict(told: Trip):
    edit(told, kin_phone="13800000000")
    at_desk(told, kin_name="刘小梅")
    [said] = there_and_back(told)
    assert "软冲突" in said
    kept = form(told.desk, the_case(told))
    assert (kept["kin_phone"], kept["kin_name"]) == ("13800000000", "刘小梅")
    assert outcomes(told.desk) == ["merged"]
    assert whole(told)


def test_the_same_field_changed_since_is_a_conflict_a_person_decides(told: Trip):
    case_id = the_case(told)
    was = form(told.desk, case_id).get("kin_phone")
    edit(told, kin_phone="13800000001")
    at_desk(told, kin_phone="13800000002")
    there_and_back(told)
    assert form(told.desk, case_id)["kin_phone"] == "13800000002"
    [row] = rows_in(told.desk, Conflict)
    assert (row["before"], row["ours"], row["theirs"]) == (was, "13800000002", "13800000001")
    assert (row["ours_by"], row["theirs_by"], row["choice"]) == ("王敏", "赵县管", "")
    assert whole(told)
    conflicts.decide(told.desk, conflict_id=row["id"], choice="county")
    assert form(told.desk, case_id)["kin_phone"] == "13800000001"
    with pytest.raises(ChangedMeanwhile):
        conflicts.decide(told.desk, conflict_id=row["id"], choice="desk")
    assert whole(told)
    [decided] = rows_in(told.hub, Conflict)
    assert (decided["choice"], decided["decided_by"]) == ("county", "王敏")


def test_the_desks_value_may_stay(told: Trip):
    edit(told, kin_phone="13800000001")
    at_desk(told, kin_phone="13800000002")
    there_and_back(told)
    [row] = rows_in(told.desk, Conflict)
    conflicts.decide(told.desk, conflict_id=row["id"], choice="desk")
    assert form(told.desk, the_case(told))["kin_phone"] == "13800000002"
    assert whole(told)


def test_the_same_value_on_both_sides_is_no_conflict(told: Trip):
    edit(told, kin_phone="13800000001")
    at_desk(told, kin_phone="13800000001")
    there_and_back(told)
    assert outcomes(told.desk) == ["taken"]
    assert rows_in(told.desk, Conflict) == []


def test_the_county_may_decide_and_whoever_comes_first_wins(told: Trip):
    edit(told, kin_phone="13800000001")
    at_desk(told, kin_phone="13800000002")
    there_and_back(told)
    there_and_back(told)
    [row] = rows_in(told.hub, Conflict)
    orders.give_decision(told.hub, conflict_id=row["id"], choice="county")
    conflicts.decide(told.desk, conflict_id=row["id"], choice="desk")
    [said] = there_and_back(told)
    assert "到得晚" in said
    assert form(told.desk, the_case(told))["kin_phone"] == "13800000002"
    assert outcomes(told.desk) == ["conflict", "late"]
    assert whole(told)
    with pytest.raises(ChangedMeanwhile):
        orders.give_decision(told.hub, conflict_id=row["id"], choice="desk")


def test_a_decision_of_the_county_is_taken_when_nobody_chose(told: Trip):
    edit(told, kin_phone="13800000001")
    at_desk(told, kin_phone="13800000002")
    there_and_back(told)
    there_and_back(told)
    [row] = rows_in(told.hub, Conflict)
    orders.give_decision(told.hub, conflict_id=row["id"], choice="county")
    there_and_back(told)
    assert form(told.desk, the_case(told))["kin_phone"] == "13800000001"
    [decided] = rows_in(told.desk, Conflict)
    assert (decided["choice"], decided["decided_by"]) == ("county", "赵县管")
    assert whole(told)


def test_a_newer_value_ends_an_open_conflict(told: Trip):
    edit(told, kin_phone="13800000001")
    at_desk(told, kin_phone="13800000002")
    there_and_back(told)
    at_desk(told, kin_phone="13800000003")
    assert [row["choice"] for row in rows_in(told.desk, Conflict)] == ["newer"]
    assert whole(told)


def test_two_orders_of_the_county_to_one_field_are_no_conflict(told: Trip):
    edit(told, kin_phone="13800000001")
    edit(told, kin_phone="13800000002")
    assert len(there_and_back(told)) == 2
    assert form(told.desk, the_case(told))["kin_phone"] == "13800000002"
    assert outcomes(told.desk) == ["taken", "taken"]
    assert whole(told)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_any_order_of_the_sticks_gives_the_same_case(told: Trip, order: tuple[int, ...]):
    """Each package says all that was not taken yet, so a lost or late one does no harm."""
    packages = []
    for place in range(3):
        edit(told, kin_phone=f"1380000000{place}", first_pay_month=f"2026-1{place}")
        told.export()
        told.receive()
        packages.append([*on_stick(told.stick, "status").values()][-1])
    assert len(set(packages)) == 3
    for place in order:
        stick = told.new_stick(f"stick {place}")
        put(stick, "status.bmq", packages[place])
        told.answers(stick)
    kept = form(told.desk, the_case(told))
    assert (kept["kin_phone"], kept["first_pay_month"]) == ("13800000002", "2026-12")
    assert outcomes(told.desk) == ["taken"] * 3
    assert whole(told)


def test_an_order_taken_is_not_taken_again_and_no_longer_sent(told: Trip):
    edit(told, kin_phone="13800000001")
    there_and_back(told)
    first = on_stick(told.stick, "status")
    assert len(first) == 1
    again = told.answers()
    assert "这份县里的通知以前收过，不用再处理。" in again.passed_over
    there_and_back(told)
    assert on_stick(told.stick, "status") == first


def test_the_same_file_goes_out_while_nothing_was_added(told: Trip):
    edit(told, kin_phone="13800000001")
    served(told.desk, 1, first=1)
    told.export()
    told.receive()
    first = on_stick(told.stick, "status")
    other = told.new_stick("other")
    told.export(other)
    told.receive(other)
    assert on_stick(other, "status") == first


def test_orders_are_given_at_counties_only(told: Trip):
    case_id = the_case(told)
    with pytest.raises(NotGranted):
        orders.give_request(told.desk, case_id=case_id, field="live_state", reason="x")
    with pytest.raises(ActionNotAllowed):
        orders.give_move(told.hub, case_id=case_id, action="archive", asks={})
    assert rows_in(told.hub, OrderGiven) == []


def test_the_acknowledgement_names_the_conflicts_that_are_decided(told: Trip):
    edit(told, kin_phone="13800000001")
    at_desk(told, kin_phone="13800000002")
    there_and_back(told)
    [row] = rows_in(told.desk, Conflict)
    conflicts.decide(told.desk, conflict_id=row["id"], choice="desk")
    with reading(told.hub) as connection:
        assert hub_orders.resolved(connection, told.desk.origin) == []
    there_and_back(told)
    with reading(told.hub) as connection:
        resolved: Any = hub_orders.resolved(connection, told.desk.origin)
    [[named, choice, _at]] = resolved
    assert (named, choice) == (row["id"].hex, "desk")
