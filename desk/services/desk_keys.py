"""The public keys papers are checked with: this desk's own, those of the county's key list, at the county its enrolments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from db.models import DeskKey
from db.models import Enrolment as EnrolmentRow
from desk.domain.canonical import Json
from desk.exchange.key_files import parse_enrolment
from desk.exchange.key_list import KeyList, ListedDesk
from desk.exchange.keys import SigningPair
from desk.exchange.receipt_code import key_id
from desk.services.office import Desk

OWN = ""
"""What stands for the county of a key that came from no list."""


@dataclass(frozen=True, slots=True)
class KnownKey:
    """Whose key it is; `revoked_on` is an ISO day, '' while it is in use."""

    public: bytes
    site: str
    name: str
    window: int
    revoked_on: str
    own: bool


def own_row(desk: Desk) -> dict[str, Any]:
    """The row of a desk database's own key; it stays when a later epoch brings another."""
    return row_of(desk.profile, desk.signing)


def row_of(profile: Mapping[str, Json], signing: SigningPair) -> dict[str, Any]:
    """The row of a key this desk signs with; it stays when another takes its place."""
    listed = ListedDesk(
        site=str(profile["community_code"]),
        name=str(profile["community_name"]),
        window=int(str(profile["window"])),
        public=signing.public,
    )
    return _row(listed, OWN, 0)


def keys_named(connection: Connection, named: bytes) -> tuple[KnownKey, ...]:
    """The keys that a code may mean; more than one only by chance."""
    rows = connection.execute(select(DeskKey).where(DeskKey.key_id == named)).mappings()
    here = [
        KnownKey(
            public=bytes(row["public"]),
            site=row["site"],
            name=row["name"],
            window=row["window"],
            revoked_on=row["revoked_at"],
            own=row["county"] == OWN,
        )
        for row in rows
    ]
    enrolled = (desk for desk in enrolled_desks(connection) if key_id(desk.public) == named)
    return (*here, *(_known(desk) for desk in enrolled))


def enrolled_desks(connection: Connection) -> tuple[ListedDesk, ...]:
    """At a county: every desk it ever took, the revoked ones among them; nobody at a desk."""
    rows = connection.execute(
        select(EnrolmentRow.body, EnrolmentRow.revoked_at).order_by(
            EnrolmentRow.site, EnrolmentRow.window, EnrolmentRow.accepted_at, EnrolmentRow.key
        )
    )
    return tuple(_enrolled(bytes(row.body), row.revoked_at) for row in rows)


def is_revoked(connection: Connection, public: bytes) -> bool:
    """Whether the county's key list that is held here revokes this key."""
    told = select(DeskKey.revoked_at).where(DeskKey.public == public)
    return bool(connection.execute(told).scalar())


def held_list(connection: Connection) -> int:
    """The number of the county's key list that is held; 0 for none."""
    return int(connection.execute(select(func.max(DeskKey.list_no))).scalar() or 0)


def take_list(connection: Connection, listed: KeyList) -> None:
    """Hold this list in place of the one before. Our own keys stay, but the county may revoke them."""
    forget_list(connection)
    own = set(connection.execute(select(DeskKey.public)).scalars())
    for desk in listed.desks:
        if desk.public in own:
            connection.execute(
                update(DeskKey)
                .where(DeskKey.public == desk.public)
                .values(revoked_at=desk.revoked_on, list_no=listed.number)
            )
    rows = {desk.public: _row(desk, listed.county, listed.number) for desk in listed.desks}
    strangers = [row for public, row in rows.items() if public not in own]
    if strangers:
        connection.execute(insert(DeskKey), strangers)


def forget_list(connection: Connection) -> None:
    """Hold no list: nobody vouches for its keys any more."""
    connection.execute(delete(DeskKey).where(DeskKey.county != OWN))
    connection.execute(update(DeskKey).values(list_no=0))


def _enrolled(body: bytes, revoked_at: str) -> ListedDesk:
    desk = parse_enrolment(body)
    return ListedDesk(desk.site, desk.name, desk.window, desk.signing, revoked_at[:10])


def _known(desk: ListedDesk) -> KnownKey:
    return KnownKey(desk.public, desk.site, desk.name, desk.window, desk.revoked_on, own=False)


def _row(desk: ListedDesk, county: str, number: int) -> dict[str, Any]:
    return {
        "public": desk.public,
        "key_id": key_id(desk.public),
        "site": desk.site,
        "name": desk.name,
        "window": desk.window,
        "revoked_at": desk.revoked_on,
        "county": county,
        "list_no": number,
    }
