"""A file that does not open: the newest whole backup made ready, with what would be missing told before anything changes."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from desk import keyring
from desk.clock import Clock
from desk.errors import OfficeDamaged, OfficeError, SignInPaused, SignInRefused
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
    who: tuple[str, str] | None = None,
) -> Prepared | None:
    """The backup that holds most and is whole, made ready; None when there is none. The file itself is untouched.

    `who` is an id with its password, for backups of before the data key was changed: each has the key file of then.
    `but` are names of backups to pass over; `folders` are further places with backups and packages, a stick perhaps.

    Raises:
        OfficeBusy, OfficeNewer, DiskFull, DiskFailed: none could be made ready.
    """
    for made in candidates(paths, folders):
        if made.name in but:
            continue
        # A password that is not the one of then opens none of those; the next one is tried.
        with suppress(OfficeDamaged, SignInRefused, SignInPaused):
            return restore.prepare(
                paths,
                backup=made,
                key=_key_of(made, key, who, clock),
                clock=clock,
                rules=rules,
                packages=folders,
                progress=progress,
            )
    return None


def of_other_keys(paths: OfficePaths, key: bytes, folders: Sequence[Path] = ()) -> int:
    """How many backups there are that this data key does not open: they were made before it was changed."""
    return sum(not _is_under(made, key) for made in candidates(paths, folders))


def _is_under(made: Backup, key: bytes) -> bool:
    """Whether this data key is the backup's; without a key file of its own it is tried."""
    try:
        return keyring.fits(made.folder, key)
    except OfficeError:
        return True


def _key_of(made: Backup, key: bytes, who: tuple[str, str] | None, clock: Clock) -> bytes:
    if who is None or _is_under(made, key):
        return key
    return keyring.open_with_password(made.folder, *who, clock)


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
    if not _is_here(prepared):
        lines.append(said.OTHER_KEY)
    return (*lines, said.ALONE if prepared.alone else said.NEW_EPOCH, said.KEPT)


def _is_here(prepared: Prepared) -> bool:
    """Whether the data key of what was made ready is the one of this folder, as far as that can be told."""
    try:
        return keyring.fits(prepared.paths.folder, prepared.key)
    except OfficeError:
        return True


def finish(prepared: Prepared, now: datetime) -> Restored:
    """Put it in the file's place, the file aside.

    Raises:
        DiskFull, DiskFailed: nothing is lost; it can be done again.
    """
    return restore.finish(prepared, at=f"{now:%Y%m%d-%H%M%S}")
