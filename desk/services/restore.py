"""A backup in place of the file: made ready beside it, filled up with what is not lost, then put in its place in one step.

Nothing is deleted: the file that was there goes aside with its log.
"""

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk import keyring
from desk.clock import Clock
from desk.errors import DiskFull, OfficeDamaged, OfficeError
from desk.files import (
    OneInstance,
    copy_atomic,
    digest_of,
    make_folder,
    move_file,
    write_atomic,
)
from desk.paths import ASIDE, OfficePaths
from desk.services import (
    audit,
    engines,
    key_rescue,
    key_turn,
    new_epoch,
    picture_backup,
    replaying,
    resend_taking,
)
from desk.services.backup import Progress, quiet, require_whole, standing_of
from desk.services.backups import Backup, Standing, listed
from desk.services.exchange_keys import county_key
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.replaying import Replayed
from desk.services.rules import Rules
from desk.services.sign_in import open_with_key
from desk.services.troubles import disk_troubles

WHY = "从备份恢复"
TAILS = ("", "-wal", "-shm")
COPYING, CHECKING, FILLING = "正在取出备份", "正在核对备份", "正在补回备份之后的记录"


@dataclass(slots=True)
class Prepared:
    """A backup made ready beside the file, with what came back; it takes the file's place with `finish`, or `give_up`.

    `lost` is how many events the damaged file still names and nothing gives back, None where it does not even name them; `alone` that nobody else ever had a package
    of this desk. The data folder is locked until one of the two was called.
    """

    paths: OfficePaths
    office: Office
    backup: Backup
    key: bytes
    lock: OneInstance
    standing: Standing
    replayed: Replayed
    lost: int | None
    alone: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands now, and the folder in which the file before it lies (None when there was none)."""

    standing: Standing
    replayed: Replayed
    lost: int | None
    aside: Path | None


def prepare(
    paths: OfficePaths,
    *,
    backup: Backup,
    key: bytes,
    clock: Clock,
    rules: Rules | None = None,
    packages: Sequence[Path] = (),
    progress: Progress = quiet,
) -> Prepared:
    """Make a backup ready in a folder of its own and bring back whatever later events can still be read; the file is untouched.

    `packages` are further folders, a stick perhaps, with packages this desk wrote.

    Raises:
        OfficeBusy: the program is open on this folder.
        OfficeDamaged: this backup is not whole; try another.
        OfficeNewer, DiskFull, DiskFailed: it could not be made ready.
    """
    make_folder(paths.folder)
    lock = OneInstance(paths.lock)
    try:
        key_turn.settle(paths)
        _lay_out(paths, backup, key, progress)
        office = open_with_key(
            OfficePaths(paths.restoring), key, None, clock=clock, rules=rules, is_copy=True
        )
        try:
            progress(0, 0, FILLING)
            folders = (paths.packages, backup.packages, *packages)
            replayed, lost, sealed = _filled(office, _damaged_copy(paths, progress), folders)
            return _prepared(paths, office, backup, key, lock, replayed, lost, sealed)
        except BaseException:
            office.close()
            raise
    except BaseException:
        lock.release()
        raise


def finish(prepared: Prepared, *, at: str) -> Restored:
    """Begin anew as a restored database and put it in the file's place; the file goes aside, never away.

    `at` names the folder it goes to (a moment). Power may fail at any step: until the last one there is no file in its place,
    which is told at the next start, and both copies are there.

    Raises:
        DiskFull, DiskFailed: nothing is lost; it can be done again.
    """
    office, paths = prepared.office, prepared.paths
    try:
        before = office.origin
        new_epoch.begin(office, why=WHY, after=_last_epoch(paths))
        write_atomic(paths.epochs, str(office.epoch).encode())
        kept = prepared.backup.manifest
        audit.noted(office, what="restore", made=kept.made_at[:16], n=kept.standing.n)
        if prepared.alone:
            resend_taking.carry_on_alone(office, before)
        picture_backup.bring_back(
            prepared.backup, office.blobs.at(paths.attachments), office.paths.attachments
        )
        standing = _closed(office)
        aside = _put_aside(paths, at)
        _bring_keys(paths, prepared)
        move_file(paths.restoring / paths.database.name, paths.database)
        shutil.rmtree(paths.restoring, ignore_errors=True)
    finally:
        give_up(prepared)
    return Restored(standing, prepared.replayed, prepared.lost, aside)


def _last_epoch(paths: OfficePaths) -> int:
    """The highest epoch begun in this folder, as far as the note of earlier restores and the backups tell; 0 for none.

    Two restores of one backup would otherwise give out the same thousand of numbers twice.
    """
    told = [one.manifest.epoch for one in listed(paths.backups)]
    with suppress(OSError, ValueError):
        told.append(int(paths.epochs.read_bytes()))
    return max(told, default=0)


def give_up(prepared: Prepared) -> None:
    """Let go of what was made ready; the file was not touched. Safe to call twice."""
    prepared.office.close()
    prepared.lock.release()


def _lay_out(paths: OfficePaths, backup: Backup, key: bytes, progress: Progress) -> None:
    """The backup's file, compared with its manifest, opened and checked, as an office's folder of its own."""
    shutil.rmtree(paths.restoring, ignore_errors=True)
    make_folder(paths.restoring)
    place = OfficePaths(paths.restoring).database
    try:
        digest = copy_atomic(backup.file, place, check=_counted(backup, progress))
    except DiskFull:
        raise
    except OfficeError as error:
        if _digest(backup.file) == backup.manifest.digest:
            # The folder's own disk failed: an older backup would lose what this one holds.
            raise
        # Gone, or its disk does not read it any more.
        raise OfficeDamaged(backup.name) from error
    if digest != backup.manifest.digest:
        raise OfficeDamaged(backup.name)
    progress(0, 0, CHECKING)
    with closing(engines.beside(key, place)) as copy:
        require_whole(copy, backup.manifest.standing)


def _digest(path: Path) -> bytes:
    """The digest of a file; b'' where it is gone or its disk does not read it any more."""
    try:
        return digest_of(path)
    except (OfficeError, OSError):
        return b""


def _damaged_copy(paths: OfficePaths, progress: Progress) -> Path | None:
    """A copy of the file that is to be replaced, with its log, to read what it still gives; the file itself stays closed."""
    copy = paths.restoring / "damaged.db"
    sources = _replaced(paths)
    if not sources:
        return None
    try:
        for tail, source in sources.items():
            copy_atomic(source, copy.with_name(copy.name + tail))
            progress(0, 0, FILLING)
    except OfficeError:
        if all(_digest(source) for source in sources.values()):
            # The folder's own disk failed or is full: what the file alone holds would be left out.
            raise
        # A disk that no longer reads the file: the packages have to do.
        return None
    return copy


def _replaced(paths: OfficePaths) -> dict[str, Path]:
    """The file and its log; where a restore was cut short they lie aside already, the log perhaps not yet."""
    name = paths.database.name
    places = [paths.folder]
    if not paths.database.exists():
        asides = (one for one in paths.asides if (one / name).exists())
        places += sorted(asides, key=lambda one: one.stat().st_ctime_ns)[-1:]
    found = {
        tail: there
        for tail in TAILS[:2]
        for place in places
        if (there := place / (name + tail)).exists()
    }
    return found if "" in found else {}


def _filled(
    office: Office, damaged: Path | None, folders: Sequence[Path]
) -> tuple[Replayed, int | None, bool]:
    found, refused, sealed = replaying.in_packages(office, folders)
    last = None
    if damaged is not None:
        read, last = replaying.in_damaged(office, damaged)
        found = {**read, **found}
    count, cases, kept = replaying.append(office, found)
    with reading(office) as connection:
        here = standing_of(connection.connection.driver_connection).n
    lost = None if last is None else max(0, last - here - kept)
    return Replayed(count, cases, kept, refused), lost, sealed


def _prepared(
    paths: OfficePaths,
    office: Office,
    backup: Backup,
    key: bytes,
    lock: OneInstance,
    replayed: Replayed,
    lost: int | None,
    sealed: bool,
) -> Prepared:
    with reading(office) as connection:
        standing = standing_of(connection.connection.driver_connection)
        alone = not sealed and office.kind == "desk" and county_key(connection) is None
    return Prepared(paths, office, backup, key, lock, standing, replayed, lost, alone)


def _closed(office: Office) -> Standing:
    """Close it with its log emptied into the file; how far it came."""
    with disk_troubles(), office.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        standing = standing_of(raw)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    office.close()
    return standing


def _put_aside(paths: OfficePaths, at: str) -> Path | None:
    """The file first: from then on nothing opens until the new one stands, and no log is left beside it that is not its own."""
    there = [one for tail in TAILS if (one := paths.folder / (paths.database.name + tail)).exists()]
    if not there:
        return None
    aside, again = paths.folder / f"{ASIDE}{at}", 1
    while aside.exists():
        again += 1
        aside = paths.folder / f"{ASIDE}{at}-{again}"
    make_folder(aside)
    for one in there:
        move_file(one, aside / one.name)
    return aside


def _bring_keys(paths: OfficePaths, prepared: Prepared) -> None:
    """The folder's own key file stays when it opens this data; else the backup's goes in, and what was there aside."""
    with suppress(OfficeDamaged):
        if keyring.fits(paths.folder, prepared.key):
            return
    key_rescue.put_in_place(paths, prepared.backup.folder, f"{prepared.backup.name}.aside")


def _counted(backup: Backup, progress: Progress) -> Callable[[], None]:
    """Tells the progress of copying: each MiB is written once and read back once."""
    done, total = 0, max(1, 2 * backup.manifest.size >> 20)

    def step() -> None:
        nonlocal done
        done += 1
        progress(min(done, total), total, COPYING)

    return step
