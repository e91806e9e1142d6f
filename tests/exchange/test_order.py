"""Numbers rise by one; what comes twice is harmless, what differs is an alarm, what is early waits."""

import hashlib

import pytest

from desk.exchange.receiving import inspect
from desk.words.exchange import outcome_text
from tests.exchange.makers import Exchange


@pytest.fixture
def world() -> Exchange:
    return Exchange()


def chain(world: Exchange, count: int) -> list[bytes]:
    """Packages 1 to `count`, each naming the one before."""
    made: list[bytes] = []
    for seq in range(1, count + 1):
        prev = hashlib.sha256(made[-1]).digest() if made else None
        made.append(world.package(seq, prev))
    return made


def test_packages_in_order_are_ready_one_after_the_other(world):
    for seq, package in enumerate(chain(world, 3), 1):
        seen = inspect(package, world.reader)
        assert seen.outcome == "READY"
        assert seen.header is not None
        assert seen.header.seq == seq
        world.applied(package, seq)


def test_what_was_taken_is_known_again(world):
    first, second, third = chain(world, 3)
    for seq, package in enumerate((first, second, third), 1):
        world.applied(package, seq)
    for package in (first, second, third):
        seen = inspect(package, world.reader)
        assert seen.outcome == "ALREADY"
        assert seen.digest == hashlib.sha256(package).digest()


def test_the_same_number_with_another_content_is_an_alarm(world):
    first, second, _ = chain(world, 3)
    world.applied(first, 1)
    world.applied(second, 2)
    again = world.package(1)
    other = world.package(2, hashlib.sha256(first).digest())
    assert [inspect(package, world.reader).outcome for package in (again, other)] == ["FORK"] * 2


def test_a_number_passed_over_by_a_snapshot_is_no_alarm(world):
    packages = chain(world, 2)
    world.last_seq, world.last_digest = 2, hashlib.sha256(packages[1]).digest()
    assert inspect(packages[0], world.reader).outcome == "ALREADY"


def test_an_early_one_is_held_until_the_gap_is_filled(world):
    first, second, third = chain(world, 3)
    world.applied(first, 1)
    seen = inspect(third, world.reader)
    assert (seen.outcome, seen.facts) == ("HELD", {"seq": 3, "expected": 2})
    assert "第 2 号" in outcome_text(seen.outcome, seen.facts)
    world.applied(second, 2)
    assert inspect(third, world.reader).outcome == "READY"


def test_one_that_names_another_before_it_is_held(world):
    world.applied(chain(world, 1)[0], 1)
    stranger = world.package(2, bytes(32))
    assert inspect(stranger, world.reader).outcome == "HELD"


def test_a_jump_forward_is_refused_at_ten_thousand(world):
    world.applied(chain(world, 1)[0], 1)
    near, far = world.package(10_001, bytes(32)), world.package(10_002, bytes(32))
    assert inspect(near, world.reader).outcome == "HELD"
    seen = inspect(far, world.reader)
    assert (seen.outcome, seen.facts) == ("TOO_FAR", {"seq": 10_002, "expected": 2})


def test_what_is_not_for_us_is_said_before_its_number(world):
    world.applied(chain(world, 1)[0], 1)
    assert inspect(world.package(1, to="county-610423"), world.reader).outcome == "MISROUTED"
