"""Row 17: the real window on a disk whose every sync takes 0.3 s: it goes on answering, and with 100,000 cases saves stay quick."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import quantiles
from types import MappingProxyType

from tests.architecture.tree import ROOT
from tests.bench.conftest import KEPT
from tests.faults import shim
from tests.faults.figure import Figure

LINGER_MS = 300
MOST_FROZEN_MS = 200.0
MOST_SAVE_P95_MS, MOST_SAVE_P99_MS, MOST_OPENING_MS = 200.0, 1_000.0, 5_000.0
LARGE_FROM = 100
"""From so many deeds on the office is the large one, and the times of saves and of the start count, too."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a child saw; milliseconds."""

    frozen: dict[str, float]
    with_queue: float
    saves: list[float]
    opened: float
    slowed: int
    by_window: int
    held: int

    @property
    def longest(self) -> float:
        return max(self.frozen.values())

    def better(self, again: "Told") -> "Told":
        """Both runs: of times the better, of counts the sum."""
        frozen = {
            deed: min(took, again.frozen.get(deed, took)) for deed, took in self.frozen.items()
        }
        return replace(
            self,
            frozen=frozen,
            slowed=self.slowed + again.slowed,
            by_window=self.by_window + again.by_window,
            held=self.held + again.held,
        )


def run(rounds: int, seed: int) -> Figure:
    """So many deeds with slow syncs; in a large office as many with the disk as it is before."""
    large = rounds >= LARGE_FROM
    with an_office(large) as folder:
        quick = worked(folder, 0, rounds, seed) if large else None
        slow = worked(folder, LINGER_MS, rounds, seed + 1)
        if [*frozen(slow)]:
            # The machine may have been busy with something else; the limit itself is never stretched.
            slow = slow.better(worked(folder, LINGER_MS, rounds, seed + 2))
    failures = [*frozen(slow), *(late(quick) if quick else ())]
    said = [
        f"{slow.slowed} syncs of {LINGER_MS} ms, {slow.by_window} of them on the window's thread"
    ]
    said += [f"longest without an answer {slow.longest:.0f} ms"]
    if quick:
        p95, p99 = slow_end(quick.saves)
        said += [f"at full speed {quick.longest:.0f} ms, {len(quick.saves)} saves p95 {p95:.0f} ms"]
        said += [f"p99 {p99:.0f} ms, start {quick.opened:.0f} ms"]
    return Figure(rounds, tuple(failures), ", ".join(said))


def worked(folder: Path, pause: int, deeds: int, seed: int, planted: str = "") -> Told:
    """A window in a process of its own does so many deeds by the seed."""
    words = (folder, pause, deeds, seed, *filter(None, [planted]))
    shimmed = {"LD_PRELOAD": str(shim.built())}
    return Told(**json.loads(child("slow_child", *words, environment=shimmed).splitlines()[-1]))


def child(
    module: str, *words: object, environment: Mapping[str, str] = MappingProxyType({})
) -> str:
    """What a module of this folder printed, run without a screen.

    Raises:
        RuntimeError: it did not come to its end; its last words.
    """
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-P", "-m", f"tests.faults.{module}", *map(str, words)],
        cwd=ROOT,
        env={**kept, **started, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def frozen(told: Told) -> Iterator[str]:
    """Where the window did not answer for too long, or waited for the disk itself."""
    if told.by_window:
        yield f"{told.by_window} syncs on the window's thread"
    if told.held:
        yield f"{told.held} syncs with the interpreter held, which stops the window as well"
    for deed, most in told.frozen.items():
        if most > MOST_FROZEN_MS:
            yield f"{deed}: no answer for {most:.0f} ms"


def late(told: Told) -> Iterator[str]:
    """What a large office was too slow at."""
    for name, took, most in zip(
        ("p95", "p99"), slow_end(told.saves), (MOST_SAVE_P95_MS, MOST_SAVE_P99_MS), strict=True
    ):
        if took > most:
            yield f"saves: {name} {took:.0f} ms"
    if told.opened > MOST_OPENING_MS:
        yield f"start {told.opened:.0f} ms"


def slow_end(saves: list[float]) -> tuple[float, float]:
    """The 95th and the 99th percentile."""
    cuts = quantiles(saves, n=100, method="inclusive")
    return cuts[94], cuts[98]


@contextmanager
def an_office(large: bool) -> Iterator[Path]:
    """A closed office that knows its county: the benches' large one (kept where they keep it), or one with two cases."""
    kept = os.environ.get(KEPT) if large else None
    # 1.3 GB is too much for a folder in memory.
    place = Path(tempfile.mkdtemp(prefix="bianmin-slow-", dir="/var/tmp" if large else None))
    folder = Path(kept) if kept else place / "office"
    try:
        # In a process of its own: what this one seals in a hurry (`warm.py`) no window would open.
        child("window_office", folder, "large" if large else "small")
        yield folder
    finally:
        shutil.rmtree(place)
