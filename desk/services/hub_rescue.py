"""The county's offline recovery key: made with the county, and packages opened with it where the database is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desk.errors import PackageRefused
from desk.exchange import offline_key
from desk.exchange.header import Header
from desk.exchange.keys import SealingPair
from desk.exchange.parts import BODIES, EVENTS, Contents
from desk.exchange.receiving import open_unsigned
from desk.exchange.stick import package_name, read_small, scan
from desk.files import write_atomic


@dataclass(frozen=True, slots=True)
class Rescued:
    """A package that was opened into `folder` (None where it could not be, for what `outcome` says)."""

    name: str
    outcome: str
    folder: Path | None = None
    header: Header | None = None


def write_key(folder: Path, code: str, pair: SealingPair, passphrase: str) -> Path:
    """Write the private half under a passphrase; gives the file's path.

    Raises:
        FileExistsError: there is such a file, which may be the only copy of another key.
        StickTrouble: it could not be written.
    """
    path = folder / f"recovery-{code}{offline_key.SUFFIX}"
    if path.exists():
        raise FileExistsError(path)
    write_atomic(path, offline_key.seal(pair, passphrase), on_stick=True)
    return path


def read_key(path: Path, passphrase: str) -> SealingPair:
    """The private half from its file.

    Raises:
        PackageRefused: DAMAGED: another passphrase, or no such file.
        StickTrouble: it cannot be read.
    """
    return offline_key.opened(read_small(path, offline_key.MAX_BYTES), passphrase)


def rescue(folder: Path, out: Path, pair: SealingPair) -> Iterator[Rescued]:
    """Open every package in a folder (or on a stick) with the offline key, each into a folder of its own below `out`.

    No database is needed. Who signed a package cannot be said here, only that it is whole: its contents are to be looked at,
    not received.

    Raises:
        StickTrouble: the folder cannot be read, or nothing can be written.
    """
    for found in scan(folder):
        try:
            header, contents = open_unsigned(found.path, (pair,))
        except PackageRefused as refused:
            yield Rescued(found.path.name, refused.code)
            continue
        into = out / package_name(header).removesuffix(".bmq")
        into.mkdir(parents=True, exist_ok=True)
        for name, data in _files(header, contents):
            write_atomic(into / name, data)
        yield Rescued(found.path.name, "READY", into, header)


def _files(header: Header, contents: Contents) -> Iterator[tuple[str, bytes]]:
    """The header and the parts as they were packed: JSON all of it."""
    parts = {
        "header.json": header.to_bytes(),
        BODIES.get(header.kind, ""): contents.body,
        EVENTS: contents.events,
    }
    yield from ((name, data) for name, data in parts.items() if data)
