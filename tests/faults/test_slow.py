"""Row 17, as far as no clock is needed: whatever syncs does so on another thread, with the interpreter let go.

How long the window gave no answer is measured by `python -m tests.faults --only 17`, on a quiet machine.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults import shim, slow
from tests.faults.slow import LINGER_MS, Told

pytestmark = pytest.mark.skipif(
    not shim.is_here(), reason="libraries can be preloaded on Linux only"
)

CALM = Told({"opening": 120.0, "take_in": 90.0}, 150.0, [60.0] * 40, 900.0, 20, 0, 0)


@pytest.fixture(scope="module")
def office() -> Iterator[Path]:
    with slow.an_office(large=False) as folder:
        yield folder


def test_the_window_never_syncs(office: Path) -> None:
    """Every deed once."""
    told = slow.worked(office, 1, 8, 1)
    assert len(told.frozen) == 9
    assert len(told.saves) == 3
    assert told.slowed > 40
    assert (told.by_window, told.held) == (0, 0)


def test_a_write_on_the_windows_thread_is_found(office: Path) -> None:
    told = slow.worked(office, LINGER_MS, 0, 2, "writes_here")
    assert told.by_window
    assert [one for one in slow.frozen(told) if "on the window's thread" in one]


def test_a_window_that_waits_for_its_writer_is_found(office: Path) -> None:
    """No sync of its own; the time without an answer tells."""
    told = slow.worked(office, LINGER_MS, 0, 3, "waits")
    assert told.by_window == 0
    assert told.longest >= LINGER_MS
    assert [*slow.frozen(told)]


def test_a_sync_with_the_interpreter_held_is_found(office: Path) -> None:
    told = slow.worked(office, LINGER_MS, 0, 4, "holds")
    assert told.held
    assert [one for one in slow.frozen(told) if "interpreter held" in one]


def test_the_limits_are_those_of_the_plan() -> None:
    assert [*slow.frozen(CALM), *slow.late(CALM)] == []
    late = replace(CALM, saves=[60.0] * 30 + [1_100.0] * 10, opened=5_001.0)
    assert [*slow.late(late)] == ["saves: p95 1100 ms", "saves: p99 1100 ms", "start 5001 ms"]
    stuck = replace(CALM, frozen={"opening": 120.0, "take_in": 201.0})
    assert [*slow.frozen(stuck)] == ["take_in: no answer for 201 ms"]
    assert [*slow.frozen(stuck.better(CALM))] == []
