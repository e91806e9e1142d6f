"""What the county sends as a catalogue: one full snapshot of every file it is responsible for, with its dates."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from desk.domain.canonical import Json, canonical
from desk.errors import PackageRefused
from desk.exchange import strict_json as strict
from desk.exchange.keys import PUBLIC_BYTES
from desk.exchange.parts import MIB, Limits

FORMAT, VERSION = "bianmin-catalog", 1
MAX_BYTES: Final = 16 * MIB
MAX_FILES, MAX_FILE = 1_000, 1 * MIB
MAX_BLOCKS, MAX_REVOKED = 20_000, 20_000
MAX_RELEASE: Final = 2**31
LIMITS = Limits(file=8 * MIB, parts=4, part=MAX_BYTES, expansion=50, whole=MAX_BYTES + MIB)
"""A package with a catalogue is small: more is refused before it is opened."""
FILE_NAME = re.compile(
    r"(?:catalog|codes|forms|holidays|layouts|ledgers|papers)"
    r"(?:/[a-z0-9][a-z0-9_-]{0,63}){1,3}\.(?:toml|json)"
)
_NAMES = (
    "format",
    "version",
    "county",
    "release",
    "effective_from",
    "valid_through",
    "made_at",
    "files",
    "blocks",
    "revoked",
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """Numbers of this community and window are given out by this desk database alone."""

    site: str
    window: int
    db_id: UUID


@dataclass(frozen=True, slots=True)
class Revoked:
    """A desk's public key and the ISO day from which it counts no more."""

    public: bytes
    day: str


@dataclass(frozen=True, slots=True)
class Release:
    """One version of everything; `files` by name, which is a name in here and never a path on a disk.

    `release` only rises. From `effective_from` on it is in force; past `valid_through` ('' for ever) nothing in it is certain.
    """

    county: str
    release: int
    effective_from: str
    valid_through: str
    made_at: str
    files: Mapping[str, bytes]
    blocks: tuple[NumberBlock, ...] = ()
    revoked: tuple[Revoked, ...] = ()

    def to_bytes(self) -> bytes:
        """Canonical JSON.

        Raises:
            ValueError: no reader would take it.
        """
        body: dict[str, Json] = {
            "format": FORMAT,
            "version": VERSION,
            "county": self.county,
            "release": self.release,
            "effective_from": self.effective_from,
            "valid_through": self.valid_through,
            "made_at": self.made_at,
            "files": [[name, data.decode()] for name, data in sorted(self.files.items())],
            "blocks": [[one.site, one.window, one.db_id.hex] for one in self.blocks],
            "revoked": [[one.public.hex(), one.day] for one in self.revoked],
        }
        data = canonical(body)
        try:
            parse_release(data)
        except PackageRefused as error:
            raise ValueError("no reader would take this release") from error
        return data


def parse_release(data: bytes) -> Release:
    """The release.

    Raises:
        PackageRefused: BAD_FILE, or TOO_NEW for a later form.
    """
    try:
        body = strict.read_body(data, MAX_BYTES)
        if body["format"] != FORMAT:
            raise ValueError("another kind of body")
        if strict.number(body, "version", 1) > VERSION:
            raise PackageRefused("TOO_NEW")
        return _release(strict.exactly(body, _NAMES))
    except (ValueError, KeyError, TypeError) as error:
        raise PackageRefused("BAD_FILE") from error


def name_fault(name: str, data: bytes) -> str:
    """What keeps a file of that name out of a release: 'name', 'size', 'text'; '' for nothing."""
    if not FILE_NAME.fullmatch(name):
        return "name"
    if len(data) > MAX_FILE:
        return "size"
    try:
        data.decode()
    except UnicodeDecodeError:
        return "text"
    return ""


def digest_of(data: bytes) -> str:
    """SHA-256 hex of a release's bytes: the same version has the same bytes for ever."""
    return hashlib.sha256(data).hexdigest()


def _release(body: strict.Body) -> Release:
    effective, through = _day(body, "effective_from"), str(body["valid_through"])
    if through and _day(body, "valid_through") < effective:
        raise ValueError("over before it begins")
    return Release(
        county=strict.matching(body, "county", strict.NODE),
        release=strict.number(body, "release", 1, MAX_RELEASE),
        effective_from=effective,
        valid_through=through,
        made_at=strict.moment(body, "made_at"),
        files=_files(strict.a_list(body, "files", MAX_FILES)),
        blocks=tuple(map(_block, strict.a_list(body, "blocks", MAX_BLOCKS))),
        revoked=tuple(map(_revoked, strict.a_list(body, "revoked", MAX_REVOKED))),
    )


def _files(rows: Iterable[object]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    last = ""
    for row in rows:
        if not isinstance(row, list) or len(row) != 2:
            raise ValueError("a file is a name and a text")
        name, text = row
        if not isinstance(name, str) or not isinstance(text, str) or name <= last:
            raise ValueError("files stand in the order of their names, each once")
        data = text.encode()
        if name_fault(name, data):
            raise ValueError(f"{name}: not a file of a release")
        files[name], last = data, name
    return files


def _block(row: object) -> NumberBlock:
    body = _row(row, ("site", "window", "db_id"))
    return NumberBlock(
        strict.matching(body, "site", strict.SITE),
        strict.number(body, "window", 1, 99),
        strict.an_id(body, "db_id"),
    )


def _revoked(row: object) -> Revoked:
    body = _row(row, ("public", "day"))
    return Revoked(strict.octets(body, "public", PUBLIC_BYTES), _day(body, "day"))


def _row(row: object, names: tuple[str, ...]) -> strict.Body:
    if not isinstance(row, list):
        raise ValueError("a list is needed")
    return dict(zip(names, row, strict=True))


def _day(body: strict.Body, name: str) -> str:
    day = strict.matching(body, name, _DAY)
    date.fromisoformat(day)
    return day
