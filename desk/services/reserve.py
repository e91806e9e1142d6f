"""Room on the disk: a reserve that is given up when it is full, so that the case that is open can still be saved."""

import os
import shutil
from contextlib import suppress

from desk.errors import OfficeError
from desk.files import write_atomic
from desk.paths import OfficePaths

SIZE = 32 << 20
LAST = 1 << 20
"""What stays of it until a full disk could not even be opened."""
LOW = 1 << 30
"""Below this much free room people are warned, and no reserve is laid up."""


def lay_up(paths: OfficePaths) -> None:
    """Keep the reserve, where it is missing and there is room."""
    if _size(paths) < SIZE and free(paths) >= LOW:
        with suppress(OfficeError):
            write_atomic(paths.reserve, bytes(SIZE))


def release(paths: OfficePaths) -> bool:
    """Give up all of the reserve but the last; whether there was any."""
    if _size(paths) <= LAST:
        return False
    try:
        os.truncate(paths.reserve, LAST)
    except OSError:
        return False
    return True


def release_last(paths: OfficePaths) -> bool:
    """Give up what is left of it; whether there was any."""
    try:
        paths.reserve.unlink()
    except OSError:
        return False
    return True


def release_any(paths: OfficePaths) -> bool:
    """Give up what there is of it, the last only at last; for what has to go on reading at no byte free."""
    return release(paths) or release_last(paths)


def _size(paths: OfficePaths) -> int:
    try:
        return paths.reserve.stat().st_size
    except OSError:
        return 0


def free(paths: OfficePaths) -> int:
    """Free bytes on the disk of the data folder."""
    return shutil.disk_usage(paths.folder).free
