"""Real offices with the fixed keys, to read the stored packages with."""

import hashlib
import marshal
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update

from db.base import Base
from db.models import DeskKey, Event, EventPayload, PackageOut, ThisDesk
from desk.domain.events import GENESIS, chained
from desk.exchange.key_files import FormerSigner, county_key_file, enrolment_file
from desk.services import desk_keys, hub_desks, hub_resend, operation, rebuilding, sync
from desk.services.event_store import read_events
from desk.services.office import Office
from desk.services.operation import reading
from tests.builders import MONDAY, make_office
from tests.exchange.makers import DB_ID, SITE, Node, county_key
from tests.exchange.standing import (
    CLOSED_DB,
    NEXT_DB,
    NODE,
    RENEWED_DB,
    REVOKED_DB,
    before_next,
    window_of,
)
from tests.kept import Kept, keep, opened
from tests.services.trips import make_hub, revoked

REVOKED, RENEWED, CLOSED = 3, 4, 5
"""Windows."""


def make_county(folder: Path, nodes: dict[str, Node]) -> Kept:
    """A county that knows the desk, a revoked window, one with a renewed key, and one that another carries on; closed."""
    kept = fixed_hub(folder / "county", nodes["county"])
    county = opened(kept)
    for name, origin, window in (
        ("desk", DB_ID, 2),
        ("revoked", REVOKED_DB, REVOKED),
        ("former", RENEWED_DB, RENEWED),
        ("closed", CLOSED_DB, CLOSED),
    ):
        _enrol(county, folder, nodes[name], (origin, window))
    revoked(county, "丢失", window=REVOKED)
    _enrol(county, folder, nodes["renewed"], (RENEWED_DB, RENEWED), nodes["former"])
    _enrol(county, folder, nodes["next"], (NEXT_DB, CLOSED), nodes["closed"], before=before_next())
    hub_resend.resend(county, site=SITE, window=CLOSED, folder=folder)
    county.close()
    return kept


def _enrol(
    county: Office,
    folder: Path,
    node: Node,
    place: tuple[UUID, int],
    former: Node | None = None,
    **changes: Any,
) -> None:
    told = window_of(node, *place, **changes)
    vouches = None
    if former is not None:
        origin = CLOSED_DB if place[0] == NEXT_DB else place[0]
        earlier = window_of(former, origin, place[1])
        vouches = FormerSigner(earlier.fingerprint, former.signing)
    path = folder / "one.bmenrol"
    path.write_bytes(enrolment_file(told, node.signing, vouches))
    hub_desks.enrol(county, path=path)


def make_desk(folder: Path, nodes: dict[str, Node], sent: bytes) -> Kept:
    """The desk that knows the county and has sent it one package; closed."""
    kept = fixed_desk(folder / "desk", nodes["desk"], DB_ID)
    desk = opened(kept)
    with desk.writer.begin() as connection:
        connection.execute(insert(PackageOut), _as_sent(desk, sent))
    path = folder / "county.bmkey"
    key = replace(county_key(nodes["county"]), node=NODE)
    path.write_bytes(county_key_file(key, nodes["county"].signing))
    sync.take_county_key(desk, path=path)
    desk.close()
    return kept


def fixed_desk(folder: Path, node: Node, origin: UUID) -> Kept:
    """A new office that is this database and has these keys; closed."""
    desk = make_office(folder).office
    with desk.writer.begin() as connection:
        _take_over(connection, desk, node, origin)
    desk.close()
    return keep(folder)


def fixed_hub(folder: Path, node: Node) -> Kept:
    """A new county that has these keys and knows nobody; closed."""
    county = make_hub(folder)
    with county.writer.begin() as connection:
        public = {"recovery": node.recovery.public_half.to_bytes()}
        connection.execute(update(ThisDesk).values(**_private(node) | public))
    county.close()
    return keep(folder)


def _private(node: Node) -> dict[str, bytes]:
    return {
        "signing": node.signing.to_bytes(),
        "sealing": node.sealing.to_bytes(),
        "recovery": node.recovery.to_bytes(),
    }


def _take_over(connection: Any, desk: Office, node: Node, origin: UUID) -> None:
    """The same log as another database's, whose id and keys are fixed."""
    told, prev = [], GENESIS
    for record in read_events(connection):
        about = origin if record.entity == "desk" else record.entity_id
        told.append(chained(replace(record, origin=origin, entity_id=about, prev=prev)))
        prev = told[-1].hash
    with rebuilding.append_only_lifted(connection):
        connection.execute(delete(EventPayload))
        connection.execute(delete(Event))
    operation.append(connection, told)
    connection.execute(update(ThisDesk).values(origin=origin, **_private(node)))
    connection.execute(delete(DeskKey))
    connection.execute(insert(DeskKey), desk_keys.row_of(desk.profile, node.signing))
    rebuilding.rebuild(connection)


def _as_sent(desk: Office, sent: bytes) -> dict[str, Any]:
    desk.paths.packages.mkdir(exist_ok=True)
    (desk.paths.packages / "first.bmq").write_bytes(sent)
    return {
        "id": UUID(int=1),
        "addressee": NODE,
        "kind": "DATA",
        "epoch": 1,
        "seq": 1,
        "first_n": 1,
        "last_n": 2,
        "cases": 0,
        "digest": hashlib.sha256(sent).digest(),
        "file_name": "first.bmq",
        "state": "written",
        "made_at": MONDAY.isoformat(),
        "written_at": MONDAY.isoformat(),
        "acked_at": "",
        "result": {"totals": {}},
    }


def content(office: Office) -> str:
    """What stands in all tables, as one hash; told by the office's own connection, the file is never opened beside it."""
    told = hashlib.sha256()
    with reading(office) as connection:
        for name in sorted(Base.metadata.tables):
            # As the driver gives them: what the columns mean does not matter here, and this is asked hundreds of times.
            rows: Any = connection.exec_driver_sql(f'SELECT * FROM "{name}"').cursor
            # Format 2 tells equal rows alike; the later ones tell how often an object stands in memory, too.
            told.update(marshal.dumps((name, rows.fetchall()), 2))
    return told.hexdigest()
