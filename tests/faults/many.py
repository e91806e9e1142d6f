"""Row 14: several processes on one database whose lock failed, and the lock itself."""

from collections.abc import Iterable

from tests.faults.figure import Figure
from tests.faults.workshop import KILLED, Workshop, fresh_copy, workshop

TOGETHER = 3
BATCH = 25
"""Cases each takes in before all is looked at."""


def together(rounds: int, seed: int, plants: Iterable[str] = ()) -> Figure:
    """`rounds` cases by each of three processes at once, as if the lock were not there: none lost, no number twice."""
    failures: list[str] = []
    taken = 0
    with workshop() as shop:
        base = shop.folder / "base"
        shop.do("work", base, count=2, seed=seed)
        for turn, count in enumerate(min(BATCH, rounds - at) for at in range(0, rounds, BATCH)):
            folder = fresh_copy(base, shop.folder / "hall")
            acks = [shop.promises() for _ in range(TOGETHER)]
            orders = [
                (
                    "take_in",
                    folder,
                    {
                        "count": count,
                        "seed": seed + turn * TOGETHER + one,
                        "acks": acks[one],
                        "plants": ("no_lock", *plants),
                    },
                )
                for one in range(TOGETHER)
            ]
            for done in shop.together(orders):
                taken += done.said.count("ACK case")
                if done.status != 0:
                    failures.append(f"seed {seed} batch {turn}: {done.status} {done.last_words()}")
            looked = shop.look(folder, acks)
            if looked.status != 0:
                told = (looked.said.splitlines() or [""])[0] + looked.last_words()
                failures.append(f"seed {seed} batch {turn}: check {looked.status}: {told[:300]}")
    return Figure(rounds, tuple(failures), f"{TOGETHER} processes, {taken} cases")


def locked(rounds: int, seed: int, plants: Iterable[str] = ()) -> Figure:
    """A second start is refused while the first lives; killed and started so often, the lock is never stale."""
    failures: list[str] = []
    with workshop() as shop:
        folder = shop.folder / "hall"
        shop.do("work", folder, count=1, seed=seed)
        for turn in range(rounds):
            held = shop.do("hold", folder, kill_after=turn % 5 / 10, plants=plants)
            if held.status != KILLED:
                failures.append(f"seed {seed} round {turn}: {held.status} {held.last_words()}")
            failures += _second(shop, turn, seed, tuple(plants))
    return Figure(rounds, tuple(failures), "")


def _second(shop: Workshop, turn: int, seed: int, plants: tuple[str, ...]) -> list[str]:
    folder = shop.folder / "hall"
    alone = shop.do("second", folder, plants=plants)
    if alone.status != 0 or "refused" not in alone.said:
        return [f"seed {seed} round {turn}: {alone.status} {alone.last_words()}"]
    return []
