"""Acknowledged packages go after a year, the others stay however old they are."""

from datetime import timedelta
from typing import Any

from desk.services import backup_care, clock_doubts, package_care
from tests.services.trips import Trip, served


def packages(trip: Trip) -> list[str]:
    return sorted(path.name for path in trip.desk.paths.packages.iterdir())


def pass_time(trip: Trip, days: int) -> None:
    clock: Any = trip.desk.clock
    clock.moment += timedelta(days=days)


def test_what_was_acknowledged_goes_after_a_year(trip: Trip) -> None:
    trip.export()
    trip.receive()
    trip.answers()
    served(trip.desk, 1, first=5)
    trip.export()
    before = packages(trip)
    pass_time(trip, 365)
    clock_doubts.believe(trip.desk)
    assert package_care.clean(trip.desk) == 0
    assert packages(trip) == before
    pass_time(trip, 1)
    backup_care.keep_up(trip.desk)
    assert len(packages(trip)) == 1
    assert trip.states() == ["已回执", "已写出"]
    # What is not acknowledged can still be written again.
    again = trip.new_stick("again")
    trip.export(again)
    assert trip.outcomes(again) == ["COMMITTED"]


def test_nothing_goes_while_the_date_is_in_doubt(trip: Trip) -> None:
    trip.export()
    trip.receive()
    trip.answers()
    clock_doubts.believe(trip.desk)
    pass_time(trip, 800)
    assert package_care.clean(trip.desk) == 0
    assert len(packages(trip)) == 1
