"""Backups made while people work: copied through the driver, opened, checked and compared before they count, then thinned."""

import errno
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine

from db.migrate import HEAD
from desk import memory
from desk.clock import Clock
from desk.domain import thinning
from desk.domain.events import GENESIS
from desk.errors import Cancelled, DiskFailed, DiskFull, OfficeDamaged, OfficeError, StoreUnfit
from desk.files import (
    digest_of,
    folder_beside,
    make_folder,
    put_folder,
    read_whole,
    write_atomic,
)
from desk.keyring.key_file import NAMES
from desk.paths import OfficePaths
from desk.services import audit, picture_backup
from desk.services.backups import (
    FILE,
    PACKAGES,
    Backup,
    Manifest,
    Standing,
    listed,
    write_manifest,
)
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.troubles import disk_troubles

Progress = Callable[[int, int, str], None]
IsCancelled = Callable[[], bool]

STEP_PAGES = 2_048
"""Pages copied at a time, 8 MiB; between two steps progress is told."""
AGAIN_AFTER = timedelta(hours=2)
SHARE = 5
"""All backups together take at most one part in this many of the room there is."""
BEFORE_UPGRADE = "pre-v"
"""How the `why` of the backup before a new schema begins; its number follows."""
COPYING, CHECKING = "正在备份", "正在核对备份"
HEAD_OF_CHAIN = (
    "SELECT event.n, event.hash FROM event JOIN this_desk ON event.origin = this_desk.origin"
    " ORDER BY event.n DESC LIMIT 1"
)


class Source(Protocol):
    """What a backup is made of: an open office, or a file that is about to be brought to this program's schema."""

    @property
    def paths(self) -> OfficePaths: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def origin(self) -> UUID: ...

    @property
    def epoch(self) -> int: ...

    @property
    def reader(self) -> Engine: ...

    @property
    def beside(self) -> Callable[..., Any]: ...


def quiet(_done: int, _total: int, _what: str = "") -> None:
    """For those who need not know how far it is."""


def never() -> bool:
    """For work nobody cancels."""
    return False


def due(office: Office, *, closing_time: bool = False) -> str:
    """Why a backup is to be made now: `day`, `hours` or `closing`; '' when none is.

    The day's first comes whatever has changed; later ones only when there are new events, after two hours or at closing.
    """
    if office.paths.server:
        return ""
    last = newest(office)
    now = office.clock.now()
    made_on = {one.at.date() for one in listed(office.paths.backups) if one.looks_whole()}
    if last is None or now.date() not in made_on:
        return "day"
    with reading(office, "") as connection:
        standing = _standing(connection.connection.driver_connection)
    if (standing.n, standing.head) == (last.manifest.standing.n, last.manifest.standing.head):
        return ""
    if closing_time:
        return "closing"
    return "hours" if abs(now - last.at) >= AGAIN_AFTER else ""


def newest(office: Office) -> Backup | None:
    """The backup of this database that holds most; None if there is none whose file is there."""
    own = (one for one in listed(office.paths.backups) if one.manifest.origin == office.origin)
    return next((one for one in own if one.looks_whole()), None)


def make(
    office: Office,
    *,
    why: str,
    progress: Progress = quiet,
    cancelled: IsCancelled = never,
    clock_doubted: bool = False,
) -> Backup:
    """Make a backup; when this returns it was opened with the key, checked, compared and is on the disk.

    `why` is a short code for the manifest. Older ones are thinned afterwards, but never while the clock is in doubt.

    Raises:
        Cancelled, DiskFull, DiskFailed: nothing was left behind.
        OfficeDamaged: the copy is not whole, so the file itself may not be; nothing was left behind.
        StoreUnfit: the rows are on a server, which has backups of its own.
    """
    if office.paths.server:
        raise StoreUnfit("backup")
    # First, so that the backup holds its own note; it is made whether or not that can be written now.
    with suppress(OfficeError):
        audit.noted(office, what="backup", why=why)
    made = make_of(office, why=why, schema=HEAD, progress=progress, cancelled=cancelled)
    if not clock_doubted:
        thin(office)
    # Copying and checking walked the whole file.
    memory.give_back()
    return made


def make_of(
    source: Source,
    *,
    why: str,
    schema: int,
    progress: Progress = quiet,
    cancelled: IsCancelled = never,
) -> Backup:
    """As `make`, of a file whose schema has that number; none is thinned."""
    part = folder_beside(source.paths.backups / "backup")
    try:
        return _made(source, part, why, schema, progress, cancelled)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, OSError):
            raise (DiskFull if error.errno == errno.ENOSPC else DiskFailed) from error
        raise


def thin(office: Office) -> tuple[str, ...]:
    """Remove the backups that need not stay; returns their names. Backups of another database stay as they are."""
    own = [one for one in listed(office.paths.backups) if one.manifest.origin == office.origin]
    if any(one.at > office.clock.now() for one in own):
        return ()
    stay = thinning.staying(one.kept() for one in own)
    staying = [one.kept() for one in own if one.name in stay]
    free = shutil.disk_usage(office.paths.backups).free + sum(one.manifest.size for one in own)
    stay = thinning.fitting(staying, free // SHARE)
    gone = [one for one in own if one.name not in stay]
    for one in gone:
        remove(one)
    picture_backup.prune(office.paths.backups)
    return tuple(one.name for one in gone)


def remove(backup: Backup) -> None:
    """Take one backup away: its name first, so that a half removed one is none."""
    doomed = folder_beside(backup.folder)
    with suppress(OSError):
        put_folder(backup.folder, doomed / "gone")
        shutil.rmtree(doomed)


def faults(connection: Any) -> tuple[str, ...]:
    """What quick_check and the check of every page's own seal find in a closed copy that was just opened."""
    found = []
    with disk_troubles():
        for pragma in ("quick_check(10)", "cipher_integrity_check"):
            rows = connection.execute(f"PRAGMA {pragma}").fetchall()
            found += [str(row[0]) for row in rows if row[0] != "ok"]
    return tuple(found)


def standing_of(connection: Any) -> Standing:
    """How far the database behind a raw connection has come.

    Raises:
        OfficeDamaged: its tables cannot be read.
    """
    try:
        with disk_troubles():
            return _standing(connection)
    except (driver.Error, TypeError) as error:
        raise OfficeDamaged(FILE) from error


def require_whole(connection: Any, standing: Standing) -> None:
    """Nothing when the copy is whole and came as far as it should.

    Raises:
        OfficeDamaged: it is not.
    """
    if faults(connection) or standing_of(connection) != standing:
        raise OfficeDamaged(FILE)


def _made(
    office: Source,
    part: Path,
    why: str,
    schema: int,
    progress: Progress,
    cancelled: IsCancelled,
) -> Backup:
    now = office.clock.now()
    with disk_troubles():
        standing = copied(office, part / FILE, office.beside, progress, cancelled)
        progress(0, 0, CHECKING)
        with closing(office.beside(part / FILE)) as copy:
            require_whole(copy, standing)
    _beside(office, part)
    picture_backup.carry(office.paths.attachments, part, office.paths.backups)
    manifest = Manifest(
        made_at=now.isoformat(timespec="seconds"),
        why=why,
        origin=office.origin,
        epoch=office.epoch,
        standing=standing,
        schema=schema,
        size=(part / FILE).stat().st_size,
        digest=digest_of(part / FILE),
    )
    write_manifest(part, manifest)
    mark = f"-{why}" if why.startswith(BEFORE_UPGRADE) else ""
    folder = _free_name(office.paths.backups, f"{now:%Y%m%d-%H%M%S}-{standing.n:07}{mark}")
    put_folder(part, folder)
    return Backup(folder, manifest)


def copied(
    office: Source,
    file: Path,
    into: Callable[..., Any],
    progress: Progress,
    cancelled: IsCancelled,
) -> Standing:
    """Copy one consistent state through the driver into a file that `into` makes; the standing of that very state."""

    def tell(_status: int, left: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        progress(total - left, total, COPYING)

    with closing(office.beside(office.paths.database)) as source:
        _require_room(file.parent, source)
        source.execute("BEGIN")
        standing = _standing(source)
        with closing(into(file, create=True)) as target:
            source.backup(target, pages=STEP_PAGES, progress=tell)
            # Closing would carry the log over and wait for the disk with the interpreter held, and the window with it.
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        source.execute("ROLLBACK")
    return standing


def _require_room(folder: Path, source: Any) -> None:
    pages, size = (
        int(source.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size")
    )
    if shutil.disk_usage(folder).free < pages * size * 11 // 10:
        raise DiskFull


def _beside(office: Source, part: Path) -> None:
    """The key file and the packages that are not yet answered go with the file."""
    for name in NAMES:
        with suppress(FileNotFoundError):
            write_atomic(part / name, read_whole(office.paths.folder / name))
    make_folder(part / PACKAGES)
    for name in waiting_packages(office):
        with suppress(FileNotFoundError):
            write_atomic(part / PACKAGES / name, read_whole(office.paths.packages / name))


def waiting_packages(office: Source) -> tuple[str, ...]:
    """The file names of the packages the county has not acknowledged."""
    query = "SELECT file_name FROM package_out WHERE state NOT IN ('acked', 'replaced')"
    with disk_troubles(), office.reader.connect() as connection:
        return tuple(row[0] for row in connection.exec_driver_sql(query))


def _free_name(folder: Path, name: str) -> Path:
    made, again = folder / name, 1
    while made.exists():
        again += 1
        made = folder / f"{name}-{again}"
    return made


def _standing(connection: Any) -> Standing:
    events = connection.execute("SELECT count(*) FROM event").fetchone()[0]
    cases = connection.execute("SELECT count(*) FROM case_file").fetchone()[0]
    head = connection.execute(HEAD_OF_CHAIN).fetchone() or (0, GENESIS)
    return Standing(events, cases, head[0], bytes(head[1]))
