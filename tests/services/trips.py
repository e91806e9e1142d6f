"""A desk, its county and the stick between them, all on real files."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.base import Base
from db.models import PROJECTED, CaseFile
from desk.clock import FixedClock
from desk.exchange.keys import SealingPair
from desk.exchange.stick import SUBFOLDER
from desk.paths import OfficePaths
from desk.services import hub, hub_answer, hub_desks, settings, sync
from desk.services.hub_receive import Received
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.setup import Created
from desk.services.sync_send import DOUBT, MOST_EVENTS
from desk.services.sync_views import ReadBack, Written
from tests.builders import (
    MONDAY,
    PASSWORD,
    PROFILE,
    QUICK,
    consent,
    id_number,
    make_office,
    person,
    rules,
    take_in,
)
from tests.kept import Kept, copied, keep, opened
from tests.servers import drop

COUNTY, OTHER_COUNTY = "610422", "610502"
TODAY = MONDAY.date()
Rows = dict[str, list[tuple[Any, ...]]]
OFFLINE = SealingPair.generate()
"""The county's recovery key, whose private half no database holds."""


@dataclass
class Trip:
    """A desk and its county; whoever else is `opened` is closed with them."""

    folder: Path
    desk: Office
    hub: Office
    stick: Path
    opened: list[Office] = field(default_factory=list)

    def export(self, stick: Path | None = None, **changes: Any) -> Written:
        return export(changes.pop("desk", self.desk), stick or self.stick, **changes)

    def receive(self, stick: Path | None = None) -> list[Received]:
        return receive(self.hub, stick or self.stick)

    def outcomes(self, stick: Path | None = None) -> list[str]:
        return [one.outcome for one in self.receive(stick)]

    def answers(self, stick: Path | None = None) -> ReadBack:
        return sync.read_answers(self.desk, folder=stick or self.stick).value

    def close(self) -> None:
        for office in (self.desk, self.hub, *self.opened):
            office.close()

    def discard(self) -> None:
        """Close all, and take away what would be left on a server."""
        self.close()
        for server in {office.paths.server for office in (self.hub, *self.opened)}:
            drop(server)

    def new_stick(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        return folder

    def states(self) -> list[str]:
        """From the first package to the last."""
        return [row.state for row in reversed(sync.view(self.desk).packages)]


def export(desk: Office, stick: Path, most: int = MOST_EVENTS) -> Written:
    return sync.write_packages(
        desk,
        folder=stick,
        progress=lambda _done, _total, _what: None,
        cancelled=lambda: False,
        most=most,
    ).value


def receive(county: Office, stick: Path) -> list[Received]:
    told: list[Received] = []
    done = hub_answer.receive(county, folder=stick, tell=told.append)
    assert told == done
    return done


def on_stick(stick: Path, start: str = "") -> dict[str, bytes]:
    """The files in 便民前台 by name."""
    found = sorted((stick / SUBFOLDER).glob(f"{start}*"))
    return {path.name: path.read_bytes() for path in found}


def is_copied(office: Office) -> bool:
    """Whether the county or a stick has shown that this database was restored or copied."""
    return bool(settings.get(office, DOUBT, default=False))


def put(stick: Path, name: str, data: bytes) -> Path:
    """A file in 便民前台 on this stick."""
    (stick / SUBFOLDER).mkdir(parents=True, exist_ok=True)
    path = stick / SUBFOLDER / name
    path.write_bytes(data)
    return path


def served(desk: Office, count: int, first: int = 0) -> None:
    """People come and each leaves an application."""
    for order in range(first, first + count):
        take_in(desk, who=person(f"单小{chr(0x4E00 + order)}", id_no=id_number(order=100 + order)))


def make_hub(folder: Path, code: str = COUNTY, server: str = "") -> Office:
    return create_hub(folder, code, server).office


def create_hub(folder: Path, code: str = COUNTY, server: str = "") -> Created:
    """A county with 赵县管 at its window, its recovery key not yet proved."""
    return hub.create(
        OfficePaths(folder, server),
        code=code,
        name="三原县数据中心",
        operator_name="赵县管",
        password=PASSWORD,
        clock=FixedClock(MONDAY),
        rules=rules(),
        params=QUICK,
        recovery=OFFLINE.public_half,
    )


def enrolled(desk: Office, county: Office, stick: Path) -> None:
    """Each takes the other's keys."""
    sync.take_county_key(desk, path=hub.write_public_key(county, folder=stick))
    name = sync.write_enrolment(desk, folder=stick).value
    hub_desks.enrol(county, path=stick / name)


def revoked(county: Office, why: str, from_day: date = TODAY, window: int = PROFILE.window) -> int:
    """The keys of a window count for nothing from that day on; gives how many there were."""
    return hub_desks.revoke(
        county,
        site=PROFILE.community_code,
        window=window,
        from_day=from_day,
        why=why,
        approved_by=consent(county),
    ).value


def make_kept(folder: Path, server: str = "") -> tuple[Kept, Kept]:
    """A desk with one case and a county that do not know each other, closed; the county's rows on a server, if named."""
    desk, county = make_office(folder / "desk").office, make_hub(folder / "hub", server=server)
    served(desk, 1)
    for office in (desk, county):
        office.close()
    return keep(folder / "desk"), replace(keep(folder / "hub"), server=server)


def set_out(kept: tuple[Kept, Kept], folder: Path) -> Trip:
    """Copies of both, open, nothing sent yet, an empty stick."""
    desk, county = (copied(one, folder / one.folder.name) for one in kept)
    trip = Trip(folder, opened(desk), opened(county), folder / "stick")
    trip.stick.mkdir()
    return trip


def rows(office: Office, *but: str) -> Rows:
    """Every row of every table, but those named."""
    with reading(office) as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table))]
            for name, table in Base.metadata.tables.items()
            if name not in but
        }


def rows_of(office: Office, origin: UUID) -> Rows:
    """The rows that follow from one desk's events."""
    found = {}
    with reading(office) as connection:
        for model in PROJECTED:
            table: Any = model.__table__
            query = select(table).order_by(*table.primary_key.columns)
            if "origin" in table.c:
                query = query.where(table.c.origin == origin)
            else:
                own = select(CaseFile.id).where(CaseFile.origin == origin)
                query = query.where(table.c.case_id.in_(own))
            found[table.name] = [tuple(row) for row in connection.execute(query)]
    return found
