"""The turn from one data key to another, finished or dropped by whoever opens the folder next, whatever moment it was cut short."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk import keyring
from desk.errors import DiskFailed
from desk.files import move_file, put_folder, write_atomic
from desk.keyring.key_file import NAMES
from desk.paths import REKEYED, OfficePaths

PART = "rekeying"
"""How what is not yet ready is called."""


def turn(paths: OfficePaths, part: Path) -> None:
    """Let what was made ready in `part` take the place of what is here; all files are closed, the folder is locked.

    Raises:
        DiskFull, DiskFailed, OfficeError: as `settle`, or nothing was changed.
    """
    made = paths.folder / f"{REKEYED}{keyring.mark(part)}"
    put_folder(part, made)
    try:
        # This one file decides: of the two copies the one of the higher edition counts.
        _bring(made, paths, NAMES[0])
    except BaseException:
        settle(paths)
        raise
    _finish(paths, made)


def settle(paths: OfficePaths) -> None:
    """Finish the change of keys that the key file says was decided, and drop what never was; the folder is locked by the caller.

    Raises:
        DiskFull, DiskFailed, OfficeError: it could not be finished; nothing is lost, the next start tries again.
    """
    for part in paths.folder.glob(f".{PART}.*.part"):
        shutil.rmtree(part, ignore_errors=True)
    for made in paths.rekeyed:
        decided = keyring.is_for(paths.folder, made.name.removeprefix(REKEYED))
        if decided:
            _finish(paths, made)
        elif decided is False:
            # Where the key file does not say it, both stay: one of them is what it will be about.
            shutil.rmtree(made, ignore_errors=True)


def _finish(paths: OfficePaths, made: Path) -> None:
    """Every step can be done again; the database goes over the old one in one."""
    for name in NAMES:
        if (made / name).exists():
            _bring(made, paths, name)
    database, pictures = made / paths.database.name, made / paths.attachments.name
    if database.exists():
        with _disk():
            for tail in ("-wal", "-shm"):
                # Emptied before it was decided; under another key they are nothing.
                paths.database.with_name(paths.database.name + tail).unlink(missing_ok=True)
        move_file(database, paths.database)
    if pictures.exists():
        if paths.attachments.exists():
            move_file(paths.attachments, made / "earlier")
        move_file(pictures, paths.attachments)
    shutil.rmtree(made, ignore_errors=True)


def _bring(made: Path, paths: OfficePaths, name: str) -> None:
    with _disk():
        data = (made / name).read_bytes()
    write_atomic(paths.folder / name, data)


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiskFailed from error
