"""Numbers of a window whose database was restored: apart from all that the one before it may have printed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.models import IssuedNumber
from desk.services import new_epoch
from desk.services.office import Office
from desk.services.operation import reading
from tests.builders import id_number, make_office, person, take_in
from tests.kept import copied, keep, opened

NAMES = ("单大河", "单大江", "单大湖")


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[list[Office]]:
    """Two computers restored from one backup at nine o'clock, not begun anew yet."""
    make_office(tmp_path / "first").office.close()
    backup = keep(tmp_path / "first")
    offices = [opened(copied(backup, tmp_path / f"restored {one}")) for one in range(2)]
    yield offices
    for office in offices:
        office.close()


def test_they_stand_apart(restored: list[Office]) -> None:
    """At nine o'clock 375 of a thousand parts of the day are over; from the next day on they begin where their thousand does."""
    office = restored[0]
    new_epoch.begin(office, why="从备份恢复")
    assert serials(office, 2) == [1376, 1377]
    clock: Any = office.clock
    clock.advance(days=1)
    assert serials(office, 1, first=2) == [1001]


def test_two_restored_from_one_backup_on_one_day_share_no_number(restored: list[Office]) -> None:
    """The disk of the first is gone, and with it all it knew; it worked for an hour, for forty people."""
    given = []
    for hours, office in enumerate(restored):
        clock: Any = office.clock
        clock.advance(hours=hours)
        new_epoch.begin(office, why="从备份恢复")
        given.append(set(serials(office, 40)))
    assert given[0].isdisjoint(given[1])


def test_a_clock_set_back_before_the_restore_does_not_lead_to_the_first_ones_numbers(
    restored: list[Office],
) -> None:
    """The second was restored a day later; its clock then says that it is the day on which the first worked."""
    first, second = restored
    clocks: list[Any] = [office.clock for office in restored]
    new_epoch.begin(first, why="从备份恢复")
    clocks[0].advance(days=1)
    given = set(serials(first, 20))
    clocks[1].advance(days=2)
    new_epoch.begin(second, why="从备份恢复")
    clocks[1].advance(days=-1)
    assert given.isdisjoint(serials(second, 20))


def serials(office: Office, count: int, first: int = 0) -> list[int]:
    """The numbers of so many new people, without their day and window."""
    found = []
    for one in range(first, first + count):
        who = person(NAMES[one % 3], id_no=id_number(order=201 + 2 * one))
        number = take_in(office, who=who).number
        with reading(office) as connection:
            query = select(IssuedNumber.serial).where(IssuedNumber.number == number)
            found.append(connection.execute(query).scalar_one())
    return found
