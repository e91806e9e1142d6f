"""What a county knows of its desks: who has reported and who is silent, gaps, refusals, conflicts, and cases counted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection

from db.models import CaseCount, Conflict, Enrolment, PackageIn, Sender
from desk.errors import PackageRefused, StickTrouble
from desk.exchange.receiving import read_header
from desk.services.office import Office
from desk.services.operation import reading

SILENT_DAYS = 7
"""Days without a package after which a desk is called silent."""
Counts = dict[Any, tuple[int, int]]
"""By what is counted: the cases, and how many of them are closed."""
CLOSED = func.sum(case((CaseCount.phase == "closed", CaseCount.cases), else_=0))


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One desk: `last_on` is the day of its last package ('' before the first), `silent` the days since then (None: never heard).

    `missing` are the package numbers that are waited for, `held` how many came too early and wait at this receiver.
    """

    site: str
    name: str
    window: int
    last_on: str
    silent: int | None
    packages: int
    events: int
    cases: int
    missing: tuple[int, ...]
    held: int
    refused: int
    conflicts: int

    @property
    def is_silent(self) -> bool:
        return self.silent is None or self.silent >= SILENT_DAYS


@dataclass(frozen=True, slots=True)
class CountLine:
    """Cases counted under one heading, and how many of them are closed."""

    key: str
    label: str
    cases: int
    closed: int


@dataclass(frozen=True, slots=True)
class HubReport:
    """The whole report of one moment; `set_aside` are the doubtful files kept at this receiver."""

    county: str
    made_at: str
    desks: tuple[DeskLine, ...]
    set_aside: int
    by_community: tuple[CountLine, ...]
    by_item: tuple[CountLine, ...]
    by_line: tuple[CountLine, ...]
    by_month: tuple[CountLine, ...]

    @property
    def cases(self) -> int:
        return sum(one.cases for one in self.by_month)

    @property
    def events(self) -> int:
        return sum(one.events for one in self.desks)

    @property
    def silent(self) -> tuple[DeskLine, ...]:
        return tuple(one for one in self.desks if one.is_silent)


@dataclass(frozen=True, slots=True)
class _Held:
    """Package numbers of one desk that wait here."""

    seqs: frozenset[int] = frozenset()

    def missing(self, last: int) -> tuple[int, ...]:
        most = max(self.seqs, default=0)
        return tuple(seq for seq in range(last + 1, most) if seq not in self.seqs)


def report(office: Office) -> HubReport:
    """Everything at one moment, from counters and small tables: no event is read and no case."""
    with reading(office) as connection:
        by_desk, by_month = _counted(connection, CaseCount.origin, CaseCount.month)
        by_item, by_line = _counted(connection, CaseCount.item_code, CaseCount.line)
        desks = _desks(office, connection, by_desk)
    catalog = office.catalog
    item_names = {code: item.short_name for code, item in catalog.items.items()}
    return HubReport(
        county=str(office.profile["community_name"]),
        made_at=office.clock.now().isoformat(timespec="seconds"),
        desks=tuple(line for _, line in desks),
        set_aside=_files(office.paths.quarantine),
        by_community=_communities(desks, by_desk),
        by_item=_most_first(by_item, item_names),
        by_line=_most_first(by_line, {line.key: line.label for line in catalog.lines}),
        by_month=tuple(CountLine(key, key, *by_month[key]) for key in sorted(by_month)),
    )


def _desks(
    office: Office, connection: Connection, cases: Mapping[UUID, tuple[int, int]]
) -> list[tuple[UUID, DeskLine]]:
    waiting = _held(office)
    refused = dict(
        connection.execute(
            select(PackageIn.sender, func.sum(PackageIn.refused))
            .where(PackageIn.refused > 0)
            .group_by(PackageIn.sender)
        ).all()
    )
    disputed = dict(
        connection.execute(
            select(Conflict.origin, func.count())
            .where(Conflict.choice == "")
            .group_by(Conflict.origin)
        ).all()
    )
    found = []
    for row in connection.execute(_enrolled()):
        held = waiting.get((row.origin, row.epoch), _Held())
        last = row.last_seq or 0
        found.append(
            (
                row.origin,
                DeskLine(
                    site=row.site,
                    name=row.name,
                    window=row.window,
                    last_on=(row.last_at or "")[:10],
                    silent=_days_since(row.last_at, office.today),
                    packages=last,
                    events=row.last_n or 0,
                    cases=cases.get(row.origin, (0, 0))[0],
                    missing=held.missing(last),
                    held=len(held.seqs),
                    refused=int(refused.get(row.origin, 0)),
                    conflicts=disputed.get(row.origin, 0),
                ),
            )
        )
    return found


def _enrolled() -> Any:
    """The desks in use with how far each is applied, by community and window."""
    return (
        select(
            *(Enrolment.origin, Enrolment.epoch, Enrolment.site, Enrolment.name, Enrolment.window),
            *(Sender.last_seq, Sender.last_n, Sender.last_at),
        )
        .outerjoin(Sender, (Sender.origin == Enrolment.origin) & (Sender.epoch == Enrolment.epoch))
        .where(Enrolment.revoked_at == "", Enrolment.valid_to == "")
        .order_by(Enrolment.site, Enrolment.window, Enrolment.accepted_at)
    )


def _counted(connection: Connection, *columns: Any) -> tuple[Counts, ...]:
    """Cases under each value of each column, those of all columns in one walk over the counters."""
    asked = select(*columns, func.sum(CaseCount.cases), CLOSED).group_by(*columns)
    found: tuple[Counts, ...] = tuple({} for _ in columns)
    for *keys, cases, closed in connection.execute(asked):
        for counts, key in zip(found, keys, strict=True):
            before = counts.get(key, (0, 0))
            counts[key] = (before[0] + int(cases), before[1] + int(closed))
    return tuple({key: told for key, told in counts.items() if told[0]} for counts in found)


def _communities(
    desks: Iterable[tuple[UUID, DeskLine]], cases: Mapping[UUID, tuple[int, int]]
) -> tuple[CountLine, ...]:
    """The desks of a community together, in the order of their codes."""
    names: dict[str, str] = {}
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for origin, line in dict(desks).items():
        names[line.site] = line.name
        for place, count in enumerate(cases.get(origin, (0, 0))):
            sums[line.site][place] += count
    return tuple(CountLine(site, names[site], *sums[site]) for site in sorted(sums))


def _most_first(counts: Counts, labels: Mapping[str, str]) -> tuple[CountLine, ...]:
    lines = [CountLine(key, labels.get(key, key), *told) for key, told in counts.items()]
    return tuple(sorted(lines, key=lambda one: (-one.cases, one.key)))


def _held(office: Office) -> dict[tuple[UUID, int], _Held]:
    """What waits at this receiver for an earlier package, by desk."""
    found: dict[tuple[UUID, int], set[int]] = defaultdict(set)
    folder = office.paths.held
    for path in sorted(folder.glob("*.bmq")) if folder.is_dir() else ():
        try:
            header = read_header(path)
        except (PackageRefused, StickTrouble):
            continue
        found[header.db_id, header.epoch].add(header.seq)
    return {desk: _Held(frozenset(seqs)) for desk, seqs in found.items()}


def _days_since(moment: str | None, today: date) -> int | None:
    return (today - date.fromisoformat(moment[:10])).days if moment else None


def _files(folder: Path) -> int:
    return sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0
