"""Where tests and their tools put their folders."""

import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 2 << 30
"""Bytes free that a run may need there."""


def in_memory() -> Path | None:
    """A file system in memory with room: disks are tried by the shim, which counts and records syncs itself. None: none is here."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH else None
