"""Closed offices, to be copied and opened again without their passwords; and one that is made once for all who need any."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from desk import keyring
from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.services.office import Office
from desk.services.sign_in import open_with_key
from tests.builders import MONDAY, PASSWORD, make_office, rules
from tests.conftest import GUARDS
from tests.servers import copy_of


@dataclass(frozen=True)
class Kept:
    """A closed folder that can be copied and opened again without its password."""

    folder: Path
    key: bytes
    operator: UUID
    server: str = ""


def keep(folder: Path) -> Kept:
    operator = keyring.operators(folder)[0].id
    key = keyring.open_with_password(folder, operator, PASSWORD, FixedClock(MONDAY))
    return Kept(folder, key, UUID(hex=operator))


def opened(kept: Kept, at: datetime = MONDAY) -> Office:
    return open_with_key(
        OfficePaths(kept.folder, kept.server),
        kept.key,
        kept.operator,
        clock=FixedClock(at),
        rules=rules(),
    )


def copied(kept: Kept, folder: Path) -> Kept:
    """The same closed folder once more."""
    with closed_files():
        shutil.copytree(kept.folder, folder)
    server = copy_of(kept.server) if kept.server else ""
    return replace(kept, folder=folder, server=server)


def new_office(folder: Path) -> Office:
    """An office nobody has worked in, as `make_office` makes it, in a sixth of the time: all of a process are copies of one."""
    kept, files = _first()
    with closed_files():
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return opened(replace(kept, folder=folder))


@cache
def _first() -> tuple[Kept, dict[Path, bytes]]:
    with tempfile.TemporaryDirectory() as place, closed_files():
        folder = Path(place) / "office"
        make_office(folder).office.close()
        files = (path for path in folder.rglob("*") if path.is_file())
        return keep(folder), {path.relative_to(folder): path.read_bytes() for path in files}


@contextmanager
def closed_files() -> Iterator[None]:
    """For the moment in which nobody holds the databases that are read here as files."""
    before, GUARDS.database_files_closed = GUARDS.database_files_closed, True
    try:
        yield
    finally:
        GUARDS.database_files_closed = before
