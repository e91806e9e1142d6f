"""Memory for a day: what the C library gives back to the system, and what the collector need not walk."""

import gc
import linecache
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

# mallopt(3)
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_LARGE = 256 * 1024
_COLLECT = (5_000, 20, 20)


def settle() -> None:
    """Before threads start: one heap for all of them, and each large piece on its own, so that it goes when it is freed.

    Otherwise glibc keeps a heap for every thread and, after the first page drawn, the room for a page in each.
    """
    if glibc := _glibc():
        glibc.mallopt(_ARENA_MAX, 1)
        glibc.mallopt(_MMAP_THRESHOLD, _LARGE)
        glibc.mallopt(_TRIM_THRESHOLD, _LARGE)


def settle_rules() -> None:
    """What was loaded so far stays for life, so the collector passes it over, and comes by less often.

    Walking it took a tenth of the time of taking a case in, and up to 50 ms at once.
    """
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    # Qt for Python reads the source of every module it sees imported, and the lines stay.
    linecache.clearcache()


@contextmanager
def uncollected() -> Iterator[None]:
    """Within, the collector does not come by: thousands of rows held for a moment make it walk them again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def give_back() -> None:
    """Give back what lies unused between pieces in use; takes some milliseconds, so not on the window's thread."""
    if glibc := _glibc():
        glibc.malloc_trim(0)


@cache
def _glibc() -> Any:
    """The C library, None where it is another."""
    if not sys.platform.startswith("linux"):
        return None
    # The first paint does without.
    import ctypes

    library = ctypes.CDLL(None)
    return library if hasattr(library, "gnu_get_libc_version") else None
