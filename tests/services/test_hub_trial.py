"""Looking into a stick says what receiving would, and leaves every row and every file as it was."""

from dataclasses import astuple

import pytest

from desk.errors import Cancelled, NotEnrolled, StickTrouble
from desk.services import hub_trial, orders, sync, sync_trial
from desk.services.hub_trial import Trial
from tests.builders import take_in
from tests.services.trips import Trip, on_stick, put, rows, served

pytestmark = pytest.mark.both_engines


def looked(trip: Trip) -> tuple[Trial, ...]:
    """What is said of the stick; every table, the stick and the county's folders stay as they are."""
    before, files = rows(trip.hub), on_stick(trip.stick)
    told = hub_trial.look_inside(trip.hub, folder=trip.stick)
    assert rows(trip.hub) == before
    assert on_stick(trip.stick) == files
    return told


def folders(trip: Trip) -> list[str]:
    """The files that wait at the county or are kept aside there."""
    places = (trip.hub.paths.held, trip.hub.paths.quarantine)
    return [path.name for place in places if place.is_dir() for path in place.iterdir()]


def test_whole_chains_are_worked_out_package_after_package(trip: Trip):
    served(trip.desk, 2, first=1)
    trip.export(most=4)
    told = looked(trip)
    assert len(told) > 1
    assert {one.outcome for one in told} == {"COMMITTED"}
    assert [one.seq for one in told] == list(range(1, len(told) + 1))
    assert {(one.hall, one.window) for one in told} == {("池阳社区", 2)}
    assert told[0].said == "第 1 号包可以收下。"
    done = trip.receive()
    assert [one.events for one in done] == [one.events for one in told]
    assert [one.outcome for one in done] == [one.outcome for one in told]


def test_gaps_and_strange_files_are_named_and_nothing_is_put_aside(trip: Trip):
    served(trip.desk, 2, first=1)
    trip.export(most=4)
    (trip.stick / "便民前台" / min(on_stick(trip.stick))).unlink()
    put(trip.stick, "坏的.bmq", b"?")
    told = looked(trip)
    assert {one.outcome for one in told} == {"HELD", "BAD_FILE"}
    assert {one.lacks for one in told if one.outcome == "HELD"} == {1}
    assert told[0].said == "第 2 号包会先留着，前面还缺第 1 号。请向对方要缺的包。"
    assert (told[-1].hall, told[-1].window, told[-1].tone) == ("", 0, "late")
    assert folders(trip) == []


def test_what_was_received_is_told_as_such(trip: Trip):
    trip.export()
    trip.receive()
    [one] = looked(trip)
    assert (one.outcome, one.tone) == ("ALREADY", "plain")
    assert one.said == "第 1 号包以前收过，再收也不会重复。"


def test_it_says_how_far_it_is_and_stops_when_asked(trip: Trip):
    trip.export()
    told: list[tuple[int, int, str]] = []
    hub_trial.look_inside(
        trip.hub,
        folder=trip.stick,
        progress=lambda *step: told.append(step),
        cancelled=lambda: False,
    )
    assert told == [(0, 1, "")]
    before = rows(trip.hub)
    with pytest.raises(Cancelled):
        hub_trial.look_inside(trip.hub, folder=trip.stick, cancelled=lambda: True)
    with pytest.raises(StickTrouble):
        hub_trial.look_inside(trip.hub, folder=trip.stick / "gone")
    assert rows(trip.hub) == before


def test_a_desk_looks_into_what_the_county_sent(trip: Trip):
    case = take_in(trip.desk).case_id
    trip.export()
    trip.receive()
    orders.give_request(trip.hub, case_id=case, field="live_state", reason="入户看到是独居")
    trip.receive()
    put(trip.stick, "坏的.bmq", b"?")
    before = rows(trip.desk)
    told = sync_trial.look_inside(trip.desk, folder=trip.stick)
    assert rows(trip.desk) == before
    assert sorted(told.taken) == [
        "县里的回执，收到第 1 号包为止，退回 0 条。",
        "县里的密钥表 1 份。",
        "县里的通知 1 条。",
        "县里签了名的密钥表 1 份。",
    ]
    [unfit] = told.passed_over
    assert unfit.startswith("这个文件不是上报包")
    assert len(sync.read_answers(trip.desk, folder=trip.stick).value.taken) == 3


def test_a_desk_without_the_countys_key_cannot_look(strangers: Trip):
    with pytest.raises(NotEnrolled):
        sync_trial.look_inside(strangers.desk, folder=strangers.stick)


def test_a_line_is_plain_values(trip: Trip):
    trip.export()
    [one] = looked(trip)
    assert all(isinstance(value, str | int | tuple) for value in astuple(one))
