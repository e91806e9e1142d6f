"""What a forked process can be asked to do in a folder, beside checking it."""

import gc
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

from desk import memory
from desk.clock import Clock, FixedClock
from desk.console import selftest
from desk.console.selftest import recovery, steps
from desk.console.selftest.opening import entered
from desk.errors import OfficeBusy, UserError
from desk.paths import OfficePaths
from tests.builders import rules

Deed = Callable[[Path, int, int, Clock], None]
TOUCHING = (
    *(("take_in", "paper"), ("draft",), ("import",), ("list",)),
    *(("export", "answer"), ("backup",), ("restore",)),
)
"""Every kind of step that touches files."""
A_STEP = timedelta(days=120) / 20_000
"""What the plan presses together: 120 days at a desk are 20,000 steps."""


def work(folder: Path, count: int, seed: int, clock: Clock) -> None:
    """So many steps by the seed."""
    selftest.work(folder, count, seed, selftest.say, rules=rules(), clock=clock)


def restore(folder: Path, count: int, seed: int, clock: Clock) -> None:
    """A backup, so many steps, a restore from it."""
    hall = selftest.begin(folder, seed, selftest.say, rules=rules(), clock=clock)
    try:
        steps.back_up(hall)
        for _ in range(count):
            steps.step(hall)
        recovery.restore(hall)
    finally:
        hall.close()


def take_in(folder: Path, count: int, seed: int, clock: Clock) -> None:
    """So many people come, and nothing else."""
    hall = selftest.begin(folder, seed, selftest.say, rules=rules(), clock=clock)
    try:
        for _ in range(count):
            steps.take_in(hall)
    finally:
        hall.close()


def one_kind(folder: Path, place: int, seed: int, clock: Clock) -> None:
    """The steps of one kind, by its place in `TOUCHING`."""
    hall = selftest.begin(folder, seed, selftest.say, rules=rules(), clock=clock)
    try:
        for name in TOUCHING[place]:
            with suppress(UserError):
                steps.STEPS[name][1](hall)
    finally:
        hall.close()


def hold(folder: Path, _count: int, _seed: int, clock: Clock) -> None:
    """Open it and wait to be killed."""
    with closing(entered(OfficePaths(folder), clock, rules())):
        signal.pause()


def second(folder: Path, _count: int, _seed: int, clock: Clock) -> None:
    """Open it, and once more while it is open."""
    with closing(entered(OfficePaths(folder), clock, rules())):
        try:
            entered(OfficePaths(folder), clock, rules()).close()
        except OfficeBusy:
            print("refused", flush=True)


WHOLE_FILE = frozenset({"backup", "import", "list", "tick"})
"""Steps whose work is the whole file or all open cases; an import makes a backup first. They take longer as there are more."""


def soak(folder: Path, count: int, seed: int, clock: Clock) -> None:
    """So many steps of long days in this one process, told every hundredth part how it stands.

    Time goes by, so that backups are thinned and packages grow old. Nobody restores: the program is closed and opened for that,
    and what a restore puts aside stays for good. SQLite keeps its caches, 8 MiB a connection at most.
    """
    # As the window does at its start.
    memory.settle()
    age_names()
    days = FixedClock(clock.now())
    hall = selftest.begin(folder, seed, lambda _line: None, rules=rules(), clock=days)
    every, spent = max(1, count // 100), 0.0
    try:
        for step in range(1, count + 1):
            began = time.process_time()
            name, *_ = steps.step(hall, without=("restore",)).split()
            spent += 0.0 if name in WHOLE_FILE else time.process_time() - began
            days.moment += A_STEP
            if step % every == 0:
                gc.collect()
                memory.give_back()
                print("MARK", step, *standing(), spent, flush=True)
    finally:
        hall.close()


MANY_NAMES = 200_000


def age_names() -> None:
    """Let the interpreter's table of names take the room it comes to have anyway.

    Every part of every path goes through it, and where those that died have used it up it is laid out anew, once, with two
    megabytes more, at some step between the 3,000th and the 6,000th: by least squares that would be a leak.
    """
    for one in range(MANY_NAMES):
        sys.intern(f"name {one}")


def standing() -> tuple[int, int, int, int]:
    """KiB in memory, open descriptors, threads, the most KiB there ever were."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    files = len(os.listdir("/proc/self/fd"))
    now, most = (int(told[name].split()[0]) for name in ("VmRSS", "VmHWM"))
    return now, files, int(told["Threads"]), most


def clear(folder: Path, _count: int, _seed: int, _clock: Clock) -> None:
    """Nothing is left of it."""
    shutil.rmtree(folder, ignore_errors=True)


DEEDS: Mapping[str, Deed] = {
    "work": work,
    "restore": restore,
    "take_in": take_in,
    "one_kind": one_kind,
    "clear": clear,
    "hold": hold,
    "second": second,
    "soak": soak,
}
