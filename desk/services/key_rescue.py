"""Both copies of the key file are damaged: the copy in a backup opens the same data and goes back into its place."""

from contextlib import closing, suppress
from pathlib import Path

from desk import keyring
from desk.clock import Clock
from desk.errors import OfficeDamaged
from desk.files import OneInstance, move_file, read_whole, write_atomic
from desk.keyring.key_file import NAMES
from desk.paths import OfficePaths
from desk.services import engines
from desk.services.backups import listed


def spare(paths: OfficePaths) -> Path | None:
    """The folder of the backup that holds most and whose key file reads; None if there is none."""
    for made in listed(paths.backups):
        with suppress(OfficeDamaged):
            keyring.operators(made.folder)
            return made.folder
    return None


def put_in_place(paths: OfficePaths, source: Path, aside: str) -> None:
    """The key file of `source` as the office's; what was there goes aside, `aside` behind its name."""
    for name in NAMES:
        there = paths.folder / name
        if there.exists():
            move_file(there, there.with_name(f"{name}.{aside}"))
    for name in NAMES:
        with suppress(FileNotFoundError):
            write_atomic(paths.folder / name, read_whole(source / name))


def bring_back(
    paths: OfficePaths, folder: Path, *, operator_id: str, password: str, clock: Clock
) -> None:
    """Put the key file of `folder` back, once name and password open it and its key opens the data; what is there goes aside.

    Raises:
        SignInRefused, SignInPaused: name and password do not fit, or too often.
        OfficeDamaged: its key does not open the data: the file is damaged too, or it is another's; nothing was changed.
        OfficeBusy: the program is open on this folder.
    """
    key = keyring.open_with_password(folder, operator_id, password, clock)
    lock = OneInstance(paths.lock)
    try:
        with closing(engines.beside(key, paths.database)):
            pass
        put_in_place(paths, folder, f"damaged-{clock.now():%Y%m%d-%H%M%S}")
    finally:
        lock.release()
