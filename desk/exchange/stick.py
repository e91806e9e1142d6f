"""Packages on a stick: written and read back before anybody pulls it, found again by what is inside."""

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from desk.errors import Cancelled, PackageRefused, StickTrouble
from desk.exchange.container import SUFFIX
from desk.exchange.header import TO_DESKS, Header
from desk.exchange.key_list import SUFFIX as LIST_SUFFIX
from desk.exchange.receiving import CHUNK, read_header
from desk.exchange.roots import SUFFIX as ROOT_SUFFIX
from desk.files import make_folder, write_atomic
from desk.words.exchange import COMPARING, WRITING

SUBFOLDER = "便民前台"
MOST_FILES = 50_000
"""Of one ending in one folder: 100 desks with a package and an answer a day make as many in a year; more is no stick of ours."""
_NAME = re.compile(r"[a-z0-9-]{1,150}\.[a-z]{3,8}")

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Found:
    """A package file on a stick; `header` is None where `outcome` (BAD_FILE, TOO_NEW) says why."""

    path: Path
    size: int
    header: Header | None
    outcome: str = ""

    def order(self) -> tuple[bool, str, str, int, int, str]:
        """Readable ones first, by sender, database, epoch and number."""
        if self.header is None:
            return True, "", "", 0, 0, self.path.name
        head = self.header
        return False, head.sender, head.db_id.hex, head.epoch, head.seq, self.path.name


def package_name(header: Header) -> str:
    """A file name that tells people the sender and the number; no reader relies on it.

    The tail of the desk's id keeps two desks of one hall apart on the same stick.
    """
    desk = header.to if header.kind in TO_DESKS else header.db_id.hex
    return (
        f"{header.kind.lower()}-{header.sender}-{desk[-6:]}-{header.epoch}-{header.seq:06}{SUFFIX}"
    )


def write_package(
    folder: Path, name: str, data: bytes, progress: Progress, cancelled: Callable[[], bool]
) -> bytes:
    """Write the file into 便民前台 on the stick; returns the SHA-256 of what the stick gave back afterwards.

    `progress` hears (done, total, what). After returning, the stick may be pulled.

    Raises:
        Cancelled: nothing was left behind.
        StickTrouble: space, write or verify; nothing half-written bears this name.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name for a package: {name}")
    chunks = -(-len(data) // CHUNK)
    done = 0

    def check() -> None:
        nonlocal done
        if cancelled():
            raise Cancelled
        progress(done, 2 * chunks, WRITING if done < chunks else COMPARING)
        done += 1

    target = (folder if folder.name == SUBFOLDER else folder / SUBFOLDER) / name
    if not target.parent.parent.is_dir():
        raise StickTrouble("write", str(target.parent))
    make_folder(target.parent, on_stick=True)
    write_atomic(target, data, on_stick=True, check=check)
    digest = _digest_on_stick(target)
    if digest != hashlib.sha256(data).digest():
        raise StickTrouble("verify", str(target))
    progress(2 * chunks, 2 * chunks, COMPARING)
    return digest


def scan(folder: Path, but: Collection[str] = ()) -> tuple[Found, ...]:
    """The package files in `folder` and in 便民前台 below it, in the order they are to be taken; only headers are read.

    Files with a name of `but` are passed over unread.

    Raises:
        StickTrouble: the folder cannot be read, or there are more than `MOST_FILES`.
    """
    found = [_found(path) for path in _files(folder, SUFFIX, but)]
    return tuple(sorted(found, key=Found.order))


def packages(folder: Path) -> tuple[Path, ...]:
    """The package files in `folder` and in 便民前台 below it, unread.

    Raises:
        StickTrouble: the folder cannot be read, or there are more than `MOST_FILES`.
    """
    return _files(folder, SUFFIX)


def key_lists(folder: Path) -> tuple[Path, ...]:
    """The key lists in `folder` and in 便民前台 below it.

    Raises:
        StickTrouble: the folder cannot be read, or there are more than `MOST_FILES`.
    """
    return _files(folder, LIST_SUFFIX)


def root_lists(folder: Path) -> tuple[Path, ...]:
    """The county's root lists in `folder` and in 便民前台 below it.

    Raises:
        StickTrouble: the folder cannot be read, or there are more than `MOST_FILES`.
    """
    return _files(folder, ROOT_SUFFIX)


def read_small(path: Path, most: int) -> bytes:
    """A small file, such as one with keys.

    Raises:
        PackageRefused: BAD_FILE, it is larger than `most`.
        StickTrouble: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise StickTrouble("read", str(path)) from error
    if len(data) > most:
        raise PackageRefused("BAD_FILE", why="too_large")
    return data


def _files(folder: Path, suffix: str, but: Collection[str] = ()) -> tuple[Path, ...]:
    """By name. Of too many none is taken: the newest would be among those left out, and nobody would be told."""
    try:
        found = [*_plain(folder, suffix, but)]
        if (folder / SUBFOLDER).is_dir():
            found += _plain(folder / SUBFOLDER, suffix, but)
    except OSError as error:
        raise StickTrouble("read", str(folder)) from error
    if len(found) > MOST_FILES:
        raise StickTrouble("many", str(folder))
    return tuple(map(Path, sorted(found)))


def _plain(folder: Path, suffix: str, but: Collection[str]) -> Iterator[str]:
    """Plain files of this ending and none of these names; what macOS and half-written files leave begins with a dot."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name.lower()
            # The listing itself tells what is a file: on a slow stick a question for each would take minutes.
            if (
                name.endswith(suffix)
                and not name.startswith(".")
                and entry.name not in but
                and entry.is_file(follow_symlinks=False)
            ):
                yield entry.path


def _found(path: Path) -> Found:
    try:
        return Found(path, path.stat().st_size, read_header(path))
    except PackageRefused as refused:
        return Found(path, path.stat().st_size, None, refused.code)
    except OSError as error:
        raise StickTrouble("read", str(path)) from error


def _digest_on_stick(path: Path) -> bytes:
    told = hashlib.sha256()
    try:
        with path.open("rb", buffering=0) as file:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while chunk := file.read(CHUNK):
                told.update(chunk)
    except OSError as error:
        raise StickTrouble("verify", str(path)) from error
    return told.digest()
