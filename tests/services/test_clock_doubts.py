"""A date that jumped is asked about, and nothing is thinned until somebody says that it is right."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.clock import FixedClock
from desk.services import backup_care, backups, clock_doubts
from desk.services.office import Office
from tests.builders import make_office, take_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path / "office").office
    yield office
    office.close()


def later(office: Office, **steps: float) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(**steps)


@pytest.mark.parametrize(
    ("days", "found"), [(1, ""), (44, ""), (46, "ahead"), (-1, "back"), (3650, "ahead")]
)
def test_which_jumps_are_asked_about(desk: Office, days: int, found: str) -> None:
    assert clock_doubts.look(desk) == ""
    later(desk, days=days)
    assert clock_doubts.look(desk) == found


def test_a_person_settles_it(desk: Office) -> None:
    clock_doubts.look(desk)
    later(desk, days=-800)
    assert clock_doubts.look(desk) == "back"
    assert clock_doubts.look(desk) == "back"
    clock_doubts.believe(desk)
    assert clock_doubts.look(desk) == ""


def test_nothing_is_thinned_in_doubt(desk: Office) -> None:
    for _ in range(12):
        take_in(desk)
        backup_care.keep_up(desk)
        later(desk, hours=3)
    later(desk, days=4000)
    take_in(desk)
    backup_care.keep_up(desk)
    take_in(desk)
    later(desk, hours=3)
    backup_care.keep_up(desk)
    assert len(backups.listed(desk.paths.backups)) == 14
