"""A stick that goes to and fro stays small, and nothing leaves it that somebody still needs."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from desk.exchange.stick import SUBFOLDER, scan
from desk.services import settings, sync
from desk.services.operation import Operation, perform
from desk.services.stick_care import KEPT
from desk.services.sync_send import DOUBT
from tests.builders import PROFILE, make_office
from tests.services.trips import Trip, enrolled, export, on_stick, put, receive, served


def kinds(stick: Path) -> Counter[str]:
    """How many files of each kind lie there."""
    return Counter(found.header.kind for found in scan(stick) if found.header)


def numbers(stick: Path) -> list[int]:
    """Of the desk's packages there."""
    heads = (found.header for found in scan(stick))
    return [head.seq for head in heads if head and head.kind == "DATA"]


def to_and_fro(trip: Trip, times: int) -> list[int]:
    """So many whole trips with one stick; how many files each took off it."""
    tidied = []
    for place in range(times):
        served(trip.desk, 1, first=10 + place)
        trip.export()
        trip.receive()
        tidied.append(trip.answers().tidied)
    return tidied


def many_packages(trip: Trip) -> int:
    """A package for each event, more than stay."""
    served(trip.desk, 7, first=10)
    trip.export(most=1)
    count = kinds(trip.stick)["DATA"]
    assert count > KEPT
    return count


def test_the_newest_answer_stays_and_a_month_of_packages(trip: Trip):
    count = many_packages(trip)
    trip.receive()

    tidied = [trip.answers().tidied, *to_and_fro(trip, 2)]

    assert tidied == [count - KEPT, 2, 2]
    assert kinds(trip.stick) == {"DATA": KEPT, "ACK": 1, "KEYS": 1}
    newest = sync.view(trip.desk).packages[0].seq
    assert numbers(trip.stick) == [*range(newest - KEPT + 1, newest + 1)]


def test_what_is_not_acknowledged_stays(trip: Trip):
    count = many_packages(trip)

    assert trip.answers().tidied == 0
    assert kinds(trip.stick) == {"DATA": count}


def test_files_of_others_stay(trip: Trip, tmp_path: Path):
    to_and_fro(trip, 1)
    other = make_office(tmp_path / "other", replace(PROFILE, window=5)).office
    enrolled(other, trip.hub, trip.stick)
    for place in range(3):
        served(other, 1, first=60 + place)
        export(other, trip.stick)
        receive(trip.hub, trip.stick)
    put(trip.stick, "照片.bmq", b"no package")
    before = {name for name in on_stick(trip.stick) if other.origin.hex[-6:] in name}
    assert len([name for name in before if name.startswith("ack")]) == 3

    # The old answer, and the key list from before the other window came.
    assert to_and_fro(trip, 1) == [2]
    assert before | {"照片.bmq"} <= set(on_stick(trip.stick))
    other.close()


def test_an_answer_that_was_not_taken_stays(trip: Trip):
    to_and_fro(trip, 2)
    [newest] = on_stick(trip.stick, "ack-").values()
    put(trip.stick, "ack-spoilt.bmq", newest[:-1])

    told = trip.answers()

    assert told.tidied == 0
    assert "ack-spoilt.bmq" in on_stick(trip.stick)


def test_a_desk_that_may_be_a_copy_takes_nothing_away(trip: Trip):
    to_and_fro(trip, 1)
    old = trip.new_stick("old")
    shutil.copytree(trip.stick / SUBFOLDER, old / SUBFOLDER)
    to_and_fro(trip, 1)
    shutil.copytree(trip.stick / SUBFOLDER, old / SUBFOLDER, dirs_exist_ok=True)
    perform(
        trip.desk,
        Operation.EXCHANGE,
        lambda bench: settings.keep(bench.connection, DOUBT, value=True),
    )

    assert trip.answers(old).tidied == 0
    assert kinds(old) == {"DATA": 2, "ACK": 2, "KEYS": 1}


def test_a_stick_that_may_not_be_written_to_stays_as_it_is(
    trip: Trip, monkeypatch: pytest.MonkeyPatch
):
    to_and_fro(trip, 1)
    old = trip.new_stick("old")
    shutil.copytree(trip.stick / SUBFOLDER, old / SUBFOLDER)
    to_and_fro(trip, 1)
    shutil.copytree(trip.stick / SUBFOLDER, old / SUBFOLDER, dirs_exist_ok=True)

    def locked(path: Path) -> None:
        raise PermissionError(13, "the write switch is on", str(path))

    monkeypatch.setattr(Path, "unlink", locked)

    assert trip.answers(old).tidied == 0
    assert sync.view(trip.desk).packages[0].seq == 2
    assert kinds(old) == {"DATA": 2, "ACK": 2, "KEYS": 1}
