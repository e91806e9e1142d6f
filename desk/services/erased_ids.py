"""The list of what was erased, beside the file and not in it: a backup put in the file's place brings nothing back for good.

It holds ids, the class of keeping and the day it was due; no name, no number.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from desk.errors import UNREADABLE
from desk.files import write_atomic


@dataclass(frozen=True, slots=True)
class Erased:
    """One record that was erased: a case or an entry of a register."""

    id: str
    what: str
    keep: str
    due: str
    basis: str


def read(path: Path) -> tuple[Erased, ...]:
    """The list; empty where there is none, or none that reads."""
    try:
        told = json.loads(path.read_bytes())
        return tuple(Erased(**one) for one in told if UUID(hex=one["id"]))
    except (OSError, *UNREADABLE):
        return ()


def add(path: Path, erased: Iterable[Erased]) -> None:
    """Add to the list; what stands there already stays as it is.

    Raises:
        DiskFull, DiskFailed: it could not be written.
    """
    known = {one.id: one for one in (*erased, *read(path))}
    body = [asdict(one) for one in sorted(known.values(), key=lambda one: one.id)]
    write_atomic(path, json.dumps(body, ensure_ascii=False, indent=0).encode())
