"""Sticks in any order, gaps, copies of a folder: what is taken, what waits, what is answered."""

import itertools
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desk.errors import StickTrouble
from desk.exchange.stick import SUBFOLDER
from desk.services import hub_receive, sync
from desk.services.check import check
from tests.builders import MONDAY, PROFILE, make_office
from tests.kept import Kept, copied, opened
from tests.services.forging import log_of, package
from tests.services.trips import (
    OTHER_COUNTY,
    Trip,
    enrolled,
    export,
    make_hub,
    on_stick,
    put,
    rows,
    rows_of,
    served,
)

pytestmark = pytest.mark.both_engines


@pytest.fixture
def three(trip: Trip) -> list[bytes]:
    """Three packages of one desk, in order; none of them on the stick of the trip."""
    served(trip.desk, 2, first=1)
    stick = trip.new_stick("three")
    trip.export(stick, most=6)
    packages = list(on_stick(stick).values())
    assert len(packages) == 3
    return packages


def waiting(trip: Trip) -> list[bytes]:
    return [path.read_bytes() for path in trip.hub.paths.held.iterdir()]


def stick_with(trip: Trip, name: str, *packages: bytes) -> Path:
    stick = trip.new_stick(name)
    for place, data in enumerate(packages):
        put(stick, f"{place}.bmq", data)
    return stick


def whole(trip: Trip) -> bool:
    """Whether the county has all of the desk."""
    same = rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)
    return same and check(trip.hub).findings == ()


def test_what_comes_too_early_waits_for_the_gap_to_fill(trip: Trip, three):
    first, second, third = three
    early = trip.receive(stick_with(trip, "early", third, second))
    assert [(one.outcome, one.facts["expected"]) for one in early] == [("HELD", 1)] * 2
    assert sorted(waiting(trip)) == sorted([second, third])
    late = trip.receive(stick_with(trip, "late", first))
    assert [one.outcome for one in late] == ["COMMITTED"] * 3
    assert waiting(trip) == []
    assert whole(trip)
    told = trip.answers(trip.folder / "late")
    # Its keys go along, before the answer or after it.
    assert sorted("回执已收到" in one for one in told.taken) == [False, True]
    assert trip.states() == ["已回执"] * 3


def test_the_answer_to_an_early_package_says_what_is_missing(trip: Trip, three):
    stick = stick_with(trip, "early", three[2])
    assert trip.outcomes(stick) == ["HELD"]
    told = trip.answers(stick)
    assert [one for one in told.taken if "回执已收到" in one] == []
    assert [text[:9] for text in told.passed_over] == ["县里先留着第 3 "]
    assert trip.states() == ["已写出"] * 3


def test_a_waiting_package_is_told_once(trip: Trip, three):
    """Later sticks, of whomever, are not bothered with it."""
    assert trip.outcomes(stick_with(trip, "early", three[1])) == ["HELD"]
    before = rows(trip.hub)
    empty = trip.new_stick("empty")
    assert trip.outcomes(empty) == []
    assert on_stick(empty) == {}
    assert rows(trip.hub) == before
    assert waiting(trip) == [three[1]]
    assert trip.outcomes(stick_with(trip, "again", three[1])) == ["HELD"]
    assert waiting(trip) == [three[1]]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_any_order_of_sticks_gives_the_same_county(trip: Trip, three, order):
    for place in order:
        trip.receive(stick_with(trip, f"stick {place}", three[place]))
    again = stick_with(trip, "all again", *three)
    assert trip.outcomes(again) == ["ALREADY"] * 3
    assert waiting(trip) == []
    assert whole(trip)
    trip.answers(again)
    assert trip.states() == ["已回执"] * 3


def test_the_same_stick_twice_gives_the_same_answer(trip: Trip):
    trip.export()
    assert trip.outcomes() == ["COMMITTED"]
    before, answer = rows(trip.hub), on_stick(trip.stick, "ack-")
    trip.hub.clock.advance(hours=5)  # type: ignore[attr-defined]
    assert trip.outcomes() == ["ALREADY"]
    assert rows(trip.hub) == before
    assert on_stick(trip.stick, "ack-") == answer
    other = stick_with(trip, "other", *on_stick(trip.stick, "data-").values())
    assert trip.outcomes(other) == ["ALREADY"]
    assert on_stick(other, "ack-") == answer


def test_a_package_applied_but_not_answered_is_answered_next_time(trip: Trip):
    """The county's program ends between taking and answering."""
    trip.export()
    trip.receive()
    trip.answers()
    served(trip.desk, 1, first=4)
    trip.export()
    told = hub_receive.receive_all(trip.hub, trip.stick, lambda _one: None)
    assert [one.outcome for one in told] == ["ALREADY", "COMMITTED"]
    assert trip.outcomes() == ["ALREADY", "ALREADY"]
    assert len(on_stick(trip.stick, "ack-")) == 2
    trip.answers()
    assert trip.states() == ["已回执", "已回执"]


def test_a_stick_that_takes_no_answer_gets_it_next_time(trip: Trip):
    """The package is applied all the same; the answer waits."""
    stick = trip.new_stick("three")
    trip.export(stick)
    for name, data in on_stick(stick).items():
        (stick / name).write_bytes(data)
        (stick / SUBFOLDER / name).unlink()
    (stick / SUBFOLDER).rmdir()
    (stick / SUBFOLDER).write_bytes(b"")
    with pytest.raises(StickTrouble, match="write"):
        trip.receive(stick)
    assert whole(trip)
    (stick / SUBFOLDER).unlink()
    assert trip.outcomes(stick) == ["ALREADY"]
    trip.answers(stick)
    assert trip.states() == ["已回执"]


def forked(trip: Trip, kept: Kept) -> Trip:
    """Two copies of one closed desk folder go on, each for itself; the county is the same."""
    twin = opened(copied(kept, trip.folder / "twin"), MONDAY + timedelta(hours=1))
    trip.opened.append(twin)
    stick = trip.new_stick("twin stick")
    served(trip.desk, 1, first=1)
    served(twin, 1, first=2)
    return Trip(trip.folder, twin, trip.hub, stick)


def test_a_copied_folder_is_found_out(trip: Trip, enrolled_pair):
    twin = forked(trip, enrolled_pair[0])
    trip.export()
    twin.export()
    assert trip.outcomes() == ["COMMITTED"]
    before = rows(trip.hub, "package_out")
    [fork] = twin.receive()
    assert (fork.outcome, fork.facts) == ("FORK", {"seq": 1})
    assert rows(trip.hub, "package_out") == before
    [aside] = trip.hub.paths.quarantine.iterdir()
    assert {aside.read_bytes()} == set(on_stick(twin.stick, "data-").values())
    [said] = twin.answers().passed_over
    assert "恢复过旧备份" in said
    assert twin.states() == ["已写出"]
    assert whole(trip)


def test_every_doubtful_file_is_kept_even_of_one_name(trip: Trip, enrolled_pair):
    twin = forked(trip, enrolled_pair[0])
    trip.export()
    trip.receive()
    twin.export()
    twin.receive()
    [sent] = on_stick(twin.stick, "data-").values()
    log = log_of(twin.desk)
    another = package(twin.desk, log)
    for place, data in enumerate((another, sent)):
        stick = trip.new_stick(f"fork {place}")
        put(stick, next(iter(on_stick(twin.stick, "data-"))), data)
        assert trip.outcomes(stick) == ["FORK"]
    aside = {path.read_bytes() for path in trip.hub.paths.quarantine.iterdir()}
    assert aside == {sent, another}
    assert sync.view(twin.desk).packages[0].state == "已写出"


def test_a_number_that_does_not_follow_is_not_applied(trip: Trip):
    """The next number, but not upon the package the county has."""
    trip.export()
    trip.receive()
    served(trip.desk, 1, first=4)
    log = log_of(trip.desk)
    before = rows(trip.hub, "package_out")
    wrong = package(trip.desk, log, after=6, seq=2, prev=bytes(32))
    assert trip.outcomes(stick_with(trip, "wrong", wrong)) == ["HELD"]
    assert rows(trip.hub, "package_out") == before
    trip.export()
    assert sorted(trip.outcomes()) == ["ALREADY", "COMMITTED", "FORK"]
    assert waiting(trip) == []
    assert whole(trip)


def test_a_package_for_another_county_stays_on_the_stick(trip: Trip):
    """Both counties know the desk; only one is meant."""
    other = make_hub(trip.folder / "other hub", OTHER_COUNTY)
    trip.opened.append(other)
    trip.export()
    data = on_stick(trip.stick)
    enrolled(trip.desk, other, trip.folder)
    before = rows(other)
    told = hub_receive.receive_all(other, trip.stick, lambda _one: None)
    assert [one.outcome for one in told] == ["MISROUTED"]
    assert on_stick(trip.stick) == data
    assert rows(other) == before
    assert list(other.paths.folder.glob("quarantine/*")) == []


def test_two_windows_share_a_stick(trip: Trip):
    second = make_office(trip.folder / "second", replace(PROFILE, window=3)).office
    trip.opened.append(second)
    enrolled(second, trip.hub, trip.folder)
    served(second, 1, first=1)
    trip.export()
    export(second, trip.stick)
    assert trip.outcomes() == ["COMMITTED", "COMMITTED"]
    assert len(on_stick(trip.stick, "ack-")) == 2
    told = trip.answers()
    assert sorted("回执已收到" in one for one in told.taken) == [False, True]
    # The other window's answer, and its keys.
    assert [text[:10] for text in told.passed_over] == ["这个包不是给本单位的"] * 2
    assert "回执已收到" in sync.read_answers(second, folder=trip.stick).value.taken[0]
    for desk in (trip.desk, second):
        assert rows_of(trip.hub, desk.origin) == rows_of(desk, desk.origin)
    assert check(trip.hub).findings == ()
