"""The planned move: each step says how far it is, on the old computer and on the one restored from it."""

from pathlib import Path

from desk.services import backup_care, moving, new_epoch
from desk.services.office import Office
from tests.builders import take_in
from tests.services.trips import Trip


def standing(office: Office) -> list[str]:
    return [one.standing for one in moving.steps(office)]


def whys(office: Office) -> list[str]:
    return [one.why for one in moving.steps(office)]


def test_on_the_old_computer(trip: Trip, tmp_path: Path) -> None:
    assert standing(trip.desk)[0] == "open"
    assert "没有上报" in whys(trip.desk)[0]
    trip.export()
    assert whys(trip.desk)[0] == "还有 1 个包没有读回回执"
    trip.receive()
    trip.answers()
    assert standing(trip.desk)[:2] == ["done", "open"]
    assert whys(trip.desk)[1] == "还没有复制过"
    backup_care.copy_to(trip.desk, folder=tmp_path)
    assert standing(trip.desk) == ["done", "done", "unknown", "unknown", "unknown", "unknown"]
    take_in(trip.desk)
    assert standing(trip.desk)[:2] == ["open", "open"]
    assert whys(trip.desk)[1] == "复制以后又办了，请再复制一次"


def test_on_the_new_computer(trip: Trip) -> None:
    new_epoch.begin(trip.desk, why="从备份恢复")
    assert standing(trip.desk) == ["done", "done", "done", "unknown", "open", "unknown"]
    trip.desk.waits = False
    assert standing(trip.desk)[4] == "done"
