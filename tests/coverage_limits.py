"""Whether the tests come to enough: branches counted by themselves, too, and what guards data file by file.

`python -m tests.coverage_limits`, after a run with `--cov`; `start.py coverage` asks it last.
"""

import json
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from coverage import Coverage

RULES = "desk/domain/"
GUARDS = (
    *("db/", "desk/exchange/", "desk/keyring/", "desk/files.py"),
    *(f"desk/services/{name}" for name in ("attachment", "backup", "erasing", "key_", "picture_")),
    *(f"desk/services/{name}" for name in ("rescue", "restore", "second_person", "sign_in")),
)
"""How the names of those files begin whose faults lose or give away what residents trusted the desk with."""
LEAST = 90.0
"""Statements and branches together, and branches counted by themselves."""
STATEMENTS, BRANCHES = ("num_statements", "covered_lines"), ("num_branches", "covered_branches")

Files = Mapping[str, Mapping[str, int]]


def main() -> int:
    """Print the figures, and each file that guards data and is tried too little; 1 if a limit is missed."""
    return 0 if judged(measured()) else 1


def judged(files: Files) -> bool:
    """Whether every limit holds; says what was counted, and which limit does not."""
    rules = {name: facts for name, facts in files.items() if name.startswith(RULES)}
    rest = {name: facts for name, facts in files.items() if name not in rules}
    met = [
        enough("the rules", rules.values(), 100.0),
        enough("the rest", rest.values(), LEAST),
    ]
    for name, facts in sorted(rest.items()):
        share = percent([facts], STATEMENTS, BRANCHES)
        if name.startswith(GUARDS) and share < LEAST:
            print(f"{name} guards data: {share:.1f} % is less than {LEAST:g} %")
            met.append(False)
    return all(met)


def measured() -> Files:
    """What the last run came to, of every file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coverage.json"
        coverage = Coverage()
        coverage.load()
        coverage.json_report(outfile=str(path))
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return {Path(name).as_posix(): facts["summary"] for name, facts in told["files"].items()}


def enough(what: str, files: Iterable[Mapping[str, int]], least: float) -> bool:
    """Whether statements and branches together, and branches by themselves, come to so many per cent; says how far they come."""
    files = list(files)
    both, alone = percent(files, STATEMENTS, BRANCHES), percent(files, BRANCHES)
    statements, branches = (
        " of ".join(str(sum(facts[key] for facts in files)) for key in reversed(kind))
        for kind in (STATEMENTS, BRANCHES)
    )
    print(
        f"{what}: {statements} statements, {branches} branches; together {both:.2f} %, "
        f"branches alone {alone:.2f} % (each at least {least:g})"
    )
    return min(both, alone) >= least


def percent(files: Iterable[Mapping[str, int]], *kinds: tuple[str, str]) -> float:
    """The share the tests came to; 100 where there is nothing to come to."""
    files = list(files)
    all_, met = (sum(facts[kind[at]] for facts in files for kind in kinds) for at in (0, 1))
    return 100.0 * met / all_ if all_ else 100.0


if __name__ == "__main__":
    sys.exit(main())
