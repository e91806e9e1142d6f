"""An open office: its files, its rules, who sits at it. Built here, handed on as an argument."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection

from db.models import Operator, Site, ThisDesk
from desk.clock import Clock
from desk.domain.canonical import Json
from desk.domain.catalog import Catalog, County
from desk.domain.workdays import HolidayTable
from desk.errors import OfficeDamaged, SignInRefused
from desk.exchange.keys import SigningPair
from desk.files import OneInstance
from desk.paths import OfficePaths
from desk.services.blobs import BlobStore
from desk.services.engines import Engines, called
from desk.services.rules import Rules
from desk.services.views import HallView

Kind = Literal["desk", "county"]
PasswordDue = Literal["", "once", "over"]


@dataclass(frozen=True, slots=True)
class LastDeed:
    """The events (first and last number) of the last operation that can be undone at all, and the day it was done."""

    first: int
    last: int
    day: date


@dataclass(slots=True)
class Office:
    """An open data folder with one operator at it.

    `beside` opens another file under the office's key, `blobs` keeps scans and photos, `seal_to` lets a county's recipient open it. `grants` are (action, line, level); `seat` is the window number; `signing` seals papers and packages; `waits`: what an earlier
    database began stays as it is until the county has given back what it has of it. `read_only`: every operation is refused. `password_due` says why he must choose
    a new password before he has the grants `withheld`. `spelt` remembers how names of
    the catalogue sound, `last_deed` what was done last here, `may_begin` that the recovery key keeps no first case waiting. Close it when done.
    """

    paths: OfficePaths
    clock: Clock
    rules: Rules
    writer: Engine
    reader: Engine
    lock: OneInstance
    origin: UUID
    epoch: int
    kind: Kind
    profile: Mapping[str, Json]
    hall: HallView
    actor: UUID | None
    seat: int
    grants: tuple[tuple[str, str, str], ...]
    signing: SigningPair
    beside: Callable[..., Any]
    blobs: BlobStore
    seal_to: Callable[[str], bool]
    waits: bool = False
    read_only: bool = False
    password_due: PasswordDue = ""
    withheld: tuple[tuple[str, str, str], ...] = ()
    pinned: dict[str, Rules] = field(default_factory=dict)
    spelt: dict[str, frozenset[str]] = field(default_factory=dict)
    last_deed: LastDeed | None = None
    may_begin: bool = False

    @property
    def catalog(self) -> Catalog:
        return self.rules.catalog

    @property
    def holidays(self) -> HolidayTable:
        return self.rules.holidays

    @property
    def county(self) -> County:
        """This county's parameters; those of 其他县区 for one that has no file."""
        counties = self.catalog.counties
        return counties.get(str(self.profile["county"]), counties["000000"])

    @property
    def today(self) -> date:
        return self.clock.now().date()

    def close(self) -> None:
        """Let go of the file and the folder; safe to call twice."""
        self.reader.dispose()
        self.writer.dispose()
        self.lock.release()


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at the window; None and 系统 for the program itself."""

    actor: UUID | None
    name: str
    grants: tuple[tuple[str, str, str], ...]
    role: str = ""


SYSTEM = Seat(None, "系统", (("*", "*", "all"),))


@dataclass(frozen=True, slots=True)
class Desk:
    """Which desk database this is."""

    origin: UUID
    epoch: int
    kind: Kind
    profile: Mapping[str, Json]
    signing: SigningPair
    waits: bool = False


def assemble(
    paths: OfficePaths,
    engines: Engines,
    lock: OneInstance,
    clock: Clock,
    rules: Rules,
    desk: Desk,
    seat: Seat,
) -> Office:
    """An office from its parts."""
    window = int(str(desk.profile["window"]))
    return Office(
        paths=paths,
        clock=clock,
        rules=rules.of_county(str(desk.profile["county"])),
        writer=engines.writer,
        reader=engines.reader,
        lock=lock,
        origin=desk.origin,
        epoch=desk.epoch,
        kind=desk.kind,
        profile=desk.profile,
        hall=HallView(
            hall=str(desk.profile["hall"]),
            community=str(desk.profile["community_name"]),
            brand=str(desk.profile["brand"]),
            window=window,
            operator=seat.name,
            operator_id=seat.actor or desk.origin,
        ),
        actor=seat.actor,
        seat=window,
        grants=seat.grants,
        signing=desk.signing,
        beside=engines.beside,
        blobs=engines.blobs,
        seal_to=engines.seal_to,
        waits=desk.waits,
    )


def waits_for_earlier(connection: Connection, origin: UUID) -> bool:
    """Whether an earlier database's cases are here and the county has not yet given back what it has of them."""
    earlier = select(Site.origin).where(Site.origin != origin, Site.continued_by.is_(None)).limit(1)
    return connection.execute(earlier).first() is not None


def read_desk(paths: OfficePaths, engines: Engines, operator_id: UUID | None) -> tuple[Desk, Seat]:
    """Which desk the file is and who the operator is.

    Raises:
        SignInRefused: no such operator, or he was switched off: an older key file still has his slot.
        OfficeDamaged: the file does not say whose it is; a disk that lies lost its first rows.
    """
    with engines.reader.connect() as connection:
        named = select(ThisDesk, Site.profile).join(Site, Site.origin == ThisDesk.origin)
        this = connection.execute(named).mappings().first()
        if this is None:
            raise OfficeDamaged(called(paths))
        signing = SigningPair.from_bytes(this["signing"])
        waits = this["kind"] == "desk" and waits_for_earlier(connection, this["origin"])
        desk = Desk(this["origin"], this["epoch"], this["kind"], this["profile"], signing, waits)
        if operator_id is None:
            return desk, SYSTEM
        row = (
            connection.execute(select(Operator).where(Operator.id == operator_id))
            .mappings()
            .first()
        )
    if row is None or not row["active"]:
        raise SignInRefused
    own = tuple(tuple(grant) for grant in row["grants"])
    return desk, Seat(operator_id, row["name"], own, row["role"])
