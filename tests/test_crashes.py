"""Starts that broke off: counted by real processes that are killed, by the running time where the clock lies."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from desk.clock import FixedClock
from desk.crashes import KEPT, WITHIN_S, CrashWatch
from desk.keyring.attempts import Running
from tests.architecture.tree import ROOT
from tests.builders import MONDAY

KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from desk.clock import FixedClock
from desk.crashes import CrashWatch
from desk.keyring.attempts import Running
folder, at, boot, seconds = Path(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])
print(CrashWatch(folder, FixedClock(datetime.fromisoformat(at)), lambda: Running(boot, seconds)).begin(), flush=True)
os.kill(os.getpid(), 9) if hasattr(os, "kill") else os._exit(9)
"""
BOOT, OTHER_BOOT = "0123abcd-77", "9876fedc-77"


class World:
    """One folder, one clock, one computer that can be started anew."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, FixedClock(MONDAY)
        self.boot, self.seconds = BOOT, 1000.0

    def pass_by(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)
        self.seconds += seconds

    def crash(self) -> bool:
        """A start that is killed; whether it was a careful one."""
        words = [self.folder, self.clock.now().isoformat(), self.boot, self.seconds]
        done = subprocess.run(
            [sys.executable, "-c", KILLED, *map(str, words)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0, done.stderr
        return done.stdout == "True\n"

    def watch(self) -> CrashWatch:
        return CrashWatch(self.folder, self.clock, lambda: Running(self.boot, self.seconds))

    def start(self) -> bool:
        """A start that ends as it should; whether it was a careful one."""
        watch = self.watch()
        careful = watch.begin()
        watch.end()
        return careful


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "starts")


def test_two_crashes_in_ten_minutes_make_the_next_start_careful(world: World) -> None:
    assert [world.crash(), world.crash()] == [False, False]
    assert world.start()
    assert len(list(world.folder.iterdir())) == 2


def test_one_is_an_accident(world: World) -> None:
    world.crash()
    assert not world.start()


def test_clean_ends_leave_nothing(world: World) -> None:
    for _ in range(3):
        assert not world.start()
    assert list(world.folder.iterdir()) == []


def test_older_ones_count_no_more_and_are_taken_away(world: World) -> None:
    world.crash()
    world.pass_by(WITHIN_S + 1)
    world.crash()
    assert not world.start()
    assert len(list(world.folder.iterdir())) == 1


@pytest.mark.parametrize("years", [-50, 10])
def test_a_clock_that_jumps_in_between_changes_nothing(world: World, years: int) -> None:
    """The computer's running time goes on."""
    world.crash()
    world.clock.advance(days=365 * years)
    world.crash()
    assert world.start()


def test_after_a_restart_only_the_clock_is_left(world: World) -> None:
    """Two power cuts within minutes count; where the clock fell back to its first day as well, the start is a usual one."""
    world.crash()
    world.boot, world.seconds = OTHER_BOOT, 20.0
    world.clock.advance(minutes=3)
    world.crash()
    assert world.start()
    world.boot, world.seconds = "5555aaaa", 20.0
    world.clock.moment -= timedelta(days=9000)
    assert not world.start()


def test_a_computer_that_does_not_name_its_runs_goes_by_the_clock(world: World) -> None:
    world.boot = ""
    world.crash()
    world.crash()
    assert world.start()
    world.clock.advance(seconds=WITHIN_S + 1)
    assert not world.start()


def test_a_second_window_that_lives_is_no_crash(world: World) -> None:
    first, second = world.watch(), world.watch()
    assert [first.begin(), second.begin()] == [False, False]
    assert not world.watch().begin()
    second.end()
    first.end()


def test_forgetting_makes_the_next_start_a_usual_one(world: World) -> None:
    world.crash()
    world.crash()
    watch = world.watch()
    assert watch.begin()
    watch.forget()
    watch.end()
    assert not world.start()


def test_marks_do_not_pile_up(world: World) -> None:
    now = int(MONDAY.timestamp())
    world.folder.mkdir()
    for number in range(40):
        (world.folder / f"{now - number}-{900}-0123abcd-{number:08x}.start").touch()
    (world.folder / "notes.txt").touch()
    assert world.start()
    assert len(list(world.folder.glob("*.start"))) == KEPT
    assert (world.folder / "notes.txt").exists()


def test_a_folder_that_cannot_be_made_costs_the_mark_only(tmp_path: Path) -> None:
    (tmp_path / "starts").write_text("in the way")
    watch = CrashWatch(tmp_path / "starts", FixedClock(MONDAY))
    assert not watch.begin()
    watch.end()
    assert os.listdir(tmp_path) == ["starts"]
