"""Files that are whole or not there: written beside, synced, read back, put in place in one step."""

import errno
import hashlib
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from desk.errors import DiskFailed, DiskFull, OfficeBusy, OfficeError, StickTrouble

T = TypeVar("T")

CHUNK = 1 << 20
DAY_SECONDS = 86_400
# A virus scanner may hold a fresh file for a second or two.
PATIENCE_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_PART = re.compile(r"\..+\.[0-9a-f]{16}\.part")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_READ_ONLY_BINARY = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_NEW_BINARY = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_atomic(
    path: Path, data: bytes, *, on_stick: bool = False, check: Callable[[], None] | None = None
) -> None:
    """Put `data` at `path`; after returning it is on the medium, after an error the old file stands untouched.

    `on_stick` asks the medium itself, not the cache, when reading back. `check` is called between chunks and may raise
    to cancel.

    Raises:
        DiskFull, DiskFailed, OfficeError: the disk would not; on a stick StickTrouble instead.
    """
    part = _part_beside(path)
    try:
        with _told(path, on_stick, "write"):
            _fill(part, data, check)
        with _told(path, on_stick, "verify"):
            _compare(part, data, on_stick, check)
        with _told(path, on_stick, "write"):
            _put_in_place(part, path)
            _sync_folder(path.parent)
    except BaseException:
        _discard(part)
        raise


def replace_file(path: Path, write: Callable[[Path], T], *, on_stick: bool = False) -> T:
    """Let `write` fill an empty file beside `path`, then put it in place; gives back what `write` returned.

    For writers that insist on a file of their own (spreadsheets). Whatever `write` raises leaves the old file untouched.

    Raises:
        DiskFull, DiskFailed, OfficeError: the disk would not; on a stick StickTrouble instead.
    """
    part = _part_beside(path)
    try:
        with _told(path, on_stick, "write"):
            os.close(os.open(part, _NEW_BINARY, 0o600))
            result = write(part)
            _sync_file(part)
            _put_in_place(part, path)
            _sync_folder(path.parent)
    except BaseException:
        _discard(part)
        raise
    return result


def copy_atomic(
    source: Path, path: Path, *, on_stick: bool = False, check: Callable[[], None] | None = None
) -> bytes:
    """Copy a file of any size as `write_atomic` writes one; returns the SHA-256 of what the medium gave back.

    `check` is called for each MiB written and each read back. `source` is no database that anybody has open.

    Raises:
        DiskFull, DiskFailed, OfficeError: the disk would not; on a stick StickTrouble instead.
    """
    part = _part_beside(path)
    try:
        with _told(path, on_stick, "write"):
            written = _pour(source, part, check)
        with _told(path, on_stick, "verify"):
            if digest_of(part, on_stick=on_stick, check=check) != written:
                raise OSError(errno.EIO, "the file reads otherwise than written")
        with _told(path, on_stick, "write"):
            _put_in_place(part, path)
            _sync_folder(path.parent)
    except BaseException:
        _discard(part)
        raise
    return written


def link_or_copy(source: Path, path: Path) -> None:
    """Let `path`, where nothing is or something half, be a second name of a file that never changes; a copy where the disk has no such names.

    Raises:
        DiskFull, DiskFailed, OfficeError: the disk would not.
    """
    with _told(path, False, "write"):
        make_folder(path.parent)
        path.unlink(missing_ok=True)
    try:
        os.link(source, path)
    except OSError:
        copy_atomic(source, path)
        return
    with _told(path, False, "write"):
        _sync_folder(path.parent)


def digest_of(
    path: Path, *, on_stick: bool = False, check: Callable[[], None] | None = None
) -> bytes:
    """The SHA-256 of a file, from the medium itself where `on_stick`. Raises OSError."""
    told = hashlib.sha256()
    with os.fdopen(os.open(path, _READ_ONLY_BINARY), "rb", buffering=0) as file:
        if on_stick and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := file.read(CHUNK):
            if check:
                check()
            told.update(chunk)
    return told.digest()


def make_folder(path: Path, *, on_stick: bool = False) -> None:
    """Have a folder there, and those above it; a new one's name is on the medium before anything in it counts.

    Raises:
        DiskFull, DiskFailed, OfficeError: the disk would not; on a stick StickTrouble instead.
    """
    fresh = [one for one in (path, *path.parents) if not one.exists()]
    with _told(path, on_stick, "write"):
        path.mkdir(parents=True, exist_ok=True)
        for one in fresh:
            _sync_folder(one.parent)


def read_whole(path: Path) -> bytes:
    """The bytes of a file of the office's own.

    Raises:
        FileNotFoundError: it is not there.
        DiskFailed, OfficeError: the disk would not.
    """
    with _told(path, False, "read"), suppress(FileNotFoundError):
        return path.read_bytes()
    raise FileNotFoundError(path)


def folder_beside(path: Path) -> Path:
    """A new empty folder beside `path`, to be filled and handed to `put_folder`; a leftover of it is cleaned like a file's."""
    part = _part_beside(path)
    make_folder(part.parent)
    with _told(path, False, "write"):
        part.mkdir(mode=0o700)
    return part


def put_folder(part: Path, path: Path, *, on_stick: bool = False) -> None:
    """Put a filled folder at `path`, where nothing is: all of it or nothing is there afterwards.

    Raises:
        DiskFull, DiskFailed, OfficeError: the disk would not; on a stick StickTrouble instead.
    """
    with _told(path, on_stick, "write"):
        for found in (one for one in part.rglob("*") if one.is_file()):
            _sync_file(found)
        for found in (one for one in (*part.rglob("*"), part) if one.is_dir()):
            _sync_folder(found)
        _put_in_place(part, path)
        _sync_folder(path.parent)


def move_file(source: Path, path: Path) -> None:
    """Give a closed file another place on the same disk.

    Raises:
        DiskFull, DiskFailed, OfficeError: the disk would not.
    """
    with _told(path, False, "write"):
        _put_in_place(source, path)
        _sync_folder(path.parent)
        _sync_folder(source.parent)


def clean_leftovers(folder: Path, older_than_s: float = DAY_SECONDS) -> int:
    """Remove half-written files and folders that a crash left in `folder`; returns how many.

    Younger ones may be under way, and one dated in the future says that the clock is wrong: both stay.
    """
    removed = 0
    for found in folder.glob(".*.part"):
        with suppress(OSError):
            if _PART.fullmatch(found.name) and time.time() - found.stat().st_mtime > older_than_s:
                if found.is_dir():
                    shutil.rmtree(found)
                else:
                    found.unlink()
                removed += 1
    return removed


class OneInstance:
    """The lock of a data folder, held until `release` or the end of the process; the kernel frees it on death."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            OfficeBusy: another program, or another part of this one, holds it.
        """
        with _told(path, False, "write"):
            self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError as error:
            self.release()
            raise OfficeBusy from error

    def release(self) -> None:
        """Let others in; safe to call twice."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


if sys.platform == "win32":
    import ctypes
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _move(part: Path, path: Path) -> None:
        # os.replace lacks MOVEFILE_WRITE_THROUGH (8), the only way for a user to have the folder entry on the disk.
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if not kernel.MoveFileExW(str(part), str(path), 1 | 8):
            raise ctypes.WinError(ctypes.get_last_error())

else:
    import fcntl

    def _lock(handle: int) -> None:
        # Not lockf: that lock belongs to the process, so a second one here would succeed and its closing drop both.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _move(part: Path, path: Path) -> None:
        os.replace(part, path)


def _part_beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.urandom(8).hex()}.part")


def _fill(part: Path, data: bytes, check: Callable[[], None] | None) -> None:
    with os.fdopen(os.open(part, _NEW_BINARY, 0o600), "wb", buffering=0) as file:
        for chunk in _chunks(data):
            if check:
                check()
            left = chunk
            while left:
                left = left[file.write(left) :]
        os.fsync(file.fileno())


def _pour(source: Path, part: Path, check: Callable[[], None] | None) -> bytes:
    """Fill `part` from a file; the SHA-256 of what was read."""
    told = hashlib.sha256()
    with (
        os.fdopen(os.open(source, _READ_ONLY_BINARY), "rb", buffering=0) as whole,
        os.fdopen(os.open(part, _NEW_BINARY, 0o600), "wb", buffering=0) as file,
    ):
        while chunk := whole.read(CHUNK):
            if check:
                check()
            told.update(chunk)
            left = memoryview(chunk)
            while left:
                left = left[file.write(left) :]
        os.fsync(file.fileno())
    return told.digest()


def _compare(part: Path, data: bytes, on_stick: bool, check: Callable[[], None] | None) -> None:
    """Read the file back; a difference is reported as EIO, which is what it is."""
    with os.fdopen(os.open(part, _READ_ONLY_BINARY), "rb", buffering=0) as file:
        if on_stick and hasattr(os, "posix_fadvise"):
            # Without this the cache answers and the stick is never asked.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if os.fstat(file.fileno()).st_size != len(data):
            raise OSError(errno.EIO, "the file has another length than written")
        for chunk in _chunks(data):
            if check:
                check()
            if _read_exactly(file.fileno(), len(chunk)) != chunk:
                raise OSError(errno.EIO, "the file reads otherwise than written")


def _read_exactly(handle: int, size: int) -> bytes:
    pieces = []
    while size:
        piece = os.read(handle, size)
        if not piece:
            break
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _chunks(data: bytes) -> Iterator[memoryview]:
    view = memoryview(data)
    for start in range(0, len(view), CHUNK):
        yield view[start : start + CHUNK]


def _put_in_place(part: Path, path: Path) -> None:
    for pause in PATIENCE_SECONDS:
        try:
            _move(part, path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    _move(part, path)


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """The new name is only safe when the folder is; Windows was asked for that while moving."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some sticks' file systems cannot sync a folder.
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(handle)


def _discard(part: Path) -> None:
    with suppress(OSError):
        part.unlink(missing_ok=True)


@contextmanager
def _told(path: Path, on_stick: bool, step: str) -> Iterator[None]:
    """Turn what the operating system says into failures that have words."""
    try:
        yield
    except OSError as error:
        if on_stick:
            raise StickTrouble("space" if error.errno in _NO_ROOM else step, str(path)) from error
        if error.errno in _NO_ROOM:
            raise DiskFull from error
        if error.errno == errno.EIO:
            raise DiskFailed from error
        raise OfficeError(f"{step}: {path.name}") from error
