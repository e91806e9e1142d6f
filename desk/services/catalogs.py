"""The rules a case was opened under: kept as a snapshot, read again when those in force have moved on."""

import json
from typing import Any

import zstandard
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, CatalogRelease, CatalogSnapshot
from desk.domain.catalog import Catalog
from desk.domain.workdays import HolidayTable
from desk.errors import OfficeDamaged
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
    """The catalogue with that digest.

    Raises:
        OfficeDamaged: its snapshot is not in the file.
    """
    return rules_of(office, connection, digest).catalog


def rules_of(office: Office, connection: Connection, digest: str) -> Rules:
    """All rules of the catalogue with that digest: items, life-cycles, wording, layouts, holidays.

    Raises:
        OfficeDamaged: its snapshot is not in the file.
    """
    if digest == office.catalog.digest:
        return office.rules
    if digest not in office.pinned:
        office.pinned[digest] = _read(office, connection, digest)
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


def _read(office: Office, connection: Connection, digest: str) -> Rules:
    body = connection.execute(
        select(CatalogSnapshot.body).where(CatalogSnapshot.digest == digest)
    ).scalar()
    if body is None:
        raise OfficeDamaged(f"catalog {digest[:8]}")
    text = zstandard.decompress(body, max_output_size=LARGEST)
    source = {name: part.encode() for name, part in json.loads(text).items()}
    through = connection.execute(
        select(CatalogRelease.valid_through).where(CatalogRelease.digest == digest)
    ).scalar()
    return read_rules(
        source,
        office.rules.pinyin,
        county=str(office.profile["county"]),
        through=through or "",
    )
