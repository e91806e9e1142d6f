"""Row 15: a clock that starts at 1970 and jumps back a day, ahead ten years, back fifty."""

from collections.abc import Iterable
from random import Random

from tests.faults.figure import Figure
from tests.faults.workshop import workshop

JUMPS: tuple[int | None, ...] = (0, -1, 3652, -18262, None, 0, 30)
STEPS = 16


def jumped(rounds: int, seed: int, plants: Iterable[str] = ()) -> Figure:
    """So many runs in which the clock jumps between the steps: all that was promised holds, no number comes twice."""
    failures: list[str] = []
    acknowledged = 0
    with workshop() as shop:
        for turn in range(rounds):
            dice = Random(f"{seed} {turn}")
            jumps = [None, *(dice.choice(JUMPS) for _ in range(9))]
            folder, acks = shop.folder / f"hall-{turn}", shop.promises()
            words = {"seed": seed + turn, "acks": acks, "jumps": jumps, "plants": tuple(plants)}
            done = shop.do("work", folder, count=STEPS, **words)
            acknowledged += done.said.count("ACK ")
            if done.status != 0:
                failures.append(f"seed {seed} round {turn}: {done.status} {done.last_words()}")
            looked = shop.look(folder, [acks])
            if looked.status != 0:
                told = (looked.said.splitlines() or [""])[0] + looked.last_words()
                failures.append(f"seed {seed} round {turn}: check {looked.status}: {told[:300]}")
            shop.do("clear", folder)
    return Figure(rounds, tuple(failures), f"{acknowledged} acknowledged")
