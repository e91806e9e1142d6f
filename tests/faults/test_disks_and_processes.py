"""Kills, power cuts, failing, full and held disks, several processes, jumping clocks, long days: the quick tier of rows 1 to 7
and 14 to 16, and the bugs planted for each tool.

Some rounds each, for these cost a third of a second of processor apiece; the full tier is `python -m tests.faults --full`.
"""

import errno
import os
from dataclasses import replace

import pytest

from tests.faults import (
    clock_jumps,
    failsweep,
    fulldisk,
    killer,
    many,
    powercut,
    shim,
    soak,
)
from tests.faults.shim import Fault, On, What
from tests.faults.soak import Mark
from tests.faults.workshop import TOLD

pytestmark = pytest.mark.skipif(
    not shim.is_here(), reason="libraries can be preloaded on Linux only"
)


def test_there_is_a_compiler() -> None:
    assert shim.built().exists()


def test_killed_at_random_moments() -> None:
    assert killer.at_times(20, 1).failures == ()


def test_killed_at_operations_on_each_kind_of_file() -> None:
    assert killer.at_operations(24, 2).failures == ()


def test_killed_in_the_middle_of_a_write() -> None:
    assert killer.torn(12, 3).failures == ()


def test_the_killer_finds_what_was_acknowledged_too_early() -> None:
    assert killer.at_operations(4, 4, ["acknowledged_early"]).failures


def test_the_power_fails() -> None:
    assert powercut.honest(36, 5).failures == ()


@pytest.mark.parametrize("plant", ["no_folder_sync", "no_sync", "in_place"])
def test_the_power_cut_finds_what_was_not_synced(plant: str) -> None:
    assert powercut.cut(30, 1, [plant], lies=0.0, deeds=["work"], enough=1).failures


def test_each_operation_fails_in_its_turn() -> None:
    assert failsweep.swept(24, 6).failures == ()


def test_a_save_that_does_not_hear_the_disk_is_found() -> None:
    assert failsweep.swept(24, 6, ["deaf"]).failures


@pytest.mark.parametrize(
    "fault",
    [
        Fault(What.FAIL, On.WRITE, 1, 1, errno.EIO, "restoring/"),
        Fault(What.FAIL, On.OPEN, 1, 1, errno.ENOSPC, "restoring/desk.db-wal"),
        Fault(What.FAIL, On.TRUNCATE, 1, 1, errno.EIO, "restoring/desk.db-wal"),
    ],
)
def test_a_restore_whose_disk_fails_is_told_and_done_again(fault: Fault) -> None:
    """Found by row 5: an older backup was taken, with what the newest held lost; and troubles nobody had words for."""
    done, wrong = failsweep.one(6, ("restore",), fault)
    assert wrong == []
    assert done.hit
    assert done.status == TOLD


@pytest.mark.parametrize("at", [42, 1051])
def test_a_file_the_disk_does_not_open_any_more_is_told(at: int) -> None:
    """Found by row 5 at seed 1000: it was there and could not be opened, which nobody had words for once the office stood."""
    full_from_then_on = Fault(What.FAIL, On.CHANGE, at, 0, errno.ENOSPC)
    done, wrong = failsweep.one(1000, ("restore",), full_from_then_on)
    assert wrong == []
    assert done.hit
    assert done.status == TOLD


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        (("draft",), Fault(What.FAIL, On.CHANGE, 30, 1, errno.EIO)),
        (("export", "answer"), Fault(What.FAIL, On.CHANGE, 67, 1, errno.ENOSPC)),
    ],
)
def test_a_file_the_disk_refuses_once_is_told(steps: tuple[str, ...], fault: Fault) -> None:
    """Found by row 5 at seed 1000: SQLite had the log to read only from then on; and the selftest read a package by itself."""
    done, wrong = failsweep.one(1000, steps, fault)
    assert wrong == []
    assert done.hit
    assert done.status == TOLD


def test_a_scanner_holds_a_file() -> None:
    assert failsweep.scanned(6, 7).failures == ()


def test_giving_up_at_once_is_found() -> None:
    assert failsweep.scanned(3, 7, ["impatient"]).failures


def test_a_disk_that_is_full() -> None:
    assert fulldisk.full(2, 8).failures == ()
    assert fulldisk.limited(1, 9).failures == ()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_missing_reserve_is_found() -> None:
    assert fulldisk.full(1, 10, ["no_reserve"]).failures


def test_three_processes_on_one_database() -> None:
    assert many.together(10, 11).failures == ()


def test_a_number_taken_outside_the_transaction_is_found() -> None:
    assert many.together(4, 12, ["number_apart"]).failures


def test_the_lock_is_never_stale() -> None:
    assert many.locked(10, 13).failures == ()


def test_a_lock_that_stays_is_found() -> None:
    assert many.locked(3, 13, ["lock_by_name"]).failures


def test_the_clock_jumps() -> None:
    assert clock_jumps.jumped(5, 14).failures == ()


def test_numbers_that_begin_again_are_found() -> None:
    assert clock_jumps.jumped(2, 14, ["yesterday_forgotten"]).failures


def test_a_long_day() -> None:
    assert soak.soaked(100, 15).failures == ()


def test_the_soak_finds_a_leak() -> None:
    assert soak.soaked(60, 16, ["leak"]).failures


def test_memory_and_time_that_grow_are_told() -> None:
    steady = [Mark(n, 90_000 + n % 3, 12, 4, 95_000, n / 20) for n in range(40, 4_040, 40)]
    growing = [replace(one, rss_kib=90_000 + one.step // 4) for one in steady]
    slowing = [replace(one, seconds=one.step**1.5 / 20) for one in steady]
    assert soak.faults(steady, 4_000) == []
    assert soak.faults(growing, 4_000) == ["memory grows by 250 KiB a 1,000 steps"]
    assert soak.faults(slowing, 4_000) == ["steps take 2.80 x as long at the end"]
    assert soak.faults([], 4_000) == ["no marks"]
