"""Row 16: a long day pressed together: memory, descriptors and threads stay where they are after the warm-up."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.faults.figure import Figure
from tests.faults.workshop import workshop

MOST_KIB_PER_1000 = 64.0
MOST_RSS_KIB = 600 * 1024
MOST_DESCRIPTORS, MOST_THREADS = 2, 1
MOST_SLOWER = 1.5
WARM_UP = 0.2
ENOUGH = 3_000
"""Fewer steps are too few to judge memory and pace: then only descriptors, threads and the highest memory count."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a process stands after so many steps; `most_kib` is the most there was until then.

    `seconds`: processor time so far of the steps that concern one case or one trip.
    """

    step: int
    rss_kib: int
    descriptors: int
    threads: int
    most_kib: int
    seconds: float


def soaked(rounds: int, seed: int, plants: Iterable[str] = ()) -> Figure:
    """So many steps in one process, its standing marked all the while."""
    with workshop() as shop:
        folder = shop.folder / "hall"
        done = shop.do("soak", folder, count=rounds, seed=seed, plants=plants, limit=36_000.0)
        marks = [read(line) for line in done.said.splitlines() if line.startswith("MARK ")]
    failures = [] if done.status == 0 else [f"seed {seed}: {done.status} {done.last_words()}"]
    grown = growth(marks)
    failures += faults(marks, rounds)
    most = max((one.most_kib for one in marks), default=0) // 1024
    said = (
        f"{grown:+.0f} KiB per 1,000 steps, at most {most} MiB, steps {slower(marks):.2f} x as long"
    )
    return Figure(rounds, tuple(failures), said)


def read(line: str) -> Mark:
    _, *counts, seconds = line.split()
    step, rss, descriptors, threads, most = map(int, counts)
    return Mark(step, rss, descriptors, threads, most, float(seconds))


def growth(marks: list[Mark]) -> float:
    """KiB a thousand steps after the warm-up, by least squares."""
    after = marks[int(len(marks) * WARM_UP) :]
    if len(after) < 2:
        return 0.0
    steps = [one.step for one in after]
    mean, level = sum(steps) / len(after), sum(one.rss_kib for one in after) / len(after)
    over = sum((one.step - mean) * (one.rss_kib - level) for one in after)
    return 1000 * over / sum((step - mean) ** 2 for step in steps)


def slower(marks: list[Mark]) -> float:
    """How many times as long the steps of the last quarter take as those of the first."""
    if len(marks) < 4:
        return 1.0
    quarter = len(marks) // 4
    first, last = marks[quarter - 1], marks[-1]
    before = marks[-1 - quarter]
    return (
        (last.seconds - before.seconds) / (last.step - before.step) / (first.seconds / first.step)
    )


def faults(marks: list[Mark], rounds: int) -> list[str]:
    """What of the plan's limits does not hold."""
    after = marks[int(len(marks) * WARM_UP) :]
    if not after:
        return ["no marks"]
    first, last = after[0], after[-1]
    found = []
    if last.descriptors > first.descriptors + MOST_DESCRIPTORS:
        found.append(f"descriptors {first.descriptors} to {last.descriptors}")
    if last.threads > first.threads + MOST_THREADS:
        found.append(f"threads {first.threads} to {last.threads}")
    if max(one.most_kib for one in marks) > MOST_RSS_KIB:
        found.append("more than 600 MiB")
    if rounds >= ENOUGH and growth(marks) > MOST_KIB_PER_1000:
        found.append(f"memory grows by {growth(marks):.0f} KiB a 1,000 steps")
    if rounds >= ENOUGH and slower(marks) > MOST_SLOWER:
        found.append(f"steps take {slower(marks):.2f} x as long at the end")
    return found
