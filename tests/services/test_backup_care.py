"""Backups going by themselves: the second medium, the drill, the reminders."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.clock import FixedClock
from desk.errors import Cancelled, OfficeDamaged, StickTrouble
from desk.services import backup, backup_care, backups
from desk.services.office import Office
from desk.services.rescue import ON_STICK, candidates
from tests.builders import make_office, take_in
from tests.services.trips import Trip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path / "office").office
    take_in(office)
    yield office
    office.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def later(office: Office, **steps: float) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(**steps)


def test_a_day_of_keeping_up(desk: Office) -> None:
    first = backup_care.keep_up(desk)
    assert first is not None
    assert first.manifest.why == "day"
    assert backup_care.keep_up(desk) is None
    take_in(desk)
    closing = backup_care.keep_up(desk, at_closing=True)
    assert closing is not None
    assert closing.manifest.standing.cases == 2


def test_the_copy_is_a_whole_backup(desk: Office, stick: Path) -> None:
    told: list[int] = []
    name = backup_care.copy_to(
        desk, folder=stick, progress=lambda done, _total, _what: told.append(done)
    ).value
    (copy,) = backups.listed(stick / ON_STICK)
    assert copy.name == name
    assert told
    assert backup_care.drill(desk, copy)
    assert (copy.folder / "keys.json").is_file()
    assert copy in candidates(desk.paths, (stick,)) or copy.name in {
        one.name for one in candidates(desk.paths)
    }


def test_only_our_own_copies_on_a_stick_are_thinned(desk: Office, stick: Path, tmp_path) -> None:
    other = make_office(tmp_path / "other").office
    theirs = backup_care.copy_to(other, folder=stick).value
    other.close()
    for _ in range(5):
        take_in(desk)
        later(desk, hours=1)
        backup_care.copy_to(desk, folder=stick)
    names = {one.manifest.origin for one in backups.listed(stick / ON_STICK)}
    assert len(backups.listed(stick / ON_STICK)) == 4
    assert names == {desk.origin, other.origin}
    assert theirs in {one.name for one in backups.listed(stick / ON_STICK)}


def test_a_copy_that_is_cancelled_is_no_copy(desk: Office, stick: Path) -> None:
    """Nor is anything left of it; the backup it was to be a copy of stays at the desk."""
    made = backup.make(desk, why="day")
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(Cancelled):
        backup_care.copy_to(desk, folder=stick, cancelled=cancelled)
    assert list((stick / ON_STICK).iterdir()) == []
    assert [one.name for one in backups.listed(desk.paths.backups)] == [made.name]
    assert backup_care.view(desk).days is None
    name = backup_care.copy_to(desk, folder=stick / ON_STICK).value
    assert name == made.name
    before = (stick / ON_STICK / name / backups.FILE).stat().st_mtime_ns
    assert backup_care.copy_to(desk, folder=stick).value == name
    assert (stick / ON_STICK / name / backups.FILE).stat().st_mtime_ns == before


def test_a_backup_that_changed_on_the_disk_is_not_copied(desk: Office, stick: Path) -> None:
    made = backup.make(desk, why="day")
    data = bytearray(made.file.read_bytes())
    data[9_000] ^= 4
    made.file.write_bytes(data)
    with pytest.raises(OfficeDamaged):
        backup_care.copy_to(desk, folder=stick)
    assert list((stick / ON_STICK).iterdir()) == []


def test_a_county_is_reminded_of_its_disk_alone(trip: Trip) -> None:
    county: Any = trip.hub.clock
    county.advance(days=60)
    assert backup_care.reminder(trip.hub) == ("good", "")


def test_a_stick_that_cannot_be_written(desk: Office, stick: Path) -> None:
    (stick / ON_STICK).write_text("a file in its place", encoding="utf-8")
    with pytest.raises(StickTrouble):
        backup_care.copy_to(desk, folder=stick)
    assert backup_care.view(desk).copied == "还没有复制过"


def test_reminders_by_the_age_of_the_copy(desk: Office, stick: Path) -> None:
    backup_care.keep_up(desk)
    assert backup_care.reminder(desk) == ("good", "")
    later(desk, days=7)
    assert backup_care.reminder(desk)[0] == "soon"
    backup_care.copy_to(desk, folder=stick)
    assert backup_care.reminder(desk) == ("good", "")
    later(desk, days=14)
    assert backup_care.reminder(desk) == ("late", "备份 14 天没复制到 U 盘")


def test_the_drill_comes_once_a_month_and_sees_damage(desk: Office) -> None:
    assert backup_care.drill_if_due(desk) is None
    made = backup.make(desk, why="day")
    assert backup_care.drill_if_due(desk) is True
    assert backup_care.drill_if_due(desk) is None
    later(desk, days=31)
    data = bytearray(made.file.read_bytes())
    data[9_000] ^= 4
    made.file.write_bytes(data)
    assert backup_care.drill_if_due(desk) is False
    assert "没有通过" in backup_care.view(desk).drilled
    assert not list(desk.paths.backups.glob(".*"))
