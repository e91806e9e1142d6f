"""Rows of the plan that stand as tests of the suite already: run there, counted here."""

import re
import subprocess
import sys
from functools import partial
from pathlib import Path

from tests.faults.figure import Figure

ROOT = Path(__file__).parents[2]


def run(_rounds: int, _seed: int, *, files: tuple[str, ...]) -> Figure:
    """These files by pytest; a failed test is a failure of the row."""
    words = ("-q", "-p", "no:cacheprovider", "-m", "not bench", *files)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = tuple(re.findall(r"^(?:FAILED|ERROR) .*", done.stdout, re.MULTILINE))
    passed = sum(map(int, re.findall(r"(\d+) passed", done.stdout)))
    if done.returncode and not failed:
        failed = (f"pytest ended with {done.returncode}",)
    return Figure(passed + len(failed), failed, f"{passed} tests")


vectors = partial(run, files=("tests/exchange/test_vectors.py",))
hostile = partial(
    run, files=("tests/services/test_hostile_text.py", "tests/services/test_search.py")
)
rights = partial(run, files=("tests/services/test_rights.py",))
quiet = partial(run, files=("tests/faults/test_quiet.py",))
bugs = partial(
    run, files=("tests/faults/test_bugs.py", "tests/ui/test_crash.py", "tests/test_logs.py")
)
