"""The catalogue a case was opened under: kept as a snapshot, read again when the shipped one has moved on."""

import json
from typing import Any

import zstandard
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from db.models import CatalogSnapshot
from desk.domain.catalog import Catalog
from desk.domain.catalog_reader import read_catalog
from desk.domain.county_lists import localized
from desk.errors import OfficeDamaged
from desk.services.office import Office, Rules

LARGEST = 16 * 1024 * 1024


def snapshot_row(rules: Rules) -> dict[str, Any]:
    """The row that keeps this catalogue's source."""
    source = {name: body.decode() for name, body in rules.source.items()}
    text = json.dumps(source, ensure_ascii=False, sort_keys=True).encode()
    return {
        "digest": rules.catalog.digest,
        "version": rules.catalog.version,
        "body": zstandard.compress(text, 9),
    }


def keep(connection: Connection, rules: Rules) -> None:
    """Keep the present catalogue's source, once."""
    known = select(CatalogSnapshot.version).where(CatalogSnapshot.digest == rules.catalog.digest)
    if connection.execute(known).first() is None:
        connection.execute(insert(CatalogSnapshot), snapshot_row(rules))


def pinned(office: Office, connection: Connection, digest: str) -> Catalog:
    """The catalogue with that digest.

    Raises:
        OfficeDamaged: its snapshot is not in the file.
    """
    if digest == office.catalog.digest:
        return office.catalog
    if digest not in office.pinned:
        body = connection.execute(
            select(CatalogSnapshot.body).where(CatalogSnapshot.digest == digest)
        ).scalar()
        if body is None:
            raise OfficeDamaged(f"catalog {digest[:8]}")
        text = zstandard.decompress(body, max_output_size=LARGEST)
        source = {name: part.encode() for name, part in json.loads(text).items()}
        office.pinned[digest] = localized(read_catalog(source), str(office.profile["county"]))
    return office.pinned[digest]
