"""Where fault tools work: a folder of its own, a forking process with the shim, and what each deed came to."""

import atexit
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.architecture.tree import ROOT
from tests.faults import shim
from tests.faults.shim import Fault
from tests.kept import closed_files
from tests.places import in_memory

NOTHING = Fault()
KILLED = -9
TOLD = 2
"""The exit status of a deed that could not be done and said why in words."""
SLOWEST = 120.0
"""Seconds after which a deed hangs; generous, for busy machines."""
NEWEST_DRAWN = 3
"""Papers that a check draws anew; each is among the newest when it is checked for the first time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a deed ended: exit status (-9: killed), whether it hung, seconds, what it said, operations seen and hit."""

    status: int
    late: bool
    seconds: float
    said: str
    complaints: str
    seen: int
    hit: int

    @property
    def fell_over(self) -> bool:
        """It neither did what it was to do nor said in words why not."""
        return (
            self.late or self.status not in (0, 1, TOLD, KILLED) or "Traceback" in self.complaints
        )

    def last_words(self) -> str:
        lines = [line for line in self.complaints.splitlines() if line.strip()]
        return lines[-1][:200] if lines else ""


class Workshop:
    """The forking process; `folder` is empty and goes with it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0
        self.sound: set[str] = set()
        self.process = forking()

    def do(self, deed: str, folder: Path, **words: Any) -> Outcome:
        """Let a child do that in the folder; words as in `_order`."""
        return self._outcome(self._order(deed, folder, words))

    def look(self, folder: Path, acks: Iterable[Path], **words: Any) -> Outcome:
        """The check of what was promised; of the county only where it is not as a check that found nothing wrong left it."""
        now = county_of(folder)
        looked = self.do("check", folder, promised=acks, county=now not in self.sound, **words)
        if looked.status == 0:
            self.sound.add(county_of(folder))
        return looked

    def together(self, orders: Iterable[tuple[str, Path, dict[str, Any]]]) -> list[Outcome]:
        """Several at once; each outcome has the status and seconds of the worst."""
        made = [self._order(deed, folder, words) for deed, folder, words in orders]
        self._ask({**made[0], "together": made})
        answer = self._answer()
        return [self._read(one, answer) for one in made]

    def promises(self) -> Path:
        """A new file for the promises of one folder."""
        self.count += 1
        return self.folder / f"acks-{self.count}"

    def _order(self, deed: str, folder: Path, words: dict[str, Any]) -> dict[str, Any]:
        self.count += 1
        fault: Fault = words.get("fault", NOTHING)
        told = (fault.what, fault.on, fault.at, fault.times, fault.code, fault.named)
        return {
            "deed": deed,
            "folder": str(folder),
            "said": str(words.get("acks") or self.folder / f"said-{self.count}"),
            "acks": [str(one) for one in words.get("promised", ())],
            "count": words.get("count", 0),
            "seed": words.get("seed", 0),
            "kill_after": words.get("kill_after"),
            "limit": words.get("limit", SLOWEST),
            "fault": [int(one) for one in told[:5]] + [told[5]],
            "record": str(words.get("record", "")),
            "plants": list(words.get("plants", ())),
            "jumps": words.get("jumps"),
            "most_bytes": words.get("most_bytes", 0),
            "county": words.get("county", True),
            "drawn": words.get("drawn", NEWEST_DRAWN),
        }

    def _outcome(self, order: dict[str, Any]) -> Outcome:
        self._ask(order)
        return self._read(order, self._answer())

    def _read(self, order: dict[str, Any], answer: dict[str, Any]) -> Outcome:
        said = Path(order["said"])
        seen = said.with_name(f"{said.name}.seen")
        # Whoever was killed while it told its counts left an empty file.
        counts = (seen.read_text().split() if seen.exists() else []) or ["0", "0"]
        complaints = said.with_name(f"{said.name}.err")
        told = text_of(complaints)
        complaints.unlink(missing_ok=True)
        seen.unlink(missing_ok=True)
        return Outcome(
            status=answer["status"],
            late=answer["late"],
            seconds=answer["seconds"],
            said=text_of(said),
            complaints=told,
            seen=int(counts[0]),
            hit=int(counts[1]),
        )

    def _ask(self, order: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())


@cache
def forking() -> "subprocess.Popen[str]":
    """The forking process, begun once for all workshops of this one: it takes seconds to be ready."""
    environment = {**os.environ, "LD_PRELOAD": str(shim.built()), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.zygote"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    atexit.register(_ended, process)
    return process


def _ended(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.wait()
    process.stdout.close()


def text_of(path: Path) -> str:
    """What is in the file; nothing where a deed was killed before it said anything."""
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def county_of(folder: Path) -> str:
    """A digest of the county's closed database and its log; '' where there is none."""
    told = hashlib.sha256()
    with closed_files():
        for path in sorted((folder / "county").glob("desk.db*")):
            if not path.name.endswith("-shm"):
                told.update(path.name.encode() + path.read_bytes())
    return told.hexdigest()


@contextmanager
def workshop() -> Iterator[Workshop]:
    """A workshop in a temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="bianmin-faults-", dir=in_memory()))
    try:
        yield Workshop(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_copy(base: Path, folder: Path) -> Path:
    """The closed folder once more."""
    if folder.exists():
        shutil.rmtree(folder)
    # Not by Python's own open: a test run refuses that for databases, closed or not.
    subprocess.run(["cp", "-r", "--", str(base), str(folder)], check=True)
    return folder
