"""The process in which mutants are taken: it limits itself, says which one is at work, and what each cost.

    python -m tests.faults.fuzz_child TARGET SEED FIRST COUNT

One JSON line before each mutant and one after, so that a parent knows at which the process died.
"""

import json
import random
import resource
import sys
import tempfile
from pathlib import Path

from tests.faults.fuzz_targets import TARGETS, Target

MOST_SECONDS: float = 5
MOST_KIB = 512 << 10
ADDRESSES = 2 << 30
"""A mutant that wants all of the memory fails here, not on the machine."""


def main(name: str, seed: int, first: int, count: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            say(number=number)
            say(**taken(target, Path(folder), random.Random(f"{name} {seed} {number}")))


def taken(target: Target, folder: Path, rng: random.Random) -> dict[str, object]:
    """What became of one mutant; `fault` says what may not be."""
    data = target.make(rng)
    before = seconds()
    fault, code = "", ""
    try:
        code = target.take(data, folder)
    except BaseException as error:
        fault = f"{type(error).__name__}: {error}"[:200]
    spent = seconds() - before
    kib = peak_kib()
    if spent > MOST_SECONDS:
        fault = fault or f"{spent:.1f} s"
    if kib > MOST_KIB:
        fault = fault or f"{kib >> 10} MiB"
    return {"code": code, "fault": fault, "spent": spent, "kib": kib}


WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def seconds() -> float:
    """Seconds of processor so far, of this process and those it started."""
    used = [resource.getrusage(who) for who in WHO]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak_kib() -> int:
    """The most memory this process or one it started had; what whoever started this one had would count in its own rusage."""
    with open("/proc/self/status", encoding="ascii") as status:
        own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def say(**told: object) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
