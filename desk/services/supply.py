"""What ships with the program: its parts with their licences, and whether the built program's files are as they were built."""

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desk.errors import UNREADABLE
from desk.resources import resource_bytes

LIST = "files.json"
"""Beside the built program's parts: the SHA-256 of each of its files, written by build.spec."""
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the program; `texts` are names of licence texts for `licence_text`."""

    name: str
    versions: tuple[str, ...]
    licence: str
    use: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tampered:
    """Files of the built program that are not as built: by name, below its folder."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    planted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.planted)


def parts() -> tuple[Part, ...]:
    """Everything that ships, as resources/licences/make_supply.py wrote it down."""
    listed = json.loads(resource_bytes("licences/shipped.json"))
    return tuple(
        Part(one["name"], tuple(one["versions"]), one["licence"], one["use"], tuple(one["texts"]))
        for one in listed
    )


def licence_text(part: Part) -> str:
    """The texts of a part's licence, one after the other."""
    return "\n\n".join(resource_bytes(name).decode() for name in part.texts)


def program_folder() -> Path | None:
    """Where the built program lies; None when it runs from its sources."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def look_at_program() -> Tampered:
    """As `tampered`, of the running program; nothing is found where it runs from its sources."""
    folder = program_folder()
    return tampered(folder) if folder else Tampered()


def tampered(folder: Path) -> Tampered:
    """Compare every file below `folder` with the list that was written when it was built; reads all of it.

    It finds damage and what was laid beside the program by somebody careless; who may write this folder may write the list.
    """
    try:
        listed = dict(json.loads(_list_of(folder).read_bytes()))
    except (OSError, *UNREADABLE):
        return Tampered(missing=(LIST,))
    there = dict(digests(folder))
    return Tampered(
        tuple(sorted(name for name, told in there.items() if listed.get(name, told) != told)),
        tuple(sorted(set(listed) - set(there))),
        tuple(sorted(set(there) - set(listed))),
    )


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of every file below `folder` but the list itself; '' for one that does not read."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != _list_of(folder):
            yield path.relative_to(folder).as_posix(), _digest(path)


def write_list(folder: Path) -> Path:
    """Write the list of a program that was just built; gives it back."""
    path = _list_of(folder)
    path.write_text(json.dumps(dict(digests(folder)), indent=0, sort_keys=True), "utf-8")
    return path


def _list_of(folder: Path) -> Path:
    return folder / LIST


def _digest(path: Path) -> str:
    told = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                told.update(chunk)
    except OSError:
        return ""
    return told.hexdigest()
