"""The exchange keys of this side, and the county's keys as this desk took them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import CountyKey as CountyKeyRow
from db.models import ThisDesk
from desk.exchange.key_files import CountyKey, Enrolment, parse_county_key
from desk.exchange.keys import SealingPair, SigningPair
from desk.services.office import Office


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """This side's pairs."""

    origin: UUID
    epoch: int
    signing: SigningPair
    sealing: SealingPair
    recovery: SealingPair


def own_keys(connection: Connection) -> OwnKeys:
    """The pairs kept in the encrypted file."""
    row = connection.execute(select(ThisDesk)).mappings().one()
    return OwnKeys(
        origin=row["origin"],
        epoch=row["epoch"],
        signing=SigningPair.from_bytes(row["signing"]),
        sealing=SealingPair.from_bytes(row["sealing"]),
        recovery=SealingPair.from_bytes(row["recovery"]),
    )


def county_key(connection: Connection) -> CountyKey | None:
    """The county this desk sends to, if its key file was taken."""
    body = connection.execute(select(CountyKeyRow.body)).scalar()
    return parse_county_key(bytes(body)) if body else None


def own_enrolment(office: Office, keys: OwnKeys, made_at: str) -> Enrolment:
    """What the county must know of this desk database."""
    return Enrolment(
        site=str(office.profile["community_code"]),
        name=str(office.profile["community_name"]),
        window=office.seat,
        db_id=keys.origin,
        epoch=keys.epoch,
        signing=keys.signing.public,
        sealing=keys.sealing.recipient,
        recovery=keys.recovery.recipient,
        made_at=made_at,
    )
