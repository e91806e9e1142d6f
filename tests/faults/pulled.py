"""Row 8: the stick is pulled out at each operation of an export and of the reading of an answer, and comes back later."""

import json
import os
import subprocess
import sys

from tests.architecture.tree import ROOT
from tests.faults import shim
from tests.faults.figure import Figure

WORDS = ("tests.faults.pulled_child",)


def run(rounds: int, seed: int, words: tuple[str, ...] = ()) -> Figure:
    """So many operations of both; all of them where there are no more. `words` are further ones for the process."""
    environment = {**os.environ, "LD_PRELOAD": str(shim.built()), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", *WORDS, str(rounds), str(seed), *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return Figure(0, (f"the process ended with {done.returncode}: {done.stderr[-300:]}",))
    told = json.loads(done.stdout.splitlines()[-1])
    return Figure(told["rounds"], tuple(told["failures"]), told["said"])
