"""Bytes changed on the road, sampled over one real package: all refused at once, no row changed."""

import pytest

from desk.services.check import check
from tests.services.trips import Trip, on_stick, put, rows, rows_of

pytestmark = pytest.mark.both_engines

SAMPLES = 300
SOFT = {"BAD_FILE", "TOO_NEW", "UNKNOWN_KEY", "DAMAGED"}


def test_every_sampled_byte_of_a_package_is_guarded(trip: Trip):
    trip.export()
    [good] = on_stick(trip.stick).values()
    step = max(1, len(good) // SAMPLES)
    stick, before = trip.new_stick("damaged"), rows(trip.hub)
    for place in range(0, len(good), step):
        flip = (0x01, 0x80, 0xFF)[place % 3]
        changed = good[:place] + bytes([good[place] ^ flip]) + good[place + 1 :]
        put(stick, f"{place:06}.bmq", changed)
    for size in range(0, len(good), len(good) // 20):
        put(stick, f"cut {size:06}.bmq", good[:size])
    for more in (1, 2, 16, 64):
        put(stick, f"longer {more}.bmq", good + bytes(more))
        put(stick, f"before {more}.bmq", bytes(more) + good)
    done = trip.receive(stick)
    assert len(done) == len(on_stick(stick)) > SAMPLES
    assert {"BAD_FILE", "DAMAGED"} <= {one.outcome for one in done} <= SOFT
    assert rows(trip.hub) == before
    assert trip.outcomes() == ["COMMITTED"]
    assert rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)
    assert check(trip.hub).findings == ()


def test_damaged_copies_beside_the_good_one_cost_nothing(trip: Trip):
    trip.export()
    [good] = on_stick(trip.stick).values()
    for place in (4, 30, 400, 620, len(good) - 1):
        put(trip.stick, f"{place}.bmq", good[:place] + b"?" + good[place + 1 :])
    assert sorted(trip.outcomes()).count("COMMITTED") == 1
    trip.answers()
    assert trip.states() == ["已回执"]
