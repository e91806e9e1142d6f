"""Two computers give out the same number: the county sees both cases side by side and a person says whose it is."""

from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

import pytest

from desk.errors import ChangedMeanwhile, NotFound
from desk.services import case_views, hub, hub_desks, hub_numbers, sync
from desk.services.check import check
from desk.services.hub_numbers import NumberDispute
from desk.services.office import Office
from tests.builders import MONDAY, PROFILE, id_number, make_office, person, take_in
from tests.services import deeds
from tests.services.forging import following, log_of, package
from tests.services.trips import Trip, export, put, revoked

pytestmark = pytest.mark.both_engines
REASON = "先来的那一件留着"


@pytest.fixture
def twin(trip: Trip) -> Office:
    """A computer that took the first one's place and began to count its numbers from one, too; both cases are here."""
    trip.export()
    assert trip.outcomes() == ["COMMITTED"]
    other = make_office(trip.folder / "other", PROFILE, MONDAY + timedelta(minutes=1)).office
    trip.opened.append(other)
    revoked(trip.hub, "电脑坏了")
    sync.take_county_key(other, path=hub.write_public_key(trip.hub, folder=trip.stick))
    name = sync.write_enrolment(other, folder=trip.stick).value
    hub_desks.enrol(trip.hub, path=trip.stick / name)
    take_in(other, who=person("张建国", id_no=id_number(order=777)))
    stick = trip.new_stick("second")
    export(other, stick)
    [received] = trip.receive(stick)
    assert received.outcome == "COMMITTED"
    assert received.refused == ()
    return other


def the_dispute(trip: Trip) -> NumberDispute:
    [one] = hub_numbers.disputes(trip.hub)
    return one


def test_both_cases_stand_side_by_side(trip: Trip, twin: Office) -> None:
    one = the_dispute(trip)
    detail = case_views.detail(twin, case_id=one.second.case_id)
    assert detail.numbers == (one.number,)
    assert (one.first.applicant, one.second.applicant, one.keeps) == ("单小一", "张建国", "")
    assert {one.first.window, one.second.window} == {2}
    assert hub_numbers.undecided(trip.hub) == 1


@pytest.mark.parametrize("keeps", ["first", "second"])
def test_the_desk_learns_whose_it_is(
    trip: Trip, twin: Office, keeps: Literal["first", "second"]
) -> None:
    """Told once, kept in the case's history; the second computer's stick brings word of its own case."""
    one = the_dispute(trip)
    hub_numbers.rule(
        trip.hub, number=one.number, second=one.second.case_id, keeps=keeps, reason=REASON
    )
    assert the_dispute(trip).keeps == keeps
    assert hub_numbers.undecided(trip.hub) == 0
    with pytest.raises(ChangedMeanwhile):
        hub_numbers.rule(trip.hub, number=one.number, second=one.second.case_id, keeps=keeps)
    stick = trip.new_stick("down")
    export(twin, stick)
    trip.receive(stick)
    told = [
        line for line in sync.read_answers(twin, folder=stick).value.taken if "两件都用了" in line
    ]
    ours = "定给这一件，不用改" if keeps == "second" else "请收回这一件的回执，作废后重新收件取号"
    assert len(told) == 1
    assert ours in told[0]
    history = case_views.detail(twin, case_id=one.second.case_id).history
    assert [(line.who, line.reason) for line in history if "两件都用了" in line.text] == [
        ("县里 赵县管", REASON)
    ]
    export(twin, stick)
    trip.receive(stick)
    assert check(trip.hub).findings == check(twin).findings == ()


def test_there_is_nothing_to_decide_where_numbers_differ(trip: Trip) -> None:
    trip.export()
    trip.receive()
    assert hub_numbers.disputes(trip.hub) == ()
    with pytest.raises(NotFound):
        hub_numbers.rule(trip.hub, number="SJ", second=trip.hub.origin, keeps="first")


def test_a_number_given_twice_by_one_computer_stands_on_both_cases(trip: Trip) -> None:
    """What gave it again was refused, so that case has it on paper alone; of a case nobody knows there is none to decide."""
    done = take_in(trip.desk, who=person("张建国", id_no=id_number(order=777)))
    before = log_of(trip.desk)
    deeds.act(trip.desk, done, "confirm_accepted")
    moved = next(one for one in log_of(trip.desk)[len(before) :] if one.kind == "case.moved")
    first: Any = next(one.payload for one in before if one.kind == "case.moved")
    payload = {**(moved.payload or {}), "number": first["number"]}
    log = following(before, "case.moved", done.case_id, payload, base=moved.base)
    log = following(log, "case.moved", UUID(int=77), first)
    log = following(log, "case.moved", UUID(int=78), {})
    put(trip.stick, "forged.bmq", package(trip.desk, log))
    [received] = trip.receive()
    assert (received.outcome, len(received.refused)) == ("COMMITTED", 3)
    one = the_dispute(trip)
    assert one.number == first["number"]["full"]
    assert one.spoken.startswith("SJ 1123-")
    assert (one.first.applicant, one.second.applicant) == ("单小一", "张建国")
    assert one.second.case_id == done.case_id
