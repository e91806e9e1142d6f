"""A file that does not open: the newest whole backup made ready, with what would be missing told before anything changes."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from desk import keyring
from desk.clock import Clock
from desk.errors import OfficeDamaged
from desk.paths import OfficePaths
from desk.services import restore
from desk.services.backup import Progress, quiet
from desk.services.backups import Backup, listed
from desk.services.restore import Prepared, Restored
from desk.services.rules import Rules
from desk.words import rescue as said

ON_STICK = "便民前台备份"


def open_key(paths: OfficePaths, *, operator_id: str, password: str, clock: Clock) -> bytes:
    """The data key by name and password; where the folder's key file is damaged, out of a backup's.

    Raises:
        SignInRefused, SignInPaused: name and password do not fit, or too often.
        OfficeDamaged: no key file reads.
    """
    try:
        return keyring.open_with_password(paths.folder, operator_id, password, clock)
    except OfficeDamaged:
        for made in listed(paths.backups):
            with suppress(OfficeDamaged):
                return keyring.open_with_password(made.folder, operator_id, password, clock)
        raise


def newest(
    paths: OfficePaths,
    *,
    key: bytes,
    clock: Clock,
    rules: Rules | None = None,
    but: Collection[str] = (),
    folders: Sequence[Path] = (),
    progress: Progress = quiet,
) -> Prepared | None:
    """The backup that holds most and is whole, made ready; None when there is none. The file itself is untouched.

    `but` are names of backups to pass over; `folders` are further places with backups and packages, a stick perhaps.

    Raises:
        OfficeBusy, OfficeNewer, DiskFull, DiskFailed: none could be made ready.
    """
    for made in candidates(paths, folders):
        if made.name in but:
            continue
        with suppress(OfficeDamaged):
            return restore.prepare(
                paths,
                backup=made,
                key=key,
                clock=clock,
                rules=rules,
                packages=folders,
                progress=progress,
            )
    return None


def candidates(paths: OfficePaths, folders: Sequence[Path] = ()) -> tuple[Backup, ...]:
    """All backups there are, the one that holds most first; of two copies of one the first place counts."""
    places = [paths.backups]
    for folder in folders:
        places += [folder, folder / ON_STICK]
    found = {made.name: made for place in reversed(places) for made in listed(place)}
    return tuple(sorted(found.values(), key=lambda one: one.order, reverse=True))


def story(prepared: Prepared, now: datetime) -> tuple[str, ...]:
    """What restoring would bring back and what would be missing, a sentence each."""
    back, made = prepared.replayed, prepared.backup
    lines = [
        said.made_text(made.at, now, made.manifest.standing.cases),
        said.BACK.format(events=back.events, cases=back.cases)
        if back.events
        else said.NOTHING_BACK,
        said.missing_text(prepared.lost, now - made.at),
    ]
    if back.waiting:
        lines.append(said.WAITING.format(count=back.waiting))
    if back.refused:
        lines.append(said.REFUSED.format(names="、".join(back.refused)))
    return (*lines, said.ALONE if prepared.alone else said.NEW_EPOCH, said.KEPT)


def finish(prepared: Prepared, now: datetime) -> Restored:
    """Put it in the file's place, the file aside.

    Raises:
        DiskFull, DiskFailed: nothing is lost; it can be done again.
    """
    return restore.finish(prepared, at=f"{now:%Y%m%d-%H%M%S}")
