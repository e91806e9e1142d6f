"""A few short lives; and that a desk which believes too much, and a county which forgets, are found out."""

from sqlalchemy import text

from tests.faults import days
from tests.properties.exchange_promises import quiet_trip
from tests.properties.exchange_world import World

SEED, STEPS = 1, 40


def believes_too_much(world: World) -> None:
    """Planted: a desk that takes what it wrote for acknowledged."""
    with world.rng.choice(world.desks).office.writer.begin() as connection:
        connection.execute(text("UPDATE package_out SET state = 'acked'"))


def loses_a_number(world: World) -> None:
    """Planted: a desk that takes a number and does not use it."""
    office = world.rng.choice(world.desks).office
    with office.writer.begin() as connection:
        connection.execute(text("DROP TRIGGER IF EXISTS issued_number_no_update"))
        connection.execute(
            text("UPDATE issued_number SET serial = serial + 1 WHERE serial > 1 AND epoch = 1")
        )


def takes_back(world: World) -> None:
    """Planted: a desk that reads its answer, and forgets later what it was told."""
    desk = world.desks[0]
    if not world.acked:
        quiet_trip(world, desk)
        return
    with desk.office.writer.begin() as connection:
        connection.execute(text("UPDATE package_out SET state = 'written'"))


def test_two_lives() -> None:
    figure = days.run(2, SEED, steps=STEPS)
    assert figure.failures == ()
    assert " 0 clocks" not in figure.said


def test_lives_that_broke_a_promise_once() -> None:
    """Two restored computers gave out one number; what a snapshot had replaced counted as acknowledged with its first slice."""
    assert days.run(1, 1089, steps=270).failures == ()
    assert days.run(1, 1295, steps=50).failures == ()


def test_broken_desks_are_found_out() -> None:
    for bug in (believes_too_much, loses_a_number, takes_back):
        assert days.run(1, SEED, {bug: 30}, steps=STEPS).failures, bug
