"""Everything strangers hand us, changed by a seed: taken, or refused in our own words, within 5 s and 512 MiB."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence

from tests.faults.figure import Figure
from tests.faults.fuzz_child import MOST_SECONDS

BATCH = 500
SLOWEST = 120
"""Seconds a batch may stand still altogether: then it hangs."""
WORDS = ("tests.faults.fuzz_child",)
NAMES = (
    "packages",
    "key files and parts",
    "spreadsheets",
    "CSV",
    "JSON",
    "key file",
    "settings",
)


def run(rounds: int, seed: int, names: Sequence[str] = NAMES) -> Figure:
    """So many mutants of each kind."""
    figure = Figure(0)
    for name in names:
        for first in range(0, rounds, BATCH):
            figure += batch(name, seed, first, min(BATCH, rounds - first))
    return Figure(figure.rounds, figure.failures, summary(figure.said))


def batch(name: str, seed: int, first: int, count: int) -> Figure:
    """In a process of its own; if that dies, the rest of the batch is done by another."""
    words = (*WORDS, name, str(seed), str(first), str(count))
    done = subprocess.run(
        [sys.executable, "-m", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=SLOWEST + count * MOST_SECONDS,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    numbers = [one["number"] for one in told if "number" in one]
    ends = [one for one in told if "number" not in one]
    failures = [
        f"{name}, seed {seed}, mutant {number}: {one['fault']}"
        for number, one in zip(numbers, ends, strict=False)
        if one["fault"]
    ]
    met: Counter[str] = Counter("refused" if one["code"] else "taken" for one in ends)
    slowest = max((one["spent"] for one in ends), default=0)
    most = max((one["kib"] for one in ends), default=0) >> 10
    said = json.dumps({**met, "slowest": slowest, "most": most})
    figure = Figure(len(ends), tuple(failures), said)
    if len(ends) == count:
        return figure
    died = numbers[-1] if numbers else first
    last = " ".join(done.stderr.split()[-20:])
    figure += Figure(1, (f"{name}, seed {seed}, mutant {died}: died, {done.returncode}: {last}",))
    if not numbers:
        return figure
    return figure + batch(name, seed, died + 1, first + count - died - 1)


def summary(said: str) -> str:
    """The counts of all batches together."""
    parts = [json.loads(one) for one in said.split("; ") if one]
    taken, refused = (sum(one.get(word, 0) for one in parts) for word in ("taken", "refused"))
    slowest = max((one["slowest"] for one in parts), default=0)
    most = max((one["most"] for one in parts), default=0)
    return f"{refused:,} refused, {taken:,} taken, slowest {slowest:.1f} s, most {most} MiB"
