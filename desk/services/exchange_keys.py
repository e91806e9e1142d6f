"""The exchange keys of this side, those it had before, and the county's keys as this desk took them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from db.models import CountyKey as CountyKeyRow
from db.models import FormerKey, ThisDesk
from desk.exchange.key_files import (
    CountyKey,
    Enrolment,
    FormerSigner,
    Predecessor,
    parse_county_key,
    read_predecessor,
)
from desk.exchange.keys import (
    PublicHalf,
    SealingPair,
    SigningPair,
    fingerprint,
    sealing_half,
)
from desk.services.office import Office


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """This side's pairs; `former` are the sealing pairs it had before, the newest first.

    A desk opens copies of its own packages by `recovery`; of a county's only the public half is here, its private half lies
    offline (`exchange.offline_key`).
    """

    origin: UUID
    epoch: int
    signing: SigningPair
    sealing: SealingPair
    recovery: SealingPair | PublicHalf
    former: tuple[SealingPair, ...] = ()

    @property
    def fingerprint(self) -> bytes:
        return fingerprint(self.signing.public, (self.sealing.recipient, self.recovery.recipient))

    @property
    def opening(self) -> tuple[SealingPair, ...]:
        """Whatever was ever sealed to this side opens with one of these."""
        return (self.sealing, *self.former)

    @property
    def opening_own(self) -> tuple[SealingPair, ...]:
        """What opens a copy of what this side sealed itself; nothing at a county."""
        return (self.recovery,) if isinstance(self.recovery, SealingPair) else ()


def own_keys(connection: Connection) -> OwnKeys:
    """The pairs kept in the encrypted file."""
    row = connection.execute(select(ThisDesk)).mappings().one()
    former = connection.execute(select(FormerKey.sealing).order_by(FormerKey.place.desc()))
    return OwnKeys(
        origin=row["origin"],
        epoch=row["epoch"],
        signing=SigningPair.from_bytes(row["signing"]),
        sealing=SealingPair.from_bytes(row["sealing"]),
        recovery=sealing_half(bytes(row["recovery"])),
        former=tuple(SealingPair.from_bytes(sealing) for sealing in former.scalars()),
    )


def former_signer(connection: Connection) -> FormerSigner | None:
    """The key used last before the present one; None if this is the first."""
    row = connection.execute(
        select(FormerKey.key, FormerKey.signing).order_by(FormerKey.place.desc()).limit(1)
    ).first()
    return FormerSigner(bytes(row.key), SigningPair.from_bytes(bytes(row.signing))) if row else None


def renew(
    connection: Connection, origin: UUID, epoch: int, now: str, recovery: PublicHalf | None = None
) -> OwnKeys:
    """Sign and unseal with new pairs from now on, for this database and epoch.

    The recovery pair stays, unless another one is given.
    """
    before = own_keys(connection)
    place = connection.execute(select(func.coalesce(func.max(FormerKey.place), 0))).scalar_one()
    connection.execute(
        insert(FormerKey),
        {
            "key": before.fingerprint,
            "place": place + 1,
            "origin": before.origin,
            "epoch": before.epoch,
            "signing": before.signing.to_bytes(),
            "sealing": before.sealing.to_bytes(),
            "recovery": before.recovery.to_bytes(),
            "until": now,
        },
    )
    connection.execute(
        update(ThisDesk).values(
            origin=origin,
            epoch=epoch,
            signing=SigningPair.generate().to_bytes(),
            sealing=SealingPair.generate().to_bytes(),
            recovery=(recovery or before.recovery).to_bytes(),
        )
    )
    return own_keys(connection)


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
        before=predecessor(office),
    )


def predecessor(office: Office) -> Predecessor | None:
    """The database this one was restored or copied from, as its first event says; None for a first one."""
    told = office.profile.get("before")
    return read_predecessor(told) if isinstance(told, dict) else None
