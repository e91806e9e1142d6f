"""What keeps backups going by themselves: when one is made, the copy on a second medium, the monthly drill, and how to tell of it."""

import shutil
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from desk.changes import Changes
from desk.domain.canonical import Json
from desk.errors import Cancelled, OfficeDamaged, OfficeError, OfficeReadOnly, StickTrouble
from desk.files import copy_atomic, folder_beside, put_folder, write_atomic
from desk.services import (
    attachment_care,
    backup,
    clock_doubts,
    package_care,
    picture_backup,
    reserve,
    settings,
)
from desk.services.backup import IsCancelled, Progress, never, quiet
from desk.services.backups import FILE, MANIFEST, PACKAGES, Backup, listed, opened
from desk.services.office import Office
from desk.services.operation import Done, Operation, perform
from desk.services.rescue import ON_STICK

COPIED, DRILLED = "backup_copied", "backup_drilled"
YELLOW, RED, DRILL_DAYS = 7, 14, 30
ON_STICK_STAY = 3
WRITING = "正在复制备份并读回核对"
Level = Literal["good", "soon", "late"]


@dataclass(frozen=True, slots=True)
class BackupView:
    """How backups stand, in words; `level` is that of the copy on a second medium, `days` its age (None: there is none)."""

    last: str
    where: str
    copied: str
    drilled: str
    level: Level
    days: int | None


def keep_up(office: Office, *, at_closing: bool = False) -> Backup | None:
    """Make a backup if one is due, and the drill if a month went by; None where nothing was to be done.

    Raises:
        OfficeDamaged, DiskFull, DiskFailed: it could not be made; the office goes on as it is.
    """
    reserve.lay_up(office.paths)
    why = backup.due(office, closing_time=at_closing)
    doubted = bool(clock_doubts.look(office))
    made = backup.make(office, why=why, clock_doubted=doubted) if why else None
    if not at_closing:
        drill_if_due(office)
        if why in ("", "day"):
            attachment_care.clean(office)
            package_care.clean(office)
    return made


def view(office: Office) -> BackupView:
    """How backups stand."""
    last = backup.newest(office)
    copied, drilled = settings.get(office, COPIED), settings.get(office, DRILLED)
    days = _days_without_copy(office, copied)
    return BackupView(
        last=f"{_when(last.manifest.made_at)}，办件 {last.manifest.standing.cases:,} 件"
        if last
        else "还没有",
        where=str(office.paths.backups),
        copied=f"{_when(copied['at'])}，{copied['where']}" if copied else "还没有复制过",
        drilled=_drilled_text(drilled),
        level="late" if days >= RED else "soon" if days >= YELLOW else "good",
        days=days if copied else None,
    )


def reminder(office: Office) -> tuple[Level, str]:
    """What the bar says of a disk nearly full, or of the second medium; '' when there is room and the last copy young enough."""
    if not office.paths.server and (room := reserve.free(office.paths)) < reserve.LOW:
        return "late", f"磁盘只剩 {room >> 20} MB"
    if office.paths.server or office.kind != "desk":
        return "good", ""
    days = _days_without_copy(office, settings.get(office, COPIED))
    if days < YELLOW:
        return "good", ""
    return ("late" if days >= RED else "soon"), f"备份 {days} 天没复制到 U 盘"


def copy_to(
    office: Office, *, folder: Path, progress: Progress = quiet, cancelled: IsCancelled = never
) -> Done[str]:
    """Put the newest state as a backup onto a second medium, read back; gives its name. After returning it may be pulled.

    Raises:
        Cancelled, StickTrouble: nothing half-written bears a backup's name there.
        OfficeDamaged, DiskFull, DiskFailed: no backup could be made of it.
    """
    made = backup.newest(office)
    if made is None or backup.due(office, closing_time=True):
        made = backup.make(office, why="copy", progress=progress, cancelled=cancelled)
    place = folder if folder.name == ON_STICK else folder / ON_STICK
    target = place / made.name
    if opened(target) is None:
        _copy(made, target, progress, cancelled)
    _thin_stick(office, place)
    told: dict[str, Json] = {
        "at": office.clock.now().isoformat(timespec="seconds"),
        "where": str(place),
    }
    with suppress(OfficeReadOnly):
        return Done(made.name, _remember(office, COPIED, told).changes)
    return Done(made.name, Changes())


def drill_if_due(office: Office) -> bool | None:
    """Once a month: what `drill` says; None while the last one is young enough, or there is nothing to try."""
    told = settings.get(office, DRILLED)
    now = office.clock.now()
    if told and abs(now - datetime.fromisoformat(told["at"])) < timedelta(days=DRILL_DAYS):
        return None
    made = backup.newest(office)
    if made is None:
        return None
    whole = drill(office, made)
    value: dict[str, Json] = {
        "at": now.isoformat(timespec="seconds"),
        "name": made.name,
        "whole": whole,
    }
    _remember(office, DRILLED, value)
    return whole


def _remember(office: Office, key: str, value: Mapping[str, Json]) -> Done[None]:
    """Whoever sits there: a backup is nobody's right."""
    return perform(
        office, Operation.NOTE, lambda bench: settings.keep(bench.connection, key, value=value)
    )


def drill(office: Office, made: Backup) -> bool:
    """Whether this backup, taken out into a folder of its own, opens and is what its manifest says. It is itself not opened."""
    place = folder_beside(office.paths.backups / "drill")
    try:
        if copy_atomic(made.file, place / FILE) != made.manifest.digest:
            return False
        with closing(office.beside(place / FILE)) as copy:
            backup.require_whole(copy, made.manifest.standing)
        return picture_backup.is_whole(made, office.blobs)
    except OfficeDamaged:
        return False
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _copy(made: Backup, target: Path, progress: Progress, cancelled: IsCancelled) -> None:
    step = _counted(made, progress, cancelled)
    try:
        part = folder_beside(target)
    except OfficeError as error:
        raise StickTrouble("write", str(target)) from error
    try:
        (part / PACKAGES).mkdir()
        if copy_atomic(made.file, part / FILE, on_stick=True, check=step) != made.manifest.digest:
            raise OfficeDamaged(made.name)
        for one in _small(made):
            write_atomic(part / one.relative_to(made.folder), one.read_bytes(), on_stick=True)
        # First the pictures: a backup that stands there has all it names.
        picture_backup.copy(made, target.parent, step)
        put_folder(part, target, on_stick=True)
    except OSError as error:
        raise StickTrouble("write", str(target)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _small(made: Backup) -> list[Path]:
    """Everything but the file itself, the manifest last."""
    found = [one for one in made.folder.rglob("*") if one.is_file() and one.name != FILE]
    return sorted(found, key=lambda one: one.name == MANIFEST)


def _thin_stick(office: Office, place: Path) -> None:
    """Of this desk's copies there the newest few stay; another desk's are not ours."""
    own = [one for one in listed(place) if one.manifest.origin == office.origin]
    for one in own[ON_STICK_STAY:]:
        with suppress(OfficeError, OSError):
            backup.remove(one)
    picture_backup.prune(place)


def _counted(made: Backup, progress: Progress, cancelled: IsCancelled) -> Callable[[], None]:
    done, total = 0, max(1, 2 * made.manifest.size >> 20)

    def step() -> None:
        nonlocal done
        if cancelled():
            raise Cancelled
        done += 1
        progress(min(done, total), total, WRITING)

    return step


def _days_without_copy(office: Office, copied: dict[str, str] | None) -> int:
    """Days since the last copy on a second medium; before the first, since the first backup was made."""
    now = office.clock.now()
    if copied:
        since = datetime.fromisoformat(copied["at"])
    else:
        since = min((one.at for one in listed(office.paths.backups)), default=now)
    return max(0, (now.date() - since.date()).days)


def _drilled_text(told: dict[str, str] | None) -> str:
    if not told:
        return "还没有演练过"
    return (
        f"{_when(told['at'])}，{'能恢复' if told['whole'] else '没有通过，请换一份备份并联系县里'}"
    )


def _when(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"
