"""The county's counters of cases, kept beside the rows: by desk, month of opening, item and phase."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection

from db.models import CaseCount, CaseFile
from desk.domain.events import EventRecord

Place = tuple[UUID, str, str, str, str]
"""Where a case is counted: desk, month, item, line, phase."""

COLUMNS = ("origin", "month", "item_code", "line", "phase")
MONTH = func.substr(CaseFile.opened_on, 1, 7)
COUNT_MORE = (
    update(CaseCount)
    .where(*(getattr(CaseCount, name) == bindparam(f"at_{name}") for name in COLUMNS))
    .values(cases=CaseCount.cases + bindparam("more"))
)
PLACE = (CaseFile.origin, MONTH, CaseFile.item_code, CaseFile.line, CaseFile.phase)


def standing(connection: Connection, records: Iterable[EventRecord]) -> Counter[Place]:
    """Where the cases these events are about are counted, as their rows stand now."""
    about = {record.entity_id for record in records if record.entity == "case"}
    if not about:
        return Counter()
    rows = connection.execute(select(*PLACE).where(CaseFile.id.in_(about)))
    return Counter(_place(row) for row in rows)


def add(connection: Connection, more: Counter[Place]) -> None:
    """Count further cases, or fewer where the number is negative; always in the same order, so that no two wait for each other."""
    moved = sorted(place for place, cases in more.items() if cases)
    known = select(*_columns()).where(CaseCount.origin.in_({place[0] for place in moved}))
    there = {_place(row) for row in connection.execute(known)} if moved else set()
    if new := [_row(place, cases=more[place]) for place in moved if place not in there]:
        connection.execute(insert(CaseCount), new)
    if old := [_row(place, "at_", more=more[place]) for place in moved if place in there]:
        connection.execute(COUNT_MORE, old)


def differences(connection: Connection) -> int:
    """In how many places the counters say something else than the rows; 0 when all is well."""
    rows = connection.execute(select(*PLACE, func.count()).group_by(*PLACE))
    should = {_place(row): int(row[5]) for row in rows}
    kept = connection.execute(select(*_columns(), CaseCount.cases).where(CaseCount.cases != 0))
    have = {_place(row): int(row[5]) for row in kept}
    return sum(should.get(one) != have.get(one) for one in should.keys() | have.keys())


def _row(place: Place, prefix: str = "", **count: int) -> dict[str, Any]:
    names = (f"{prefix}{name}" for name in COLUMNS)
    return {**dict(zip(names, place, strict=True)), **count}


def _columns() -> Iterator[Any]:
    return (getattr(CaseCount, name) for name in COLUMNS)


def _place(row: Any) -> Place:
    return (row[0], row[1], row[2], row[3], row[4])
