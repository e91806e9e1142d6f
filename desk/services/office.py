"""An open office: its files, its rules, who sits at it. Built here, handed on as an argument."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy import Engine, select

from db import engine as storage
from db import migrate
from db.models import Operator, Site, ThisDesk
from desk.clock import Clock
from desk.domain.canonical import Json
from desk.domain.catalog import Catalog, County
from desk.domain.county_lists import localized
from desk.domain.workdays import HolidayTable
from desk.errors import NotFound, OfficeDamaged, OfficeNewer
from desk.exchange.keys import SigningPair
from desk.files import OneInstance
from desk.paths import OfficePaths
from desk.services.rules import Rules
from desk.services.views import HallView

Kind = Literal["desk", "county"]


@dataclass(slots=True)
class Office:
    """An open data folder with one operator at it.

    `grants` are (action, line, level); `seat` is the window number; `signing` seals papers and packages. `spelt` remembers how names of
    the catalogue sound. Close it when done.
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
    pinned: dict[str, Rules] = field(default_factory=dict)
    spelt: dict[str, frozenset[str]] = field(default_factory=dict)

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
class Engines:
    """The two doors to one file."""

    writer: Engine
    reader: Engine

    def dispose(self) -> None:
        self.reader.dispose()
        self.writer.dispose()


def open_engines(paths: OfficePaths, key: bytes, *, create: bool = False) -> Engines:
    """Open (or make) the encrypted file and bring it to this program's schema.

    Raises:
        OfficeDamaged: the key does not open it, or it is empty and was not to be made.
        OfficeNewer: a newer program wrote it; untouched.
    """
    writer = storage.open_engine(paths.database, key, "write", create=create)
    try:
        if not create:
            _refuse_empty(writer, paths)
        migrate.apply(writer)
    except storage.KeyDoesNotOpen as error:
        writer.dispose()
        raise OfficeDamaged(paths.database.name) from error
    except migrate.SchemaNewer as error:
        writer.dispose()
        raise OfficeNewer from error
    except BaseException:
        writer.dispose()
        raise
    return Engines(writer, storage.open_engine(paths.database, key, "read"))


def _refuse_empty(writer: Engine, paths: OfficePaths) -> None:
    """A file of no length opens under any key; filling it would hide that the office's is gone."""
    with writer.connect() as connection:
        version = migrate.version_of(connection)
    if not version:
        raise OfficeDamaged(paths.database.name)


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at the window; None and 系统 for the program itself."""

    actor: UUID | None
    name: str
    grants: tuple[tuple[str, str, str], ...]


SYSTEM = Seat(None, "系统", (("*", "*", "all"),))


@dataclass(frozen=True, slots=True)
class Desk:
    """Which desk database this is."""

    origin: UUID
    epoch: int
    kind: Kind
    profile: Mapping[str, Json]
    signing: SigningPair


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
        rules=replace(rules, catalog=localized(rules.catalog, str(desk.profile["county"]))),
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
    )


def read_desk(engines: Engines, operator_id: UUID | None) -> tuple[Desk, Seat]:
    """Which desk the file is and who the operator is.

    Raises:
        NotFound: no such operator.
    """
    with engines.reader.connect() as connection:
        this = connection.execute(select(ThisDesk)).mappings().one()
        profile = connection.execute(
            select(Site.profile).where(Site.origin == this["origin"])
        ).scalar_one()
        signing = SigningPair.from_bytes(this["signing"])
        desk = Desk(this["origin"], this["epoch"], this["kind"], profile, signing)
        if operator_id is None:
            return desk, SYSTEM
        row = (
            connection.execute(select(Operator).where(Operator.id == operator_id))
            .mappings()
            .first()
        )
    if row is None:
        raise NotFound
    return desk, Seat(operator_id, row["name"], tuple(tuple(grant) for grant in row["grants"]))
