"""A county, its desks and their sticks, as they may come to be: everything happens by a seed, on real files."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from db.models import Event, PackageOut
from desk.clock import FixedClock
from desk.exchange.header import TO_DESKS
from desk.exchange.stick import SUBFOLDER
from desk.paths import OfficePaths
from desk.services.office import Office
from desk.services.operation import chain_head, reading
from desk.services.sign_in import open_with_key
from desk.services.sync_send import ACKED, SENT
from tests.builders import MONDAY, PROFILE, make_office, rules
from tests.kept import Kept, copied, keep
from tests.services.trips import enrolled, make_hub, on_stick, put, served

STICKS, MOST_SHEETS = 2, 30
FIRST_WINDOW = 2


LAST_ACKED = (
    select(PackageOut.last_n, Event.hash)
    .join(
        Event,
        and_(Event.origin == bindparam("origin"), Event.n == PackageOut.last_n),
        isouter=True,
    )
    .where(
        PackageOut.kind.in_(SENT),
        PackageOut.state == ACKED,
        PackageOut.epoch == bindparam("epoch"),
    )
)
"""The last event of each package that a desk shows as acknowledged."""


Said = tuple[bytes, int, bytes]
"""An event: the database it was said in, its number, its hash; as the driver gives them, for they are asked after every step."""


def events_but_of(office: Office, origin: UUID) -> set[Said]:
    """All that stand in this log, but those of one database."""
    return _said(office, "SELECT origin, n, hash FROM event WHERE origin <> ?", origin)


def _said(office: Office, asked: str, origin: UUID) -> set[Said]:
    with reading(office) as connection:
        rows: Any = connection.exec_driver_sql(asked, (origin.bytes,)).cursor
        return set(rows.fetchall())


@dataclass(frozen=True)
class Sheet:
    """A file on a stick; `spoilt`: its bytes are not those that were written. `ours`: whether it is meant for desks."""

    data: bytes
    ours: bool
    spoilt: bool = False
    suffix: str = ".bmq"


@dataclass
class Desk:
    """A window: the computer that is it now, its backups, and a second computer that believes to be it."""

    window: int
    kept: Kept
    office: Office
    backups: list[Kept] = field(default_factory=list)
    twin: Office | None = None
    people: int = 0
    called: bool = False


@dataclass
class World:
    """The whole of it. `met` counts what happened; `acked` and `told` are what a stranger writes down who sees everything."""

    folder: Path
    seed: int
    rng: random.Random
    clock: FixedClock
    kept_hub: Kept
    hub: Office
    desks: list[Desk]
    sticks: list[list[Sheet]]
    met: Counter[str] = field(default_factory=Counter)
    acked: set[Said] = field(default_factory=set)
    told: set[Said] = field(default_factory=set)
    past: list[Sheet] = field(default_factory=list)
    made: int = 0

    def place(self, name: str) -> Path:
        """A new folder's path."""
        self.made += 1
        return self.folder / f"{self.made:05}-{name}"

    def open(self, kept: Kept) -> Office:
        return open_with_key(
            OfficePaths(kept.folder), kept.key, kept.operator, clock=self.clock, rules=rules()
        )

    def copy(self, kept: Kept, name: str) -> Kept:
        """The folder of a closed office once more."""
        return copied(kept, self.place(name))

    def stick(self) -> list[Sheet]:
        return self.rng.choice(self.sticks)

    def lay(self, sheets: Iterable[Sheet]) -> Path:
        """The files in a folder, as a stick is handed over."""
        folder = self.place("stick")
        (folder / SUBFOLDER).mkdir(parents=True)
        for place, sheet in enumerate(sheets):
            put(folder, f"{place:03}{sheet.suffix}", sheet.data)
        return folder

    def note_told(self, office: Office) -> None:
        """Everything this desk has said in its log by now may be known to the county."""
        self.told |= _said(
            office, "SELECT origin, n, hash FROM event WHERE origin = ?", office.origin
        )

    def note_acked(self, office: Office) -> None:
        """What this desk shows as 已回执."""
        with reading(office) as connection:
            wanted = {"origin": office.origin, "epoch": office.epoch}
            for n, hash_ in connection.execute(LAST_ACKED, wanted):
                assert hash_ is not None, f"event {n} is acknowledged and not here"
                self.acked.add((office.origin.bytes, n, bytes(hash_)))

    def close(self) -> None:
        self.hub.close()
        for desk in self.desks:
            desk.office.close()
            if desk.twin is not None:
                desk.twin.close()


def begun(folder: Path, seed: int, windows: int) -> World:
    """A county with so many windows, known to each other, each with two cases."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = FixedClock(MONDAY)
    make_hub(folder / "hub").close()
    kept_hub = keep(folder / "hub")
    world = World(folder, seed, random.Random(seed), clock, kept_hub, _hub(kept_hub, clock), [], [])
    world.sticks = [[] for _ in range(STICKS)]
    for place in range(windows):
        profile = replace(PROFILE, window=FIRST_WINDOW + place)
        clock.advance(minutes=1)
        home = folder / f"desk{place}"
        make_office(home, profile, clock.moment).office.close()
        kept = keep(home)
        desk = Desk(profile.window, kept, world.open(kept))
        enrolled(desk.office, world.hub, folder)
        served(desk.office, 2, first=40 * place)
        desk.people = 40 * place + 2
        world.desks.append(desk)
    return world


def _hub(kept: Kept, clock: FixedClock) -> Office:
    return open_with_key(
        OfficePaths(kept.folder), kept.key, kept.operator, clock=clock, rules=rules()
    )


def picked_up(folder: Path, before: int) -> list[Sheet]:
    """What was written into the folder since so many files were laid there."""
    laid = {f"{place:03}" for place in range(before)}
    return [
        Sheet(data, _for_desks(name), suffix=Path(name).suffix)
        for name, data in on_stick(folder).items()
        if Path(name).stem not in laid
    ]


def still_there(folder: Path, laid: list[Sheet]) -> list[Sheet]:
    """Those of the laid files that nobody took away."""
    names = on_stick(folder)
    return [sheet for place, sheet in enumerate(laid) if f"{place:03}{sheet.suffix}" in names]


def _for_desks(name: str) -> bool:
    return name.partition("-")[0].upper() in TO_DESKS or not name.endswith(".bmq")


def head(office: Office, origin: UUID) -> tuple[int, bytes]:
    """The last event of this database that is here, and its hash."""
    with reading(office) as connection:
        n, hash_, _mono = chain_head(connection, origin)
    return n, bytes(hash_)


def keep_on(world: World, stick: list[Sheet], sheets: list[Sheet]) -> None:
    """Put files onto a stick; one file lies there once, and a full stick loses the oldest."""
    for sheet in sheets:
        if sheet not in stick:
            stick.append(sheet)
    world.past += [sheet for sheet in sheets if sheet not in world.past]
    del stick[:-MOST_SHEETS]
