"""Standing by a folder: whole files are taken once and answered, growing ones wait, a pulled stick is waited for."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.services import hub_serve
from tests.services.trips import Trip, on_stick, put

pytestmark = pytest.mark.both_engines

Deed = Callable[[], object]


def nothing() -> None:
    """Time goes by."""


def watched(trip: Trip, folder: Path, *deeds: Deed) -> tuple[list[str], list[DeskError], int]:
    """Stand by the folder; between two looks the next deed is done, after the last it is enough."""
    told: list[str] = []
    troubles: list[DeskError] = []
    left = list(deeds)

    def wait() -> bool:
        if not left:
            return True
        left.pop(0)()
        return False

    count = hub_serve.serve(
        trip.hub,
        folder=folder,
        tell=lambda received: told.append(received.outcome),
        trouble=troubles.append,
        wait=wait,
    )
    return told, troubles, count


def test_what_arrives_is_received_and_answered_once(trip: Trip):
    told = watched(trip, trip.stick, trip.export, nothing, nothing, nothing)
    assert told == (["COMMITTED"], [], 1)
    assert on_stick(trip.stick, "ack")
    assert len(trip.answers().taken) == 2


def test_a_file_that_grows_is_left_until_it_rests(trip: Trip):
    trip.export()
    [(name, data)] = on_stick(trip.stick).items()
    halves = trip.new_stick("halves")
    told = watched(
        trip,
        halves,
        lambda: put(halves, name, data[:100]),
        lambda: put(halves, name, data[:900]),
        lambda: put(halves, name, data),
        nothing,
        nothing,
    )
    assert told == (["COMMITTED"], [], 1)
    assert not trip.hub.paths.quarantine.exists()


def test_a_file_that_was_left_half_is_taken_when_it_is_whole(trip: Trip):
    trip.export()
    [(name, data)] = on_stick(trip.stick).items()
    halves = trip.new_stick("halves")
    told = watched(
        trip,
        halves,
        lambda: put(halves, name, data[:100]),
        nothing,
        nothing,
        lambda: put(halves, name, data),
        nothing,
    )
    assert told == (["BAD_FILE", "COMMITTED"], [], 2)


def test_a_pulled_stick_is_told_of_once_and_waited_for(trip: Trip):
    trip.export()
    away = trip.folder / "away"
    told, troubles, count = watched(
        trip,
        trip.stick,
        nothing,
        lambda: shutil.move(trip.stick, away),
        nothing,
        lambda: shutil.move(away, trip.stick),
        nothing,
    )
    # Looked at anew: the answer may have been lost on the way.
    assert (told, count) == (["COMMITTED", "ALREADY"], 2)
    assert [type(one).__name__ for one in troubles] == ["StickTrouble"]


def test_who_stops_halfway_gets_the_answers_to_what_was_taken(trip: Trip):
    trip.export(most=1)
    files = len(on_stick(trip.stick))
    assert files > 1
    told: list[str] = []
    waits = iter((False, True))
    count = hub_serve.serve(
        trip.hub,
        folder=trip.stick,
        tell=lambda received: told.append(received.outcome),
        trouble=lambda error: pytest.fail(str(error)),
        wait=lambda: next(waits),
        stop=lambda: bool(told),
    )
    assert (told, count) == (["COMMITTED"], 1)
    assert trip.answers().taken[0].startswith("第 1 号包的回执已收到")
