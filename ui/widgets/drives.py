"""The sticks that are plugged in."""

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

MOUNTED_BELOW = ("/media/", "/run/media/", "/mnt/usb", "/Volumes/")
REMOVABLE = 2
"""What Windows answers for a drive that can be pulled (GetDriveTypeW)."""
_GIB, _MIB = 1 << 30, 1 << 20


@dataclass(frozen=True, slots=True)
class Drive:
    """A stick: where it is, its name, its free room in bytes."""

    path: Path
    name: str
    free: int

    def words(self) -> str:
        """`U 盘 KINGSTON（E:）剩 14.2 GB`."""
        place = str(self.path).rstrip("\\/") if sys.platform == "win32" else ""
        where = f"（{place}）" if place else ""
        return f"U 盘 {self.name}{where}剩 {room(self.free)}"


def room(size: int) -> str:
    """A size as people say it."""
    return f"{size / _GIB:.1f} GB" if size >= _GIB else f"{size // _MIB} MB"


def removable() -> tuple[Drive, ...]:
    """The sticks that can be written to, by path; may wait for slow drives, so not on the main thread."""
    found = [
        Drive(Path(one.rootPath()), one.displayName() or "U 盘", one.bytesAvailable())
        for one in QStorageInfo.mountedVolumes()
        if one.isReady() and not one.isReadOnly() and _can_be_pulled(one.rootPath())
    ]
    return tuple(sorted(found, key=lambda drive: str(drive.path)))


def _can_be_pulled(root: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\"))) == REMOVABLE
    return root.startswith(MOUNTED_BELOW)
