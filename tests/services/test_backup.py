"""Backups of a real office: whole, compared, told of by a manifest, thinned with care."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from desk.clock import FixedClock
from desk.errors import Cancelled, OfficeDamaged
from desk.files import digest_of
from desk.services import backup, backups
from desk.services.office import Office
from desk.services.operation import reading
from tests.builders import make_office, take_in
from tests.services.trips import Trip, served


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path / "office").office
    take_in(office)
    yield office
    office.close()


def later(office: Office, **steps: float) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(**steps)


def test_a_backup_holds_all_and_says_so(desk: Office) -> None:
    made = backup.make(desk, why="by_hand")
    found = backups.listed(desk.paths.backups)
    assert found == (made,)
    assert made.manifest.digest == digest_of(made.file)
    assert made.manifest.standing.cases == 1
    with closing(desk.beside(made.file)) as copy:
        assert backup.faults(copy) == ()
        assert backup.standing_of(copy) == made.manifest.standing
    assert (made.folder / "keys.json").read_bytes() == (
        desk.paths.folder / "keys.json"
    ).read_bytes()


def test_the_manifest_names_nobody(desk: Office) -> None:
    body = json.loads((backup.make(desk, why="day").folder / backups.MANIFEST).read_bytes())
    assert set(body) == {
        *("format", "version", "made_at", "why", "origin", "epoch", "standing", "schema"),
        *("size", "digest", "self"),
    }


def test_nothing_is_left_beside_a_backup(desk: Office) -> None:
    made = backup.make(desk, why="day")
    assert sorted(one.name for one in made.folder.iterdir()) == [
        *("desk.backup", "keys.json", "keys.json.2", "manifest.json", "packages"),
    ]
    assert [one.name for one in desk.paths.backups.iterdir()] == [made.name]


def test_unanswered_packages_are_in_it(trip: Trip) -> None:
    written = trip.export()
    made = backup.make(trip.desk, why="by_hand")
    assert {one.name for one in made.packages.iterdir()} == set(written.files)
    trip.receive()
    trip.answers()
    later(trip.desk, hours=3)
    assert list(backup.make(trip.desk, why="by_hand").packages.iterdir()) == []


def test_work_goes_on_while_it_is_made(trip: Trip) -> None:
    told: list[int] = []

    def progress(done: int, _total: int, _what: str) -> None:
        if not told:
            served(trip.desk, 1, first=50)
        told.append(done)

    before = backup.make(trip.desk, why="day").manifest.standing
    made = backup.make(trip.desk, why="by_hand", progress=progress)
    assert told
    # The backup holds the note that it is made, and nothing that came while it was.
    assert (made.manifest.standing.n, made.manifest.standing.cases) == (before.n + 1, before.cases)
    with reading(trip.desk) as connection:
        now = backup.standing_of(connection.connection.driver_connection)
    assert now.cases == before.cases + 1


def test_a_cancelled_one_leaves_nothing(desk: Office) -> None:
    with pytest.raises(Cancelled):
        backup.make(desk, why="by_hand", cancelled=lambda: True)
    assert list(desk.paths.backups.iterdir()) == []


def test_a_copy_that_differs_does_not_count(desk: Office) -> None:
    made = backup.make(desk, why="by_hand")
    take_in(desk)
    with reading(desk) as connection:
        now = backup.standing_of(connection.connection.driver_connection)
    with closing(desk.beside(made.file)) as copy, pytest.raises(OfficeDamaged):
        backup.require_whole(copy, now)


def test_when_one_is_due(desk: Office) -> None:
    assert backup.due(desk) == "day"
    backup.make(desk, why="day")
    assert backup.due(desk) == ""
    later(desk, hours=2)
    assert backup.due(desk) == ""
    take_in(desk)
    assert backup.due(desk) == "hours"
    backup.make(desk, why="hours")
    later(desk, minutes=20)
    take_in(desk)
    assert backup.due(desk) == ""
    assert backup.due(desk, closing_time=True) == "closing"
    later(desk, days=1)
    assert backup.due(desk) == "day"


def test_a_damaged_manifest_is_no_backup(desk: Office) -> None:
    made = backup.make(desk, why="day")
    path = made.folder / backups.MANIFEST
    path.write_bytes(path.read_bytes().replace(b'"epoch":1', b'"epoch":2'))
    assert backups.listed(desk.paths.backups) == ()


def test_no_thinning_while_the_clock_goes_back(desk: Office) -> None:
    for _ in range(13):
        take_in(desk)
        backup.make(desk, why="hours")
        later(desk, minutes=40)
    assert len(backups.listed(desk.paths.backups)) == 12
    desk.clock.moment -= timedelta(days=400)  # type: ignore[attr-defined]
    backup.make(desk, why="hours")
    assert len(backups.listed(desk.paths.backups)) == 13
