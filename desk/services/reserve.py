"""Room on the disk: a reserve that is given up when it is full, so that the case that is open can still be saved."""

import shutil
from contextlib import suppress

from desk.errors import OfficeError
from desk.files import write_atomic
from desk.paths import OfficePaths

SIZE = 32 << 20
LOW = 1 << 30
"""Below this much free room people are warned, and no reserve is laid up."""


def lay_up(paths: OfficePaths) -> None:
    """Keep the reserve, where it is missing and there is room."""
    if not paths.reserve.exists() and free(paths) >= LOW:
        with suppress(OfficeError):
            write_atomic(paths.reserve, bytes(SIZE))


def release(paths: OfficePaths) -> bool:
    """Give the reserve up; whether there was one."""
    try:
        paths.reserve.unlink()
    except OSError:
        return False
    return True


def free(paths: OfficePaths) -> int:
    """Free bytes on the disk of the data folder."""
    return shutil.disk_usage(paths.folder).free
