"""Releases of the catalogue in the file: the one in force, the one to come, the one nobody has looked at yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select, update
from sqlalchemy.engine import Connection

from db.models import CatalogRelease
from desk.errors import CatalogRejected, PackageRefused
from desk.exchange.catalog_body import Release, parse_release
from desk.services.rules import Rules, read_rules


@dataclass(frozen=True, slots=True)
class Held:
    """A release in the file without its bytes; days are ISO days, `taken_at` '' while it only came."""

    version: int
    digest: str
    effective_from: str
    valid_through: str
    made_at: str
    taken_at: str

    def expired(self, today: date) -> bool:
        """Whether the county no longer vouches for it."""
        return bool(self.valid_through) and self.valid_through < today.isoformat()


def newest(connection: Connection) -> Held | None:
    """The highest version that ever came here, taken or not: nothing lower is looked at any more."""
    return _one(connection, _held().order_by(CatalogRelease.version.desc()))


def version_taken(connection: Connection) -> int:
    """The highest version somebody took; 0 where the program's own rules serve."""
    held = _one(connection, _taken().order_by(CatalogRelease.version.desc()))
    return held.version if held else 0


def in_force(connection: Connection, today: date) -> Held | None:
    """The highest version taken whose day has come; None: the program's own rules serve."""
    begun = _taken().where(CatalogRelease.effective_from <= today.isoformat())
    return _one(connection, begun.order_by(CatalogRelease.version.desc()))


def to_come(connection: Connection, today: date) -> Held | None:
    """The next version taken whose day has not come yet."""
    present = in_force(connection, today)
    later = _taken().where(
        CatalogRelease.effective_from > today.isoformat(),
        CatalogRelease.version > (present.version if present else 0),
    )
    order = (CatalogRelease.effective_from, CatalogRelease.version.desc())
    return _one(connection, later.order_by(*order))


def found(connection: Connection) -> Held | None:
    """The newest version that came and waits for somebody to take it."""
    held = newest(connection)
    return held if held and not held.taken_at else None


def body_of(connection: Connection, version: int) -> bytes | None:
    """The bytes of a version as they came; None for one that is not here."""
    query = select(CatalogRelease.body).where(CatalogRelease.version == version)
    body = connection.execute(query).scalar()
    return None if body is None else bytes(body)


def put(connection: Connection, release: Release, body: bytes, digest: str, taken_at: str) -> None:
    """Keep a release; `digest` is that of its rules."""
    row = {
        "version": release.release,
        "digest": digest,
        "effective_from": release.effective_from,
        "valid_through": release.valid_through,
        "made_at": release.made_at,
        "taken_at": taken_at,
        "body": body,
    }
    connection.execute(insert(CatalogRelease), row)


def mark_taken(connection: Connection, version: int, moment: str) -> None:
    """From its day on, this version serves."""
    connection.execute(
        update(CatalogRelease).where(CatalogRelease.version == version).values(taken_at=moment)
    )


def serving(connection: Connection, today: date, shipped: Rules, county: str) -> Rules:
    """The rules to go by today: the county's newest taken release this program can read, else its own.

    The counter is never locked by a release: one that cannot be read is passed over.
    """
    begun = _taken().where(CatalogRelease.effective_from <= today.isoformat())
    versions = connection.execute(begun.order_by(CatalogRelease.version.desc())).mappings()
    for held in [_from_row(row) for row in versions]:
        if held.digest == shipped.catalog.digest and not held.valid_through:
            return shipped
        try:
            return _rules(connection, held, shipped, county)
        except (CatalogRejected, PackageRefused):
            continue
    return shipped


def _rules(connection: Connection, held: Held, shipped: Rules, county: str) -> Rules:
    release = parse_release(body_of(connection, held.version) or b"")
    return read_rules(release.files, shipped.pinyin, county=county, through=held.valid_through)


def _held() -> Select[*tuple[Any, ...]]:
    return select(
        CatalogRelease.version,
        CatalogRelease.digest,
        CatalogRelease.effective_from,
        CatalogRelease.valid_through,
        CatalogRelease.made_at,
        CatalogRelease.taken_at,
    )


def _taken(*more: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return _held().where(CatalogRelease.taken_at != "", *more)


def _one(connection: Connection, query: Select[*tuple[Any, ...]]) -> Held | None:
    row = connection.execute(query.limit(1)).mappings().first()
    return _from_row(row) if row else None


def _from_row(row: Mapping[Any, Any]) -> Held:
    return Held(**dict(row))
