"""Before a file is brought to a newer schema: room enough, and a verified backup to go back to."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from db import migrate
from desk.clock import Clock
from desk.errors import DiskFull, OfficeOlder
from desk.paths import OfficePaths
from desk.services import backup, engines
from desk.services.backups import Backup, listed

ROOM = 3
"""A migration may write the file anew: the file, its log and the backup."""


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file that has an earlier schema, as a backup needs it."""

    paths: OfficePaths
    clock: Clock
    reader: Engine
    beside: Callable[..., Any]
    origin: UUID
    epoch: int


def safeguard(paths: OfficePaths, key: bytes, clock: Clock, door: Engine, found: int) -> None:
    """Make the backup `pre-vN` of a file whose schema has the number `found`, unless one of this very state is there.

    Raises:
        DiskFull: there is not three times the file's room; nothing was written.
        OfficeDamaged, DiskFailed: no whole backup could be made.
    """
    if paths.server:
        return
    require_room(paths)
    beside = partial(engines.beside, key)
    with closing(beside(paths.database)) as raw:
        origin, epoch = raw.execute("SELECT origin, epoch FROM this_desk").fetchone()
        standing = backup.standing_of(raw)
    why = f"{backup.BEFORE_UPGRADE}{migrate.HEAD}"
    made = (one for one in listed(paths.backups) if one.manifest.why == why and one.looks_whole())
    if any((one.manifest.standing, one.manifest.schema) == (standing, found) for one in made):
        return
    source = OldFile(paths, clock, door, beside, UUID(bytes=bytes(origin)), epoch)
    backup.make_of(source, why=why, schema=found)


def require_room(paths: OfficePaths) -> None:
    """Three times the room of the file must be free.

    Raises:
        DiskFull: it is not.
    """
    if shutil.disk_usage(paths.folder).free < ROOM * paths.database.stat().st_size:
        raise DiskFull


def refuse(_door: Engine, _found: int) -> None:
    """For who may not write.

    Raises:
        OfficeOlder: always.
    """
    raise OfficeOlder


def before_this(paths: OfficePaths) -> Backup | None:
    """The backup made before the file came to this program's schema; None when it never had an earlier one."""
    why = f"{backup.BEFORE_UPGRADE}{migrate.HEAD}"
    return next((one for one in listed(paths.backups) if one.manifest.why == why), None)
