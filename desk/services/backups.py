"""The backups that are there: a folder each with the encrypted file, the key file, unanswered packages and a manifest."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from desk.domain.canonical import Json, canonical
from desk.domain.thinning import Kept
from desk.exchange import strict_json as strict
from desk.files import write_atomic

FILE, MANIFEST, PACKAGES = "desk.backup", "manifest.json", "packages"
FORMAT, VERSION = "bianmin-backup", 1
MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a database has come: all events and cases in it, and the head of its own chain."""

    events: int
    cases: int
    n: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; nothing personal.

    `made_at` is a moment, `why` a short code, `digest` the SHA-256 of the closed file, `size` its bytes, `schema` its number.
    """

    made_at: str
    why: str
    origin: UUID
    epoch: int
    standing: Standing
    schema: int
    size: int
    digest: bytes

    def to_bytes(self) -> bytes:
        """Canonical JSON with a digest of itself, which finds damage and is no protection."""
        body = self._body()
        return canonical({**body, "self": hashlib.sha256(canonical(body)).hexdigest()})

    def _body(self) -> dict[str, Json]:
        standing = asdict(self.standing)
        return {
            "format": FORMAT,
            "version": VERSION,
            "made_at": self.made_at,
            "why": self.why,
            "origin": self.origin.hex,
            "epoch": self.epoch,
            "standing": {**standing, "head": self.standing.head.hex()},
            "schema": self.schema,
            "size": self.size,
            "digest": self.digest.hex(),
        }


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup whose manifest is whole; whether its file still is, looking at it tells."""

    folder: Path
    manifest: Manifest

    @property
    def file(self) -> Path:
        return self.folder / FILE

    @property
    def packages(self) -> Path:
        return self.folder / PACKAGES

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.manifest.made_at)

    @property
    def order(self) -> tuple[int, ...]:
        """Grows with what it holds; of two that hold the same the later one comes later."""
        return self.manifest.epoch, self.manifest.standing.n, int(self.at.timestamp())

    def kept(self) -> Kept:
        """The backup as thinning sees it."""
        return Kept(self.name, self.order, self.at, self.manifest.size, self.looks_whole())

    def looks_whole(self) -> bool:
        """Whether its file is there with the length it had; cheap."""
        try:
            return self.file.stat().st_size == self.manifest.size
        except OSError:
            return False


def listed(folder: Path) -> tuple[Backup, ...]:
    """The backups in that folder, the one that holds most first; what has no whole manifest is none.

    A folder that cannot be read holds none.
    """
    try:
        found = [one for one in folder.iterdir() if not one.name.startswith(".")]
    except OSError:
        return ()
    backups = [made for one in found if (made := opened(one)) is not None]
    return tuple(sorted(backups, key=lambda one: one.order, reverse=True))


def opened(folder: Path) -> Backup | None:
    """The backup in this very folder; None if there is none."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            return Backup(folder, parse(file.read(MAX_BYTES + 1)))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest into a backup's folder."""
    write_atomic(folder / MANIFEST, manifest.to_bytes())


def parse(data: bytes) -> Manifest:
    """The manifest from its bytes.

    Raises:
        ValueError, KeyError, TypeError: damaged, of a later version, or not of this shape.
    """
    body = dict(strict.read_body(data, MAX_BYTES))
    if body.pop("self") != hashlib.sha256(canonical(body)).hexdigest():
        raise ValueError("not whole")
    if (body["format"], body["version"]) != (FORMAT, VERSION):
        raise ValueError("not a backup of this version")
    standing = strict.an_object(body, "standing")
    return Manifest(
        made_at=strict.moment(body, "made_at"),
        why=strict.text(body, "why", 40),
        origin=strict.an_id(body, "origin"),
        epoch=strict.number(body, "epoch", 1),
        standing=Standing(
            strict.number(standing, "events"),
            strict.number(standing, "cases"),
            strict.number(standing, "n"),
            strict.octets(standing, "head", 32),
        ),
        schema=strict.number(body, "schema"),
        size=strict.number(body, "size"),
        digest=strict.octets(body, "digest", 32),
    )
