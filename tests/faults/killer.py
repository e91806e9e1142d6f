"""Rows 1 and 2: the program killed at random moments, at exact file operations, and in the middle of a write."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.figure import Figure
from tests.faults.shim import Fault, On, What
from tests.faults.workshop import NOTHING, Outcome, Workshop, fresh_copy, workshop

STEPS, ROUNDS_PER_FOLDER = 5, 8
SUBJECTS = ("", "-wal", ".pdf", ".part", "keys", ".bmq", "backup", "desk.db")
"""What the paths have in them; each kind of file has its share."""


@dataclass(slots=True)
class Tally:
    """What the rounds came to."""

    killed: int = 0
    acknowledged: int = 0
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)

    def said(self) -> str:
        return (
            f"{self.killed} killed, {self.acknowledged} acknowledged, "
            f"slowest check {self.slowest:.1f} s"
        )


def at_times(rounds: int, seed: int, plants: Iterable[str] = ()) -> Figure:
    """Killed at random moments of the work, and now and then of the opening after it."""
    return killed(rounds, seed, plants, _moments)


def at_operations(rounds: int, seed: int, plants: Iterable[str] = ()) -> Figure:
    """Killed at an operation on a kind of file, each kind in its turn."""
    return killed(rounds, seed, plants, _operations)


def torn(rounds: int, seed: int, plants: Iterable[str] = ()) -> Figure:
    """Killed when half of a write was done."""
    return killed(rounds, seed, plants, _writes)


def _moments(dice: Random, usual: Outcome, _turn: int) -> tuple[Fault, float | None]:
    return NOTHING, dice.uniform(0.02, usual.seconds)


def _operations(dice: Random, usual: Outcome, turn: int) -> tuple[Fault, float | None]:
    named = SUBJECTS[turn % len(SUBJECTS)]
    most = usual.seen if not named else max(4, usual.seen // 8)
    return Fault(What.KILL, On.CHANGE, at=dice.randint(1, most), named=named), None


def _writes(dice: Random, usual: Outcome, turn: int) -> tuple[Fault, float | None]:
    named = SUBJECTS[turn % len(SUBJECTS)]
    most = usual.seen // 3 if not named else max(3, usual.seen // 16)
    return Fault(What.TEAR, On.WRITE, at=dice.randint(1, most), named=named), None


def killed(rounds: int, seed: int, plants: Iterable[str], choose) -> Figure:
    """So many rounds: work until killed, then open and look every promise up."""
    tally, plants = Tally(), tuple(plants)
    with workshop() as shop:
        usual = shop.do("work", shop.folder / "usual", count=STEPS, seed=seed)
        for turn in range(rounds):
            if turn % ROUNDS_PER_FOLDER == 0:
                folder, acks = shop.folder / "hall", shop.promises()
                # Every other folder begins with a first start.
                shop.do("clear", folder)
                if turn // ROUNDS_PER_FOLDER % 2:
                    fresh_copy(shop.folder / "usual", folder)
            dice = Random(f"{seed} {turn}")
            fault, moment = choose(dice, usual, turn)
            done = shop.do(
                "work",
                folder,
                count=STEPS,
                seed=seed + turn,
                acks=acks,
                fault=fault,
                kill_after=moment,
                plants=plants,
            )
            _look(shop, folder, acks, done, tally, f"seed {seed} round {turn}", dice)
            if len(tally.failures) >= 20:
                return Figure(turn + 1, tuple(tally.failures), tally.said())
    return Figure(rounds, tuple(tally.failures), tally.said())


def _look(
    shop: Workshop,
    folder: Path,
    acks: Path,
    done: Outcome,
    tally: Tally,
    name: str,
    dice: Random,
) -> None:
    tally.killed += done.status == -9
    if done.fell_over:
        tally.failures.append(f"{name}: work {done.status}: {done.last_words()}")
    if not (folder / "keys.json").exists():
        # A first start cut short promised nothing; the next round begins it again.
        if "ACK" in done.said:
            tally.failures.append(f"{name}: promised without a key file")
        return
    if dice.random() < 0.15:
        shop.do("check", folder, promised=[acks], kill_after=dice.uniform(0.02, 0.4))
    looked = shop.look(folder, [acks])
    tally.slowest = max(tally.slowest, looked.seconds)
    tally.acknowledged += done.said.count("ACK ")
    if looked.status != 0:
        told = (looked.said.splitlines() or [""])[0] + looked.last_words()
        tally.failures.append(f"{name}: check {looked.status}: {told[:300]}")
