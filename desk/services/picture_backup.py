"""Pictures in backups: each once for all backups of a folder, named by a list in every backup, and brought back when one is restored."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from desk.errors import AttachmentLost, OfficeError
from desk.files import copy_atomic, link_or_copy, make_folder, write_atomic
from desk.services.backups import Backup, listed
from desk.services.blobs import BlobStore, stored_in

STORE, LIST = "attachments", "attachments.txt"
MOST_LIST = 256 << 20

Sizes = dict[str, int]
"""The bytes of each sealed file by its name."""


def carry(source: Path, part: Path, backups: Path) -> None:
    """Give the backup that is being made in `part` its pictures: what is new goes into the store that all backups share.

    A stored picture never changes, so where the disk allows the store has it as a second name of the same file: what is
    taken out of the office's folder stays there. Against a disk that fails stands the copy on a second medium.

    Raises:
        DiskFull, DiskFailed, OfficeError: it could not be carried.
    """
    sizes: Sizes = {}
    for path in stored_in(source):
        size = path.stat().st_size
        place = _place(backups, path.name)
        # Without the key lengths alone tell: a file of a name has one length for ever, and the shorter one was cut.
        stored = _size(place)
        if stored < size:
            link_or_copy(path, place)
        sizes[path.name] = max(size, stored)
    if sizes:
        write_atomic(part / LIST, _written(sizes))


def copy(made: Backup, place: Path, check: Callable[[], None]) -> None:
    """Put the pictures of a backup beside its copy on a second medium, those that are not there yet, read back.

    Raises:
        StickTrouble, OfficeError, and what `check` raises to cancel.
    """
    for name, size in _names(made).items():
        target = _place(place, name)
        source = _place(made.folder.parent, name)
        if _size(target) != size and source.is_file():
            make_folder(target.parent, on_stick=True)
            copy_atomic(source, target, on_stick=True, check=check)


def prune(folder: Path) -> int:
    """Take out of a store what no backup there names any more; nothing while any list does not read. Gives how many."""
    try:
        wanted = {name for made in listed(folder) for name in _names(made)}
    except OfficeError:
        return 0
    gone = 0
    for path in stored_in(folder / STORE):
        if path.name not in wanted:
            with suppress(OSError):
                path.unlink()
                gone += 1
    return gone


def is_whole(made: Backup, blobs: BlobStore) -> bool:
    """Whether every picture the backup names is in its store and opens."""
    try:
        return all(_opens(blobs, name, path) for name, path in _places(made))
    except OfficeError:
        return False


def bring_back(made: Backup, blobs: BlobStore, replayed: Path) -> int:
    """Put into the office's store what it lacks of a backup's pictures, and of those that came out of packages (`replayed`).

    Gives how many cannot be had; `check` tells of them for ever.

    Raises:
        DiskFull, DiskFailed, OfficeError: one could not be written; it can be done again.
    """
    lost = 0
    places = [(path.name, path) for path in stored_in(replayed)]
    with suppress(AttachmentLost):
        places += list(_places(made))
    for name, path in places:
        if _opens(blobs, name, blobs.place(name)):
            continue
        if _opens(blobs, name, path):
            blobs.place(name).unlink(missing_ok=True)
            link_or_copy(path, blobs.place(name))
        else:
            lost += 1
    return lost


def _opens(blobs: BlobStore, name: str, path: Path) -> bool:
    try:
        blobs.opened(name, path)
    except AttachmentLost:
        return False
    return True


def _places(made: Backup) -> Iterator[tuple[str, Path]]:
    for name in _names(made):
        yield name, _place(made.folder.parent, name)


def _place(folder: Path, name: str) -> Path:
    return folder / STORE / name[:2] / name


def _size(path: Path) -> int:
    """How many bytes lie there, -1 where there is no file."""
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _written(sizes: Sizes) -> bytes:
    """A line for each file, and one with the digest of them all, which finds damage and is no protection."""
    lines = "".join(f"{name} {size}\n" for name, size in sorted(sizes.items())).encode()
    return lines + hashlib.sha256(lines).hexdigest().encode() + b"\n"


def _names(made: Backup) -> Sizes:
    """The pictures a backup names; none for one that was made when there were none.

    Raises:
        AttachmentLost: its list is damaged.
    """
    try:
        with (made.folder / LIST).open("rb") as file:
            data = file.read(MOST_LIST)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise AttachmentLost(there=True) from error
    lines, digest = data[:-65], data[-65:-1].decode("ascii", "replace")
    if hashlib.sha256(lines).hexdigest() != digest:
        raise AttachmentLost(there=True)
    rows = (line.split(" ") for line in lines.decode().splitlines())
    return {name: int(size) for name, size in rows}
