"""Tries at the password with restarts and clocks that jump between them, against a model of four lines: never let in early."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from desk.clock import FixedClock
from desk.errors import SignInPaused, SignInRefused
from desk.keyring import attempts
from desk.keyring.attempts import FIRST_PAUSE_S, FREE, LONGEST_PAUSE_S
from tests.builders import MONDAY
from tests.faults.figure import Figure
from tests.faults.houses import room
from tests.keyring.conftest import Computer

STEPS = 40
DAYS = (-18_250, -1, 1, 3_650)


@dataclass
class Seat:
    """The folder the tries are counted in, the clock on the wall, and how long the computer runs."""

    folder: Path
    clock: FixedClock
    computer: Computer


def tried(seat: Seat, right: bool) -> None:
    """A try as the keyring counts it; `tests/keyring/test_attempts.py` goes the whole way, which takes a slow hash each time."""
    attempts.begin(seat.folder, "aa", seat.clock.now(), seat.computer())
    if not right:
        raise SignInRefused
    attempts.succeeded(seat.folder, "aa")


Try = Callable[[Seat, bool], None]


def run(rounds: int, seed: int, attempt: Try | None = None) -> Figure:
    """So many rows of forty things that happen. Waiting is told by a stopwatch that nobody can set."""
    failures: list[str] = []
    count = 0
    with room() as folder:
        seat = Seat(folder, FixedClock(MONDAY), Computer())
        for round_ in range(rounds):
            rng = random.Random(f"{seed} {round_}")
            (folder / attempts.NAME).unlink(missing_ok=True)
            told, tries = lived(seat, rng, attempt or tried)
            count += tries
            failures += [f"seed {seed}, round {round_}, {one}" for one in told]
    return Figure(rounds, tuple(failures), f"{count:,} tries")


def lived(seat: Seat, rng: random.Random, attempt: Try) -> tuple[list[str], int]:
    """What was let in, or not, against the model; and how many tries there were."""
    failures: list[str] = []
    wrong, watch, tries = 0, 0.0, 0
    until = 0.0
    for step in range(STEPS):
        match rng.randrange(10):
            case 0:
                seat.clock.moment = MONDAY + timedelta(days=rng.choice(DAYS))
            case 1:
                off, on = rng.uniform(0, 600), rng.uniform(20, 90)
                watch += off + on
                seat.computer.restart(on)
            case 2 | 3:
                waited = rng.choice((1.0, 29.0, 31.0, 400.0))
                watch += waited
                seat.computer.wait(waited)
            case _:
                tries += 1
                what = outcome(seat, rng.random() < 0.1, attempt)
                if watch < until and what != "paused":
                    failures.append(f"step {step}: {what} {until - watch:.0f} s too early")
                if what == "in":
                    wrong, until = 0, 0.0
                elif what == "refused":
                    wrong += 1
                    until = watch + pause(wrong)
    return failures, tries


def pause(wrong: int) -> float:
    """The model: five are free, then 30 s doubling to 15 min."""
    if wrong < FREE:
        return 0.0
    return float(min(FIRST_PAUSE_S * 2 ** (wrong - FREE), LONGEST_PAUSE_S)) - 1


def outcome(seat: Seat, right: bool, attempt: Try) -> str:
    try:
        attempt(seat, right)
    except SignInPaused:
        return "paused"
    except SignInRefused:
        return "refused"
    return "in"
