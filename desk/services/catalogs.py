"""The rules a case was opened under: kept as a snapshot, read again when those in force have moved on."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import zstandard
from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, CatalogRelease, CatalogSnapshot, Event, SetAside
from desk.domain.catalog import Catalog
from desk.domain.workdays import HolidayTable
from desk.errors import CatalogRejected, OfficeDamaged, PackageRefused
from desk.exchange.catalog_body import parse_release
from desk.services.office import Office
from desk.services.rules import Rules, read_rules

LARGEST = 16 * 1024 * 1024


def snapshot_row(rules: Rules) -> dict[str, Any]:
    """The row that keeps the source of these rules."""
    source = {name: body.decode() for name, body in rules.source.items()}
    text = json.dumps(source, ensure_ascii=False, sort_keys=True).encode()
    return {
        "digest": rules.catalog.digest,
        "version": rules.catalog.version,
        "body": zstandard.compress(text, 9),
    }


def keep(connection: Connection, rules: Rules) -> None:
    """Keep the source of the rules in force, once."""
    known = select(CatalogSnapshot.version).where(CatalogSnapshot.digest == rules.catalog.digest)
    if connection.execute(known).first() is None:
        connection.execute(insert(CatalogSnapshot), snapshot_row(rules))


def pinned(office: Office, connection: Connection, digest: str) -> Catalog:
    """The catalogue with that digest, else the one in force; as `rules_of`."""
    return rules_of(office, connection, digest).catalog


def rules_of(office: Office, connection: Connection, digest: str) -> Rules:
    """All rules of the catalogue with that digest: items, life-cycles, wording, layouts, holidays.

    Those in force where they are not here, or of an edition this program cannot read: a case that came from another
    computer is read by them with its own kept values (`missing_rules`).

    Raises:
        OfficeDamaged: its snapshot is here and cannot be unpacked.
    """
    if digest == office.catalog.digest:
        return office.rules
    if digest not in office.pinned:
        found = _read(office, connection, digest)
        if found is None:
            return office.rules
        office.pinned[digest] = found
    return office.pinned[digest]


def rules_of_case(office: Office, connection: Connection, case_id: object) -> Rules:
    """The rules a case is under; those in force for what belongs to none."""
    digest = connection.execute(
        select(CaseFile.catalog_digest).where(CaseFile.id == case_id)
    ).scalar()
    return rules_of(office, connection, digest) if digest else office.rules


def holidays_of(office: Office, rules: Rules) -> HolidayTable:
    """The holidays a case under these rules is counted with: its own as far as they reach, then those in force."""
    if rules is office.rules:
        return office.holidays
    return rules.holidays.completed_by(office.holidays)


def in_use(office: Office, connection: Connection) -> tuple[Catalog, ...]:
    """The catalogues of all open cases, and the one in force."""
    digests = connection.execute(
        select(CaseFile.catalog_digest).where(CaseFile.phase == "open").distinct()
    ).scalars()
    wanted = {office.catalog.digest, *digests}
    return tuple(pinned(office, connection, digest) for digest in sorted(wanted))


def lost(connection: Connection, origin: UUID) -> int:
    """How many cases that began in this very database go by a catalogue that was here and is no more.

    What was told again of an earlier database may never have had its catalogue here.
    """
    began = select(Event.entity_id).where(
        Event.kind == "case.opened",
        Event.origin == origin,
        Event.id.not_in(select(SetAside.event_id)),
    )
    gone = select(func.count()).where(
        CaseFile.catalog_digest.not_in(select(CatalogSnapshot.digest)),
        CaseFile.origin == origin,
        CaseFile.id.in_(began),
    )
    return int(connection.execute(gone).scalar_one())


def _read(office: Office, connection: Connection, digest: str) -> Rules | None:
    row = connection.execute(
        select(CatalogRelease.body, CatalogRelease.valid_through).where(
            CatalogRelease.digest == digest
        )
    ).first()
    try:
        source = _kept(connection, digest)
        if source is None and row is not None:
            # A release that came is the same set of files, whether or not it ever was in force here.
            source = parse_release(bytes(row.body)).files
        if source is None:
            return None
        county, through = str(office.profile["county"]), row.valid_through if row else ""
        return read_rules(source, office.rules.pinyin, county=county, through=through)
    except (CatalogRejected, PackageRefused):
        return None


def _kept(connection: Connection, digest: str) -> Mapping[str, bytes] | None:
    """The files of the snapshot. Raises OfficeDamaged."""
    body = connection.execute(
        select(CatalogSnapshot.body).where(CatalogSnapshot.digest == digest)
    ).scalar()
    if body is None:
        return None
    try:
        text = zstandard.decompress(body, max_output_size=LARGEST)
        return {name: part.encode() for name, part in json.loads(text).items()}
    except (zstandard.ZstdError, ValueError) as error:
        raise OfficeDamaged(f"catalog {digest[:8]}") from error
