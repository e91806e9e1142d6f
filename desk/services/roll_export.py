"""A list of a register as a table file, by building, ids whole and as text."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import Person, Record
from desk.domain.field_values import mask, show
from desk.domain.fields import FieldDef
from desk.domain.places import building, walk
from desk.domain.registers import ListKind, Register
from desk.exporting.progress import Progress
from desk.exporting.table import Column, Table
from desk.services import audit, roll_changes, roll_rows, rolls, table_files
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.roll_views import RollFilter, RollRow

WHO = (
    Column("网格", "text", 10),
    Column("楼栋", "text", 16),
    Column("姓名", "text", 12),
    Column("证件号码", "id", 22),
    Column("出生日期", "date", 12),
    Column("年龄", "number", 6),
    Column("联系电话", "id", 14),
    Column("住址", "text", 28),
    Column("房号", "text", 18),
)
FURTHER: Mapping[ListKind, tuple[Column, ...]] = {
    "newcomers": (Column("到龄", "text", 24), Column("标准", "text", 28)),
    "raise": (
        Column("到龄", "text", 24),
        Column("新档次", "text", 28),
        Column("起发月份", "text", 10),
    ),
    "changes": (
        Column("变动", "text", 8),
        Column("月份", "text", 10),
        Column("原档次", "text", 16),
        Column("原因", "text", 28),
        Column("经办人", "text", 10),
    ),
}


def export(
    office: Office,
    *,
    wanted: RollFilter,
    path: Path,
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
) -> int:
    """Write a list to a file that appears only when it is whole; gives the number of rows back.

    The register's own file is for its line alone, so it may name illnesses; accounts show their last four digits.

    Raises:
        NotGranted: the register tells of illnesses, and its line is not his.
        Cancelled: nothing was left behind.
        DiskFull, DiskFailed, OfficeError: the file could not be written.
    """
    register = office.catalog.registers[wanted.register]
    kind = register.list_named(wanted.list).kind
    with reading(office) as connection:
        rows = sorted(
            map(roll_rows.for_paper, rolls.everything(office, connection, wanted)),
            key=lambda row: (*walk(row.grid, row.house), row.name),
        )
        people = _people(connection, [row.person_id for row in rows])
        known = _known(connection, [row.record_id for row in rows if row.record_id])
    columns = (*WHO, *FURTHER.get(kind, ()), *_own_columns(register, kind))
    title = f"{register.label}{register.list_named(wanted.list).label}"

    def lines() -> Iterator[tuple[str, ...]]:
        for row in rows:
            entry = known.get(row.record_id) if row.record_id else None
            yield (
                *_who(row, people[row.person_id]),
                *_further(kind, row),
                *_own(register, kind, row, entry),
            )

    told = Progress(progress, cancelled, "写名单")
    table = Table(title, columns, lines, len(rows))
    # First: no file leaves without its note.
    audit.noted(
        office, what="export", name=f"{register.key}/{wanted.list}", kind="xlsx", rows=len(rows)
    )
    return table_files.write(table, path, "xlsx", told, made_at=office.clock.now())


def _people(connection: Connection, ids: list[UUID]) -> dict[UUID, Mapping[Any, Any]]:
    found: dict[UUID, Mapping[Any, Any]] = {}
    for part in roll_changes.batched(ids):
        query = select(Person.id, Person.id_no, Person.phone, Person.live_addr).where(
            Person.id.in_(part)
        )
        found |= {row["id"]: row for row in connection.execute(query).mappings()}
    return found


def _known(connection: Connection, ids: list[UUID]) -> dict[UUID, Mapping[str, Any]]:
    found: dict[UUID, Mapping[str, Any]] = {}
    for part in roll_changes.batched(ids):
        query = select(Record.id, Record.fields).where(Record.id.in_(part))
        found |= {row.id: row.fields for row in connection.execute(query)}
    return found


def _who(row: RollRow, person: Mapping[Any, Any]) -> tuple[str, ...]:
    if row.shielded:
        return ("", "", row.name, *("",) * (len(WHO) - 3))
    return (
        row.grid,
        building(row.house),
        row.name,
        person["id_no"],
        row.birth,
        "" if row.age is None else str(row.age),
        person["phone"],
        person["live_addr"],
        row.house,
    )


def _further(kind: ListKind, row: RollRow) -> tuple[str, ...]:
    match kind:
        case "newcomers":
            return (row.what, row.then)
        case "raise":
            return (row.what, row.then, row.month)
        case "changes":
            return (row.state_label, row.month, row.what, row.why, row.then)
        case _:
            return ()


def _own_columns(register: Register, kind: ListKind) -> tuple[Column, ...]:
    if kind == "newcomers":
        return ()
    if kind == "changes":
        labels = {one.key: one.label for one in register.fields}
        return tuple(Column(labels[key], "text", 14) for key in register.columns)
    fields = tuple(Column(one.label, "id", 16) for one in register.fields)
    return (Column("状态", "text", 10), Column(register.due_label, "date", 12), *fields)


def _own(
    register: Register, kind: ListKind, row: RollRow, entry: Mapping[str, Any] | None
) -> tuple[str, ...]:
    if kind == "newcomers" or entry is None:
        return ()
    if row.shielded:
        blank = ("",) * len(_own_columns(register, kind))
        return blank if kind == "changes" else (row.state_label, row.due_on, *blank[2:])
    if kind == "changes":
        return row.values
    values = (_cell(one, entry.get(one.key)) for one in register.fields)
    return (row.state_label, row.due_on, *values)


def _cell(one: FieldDef, value: object) -> str:
    return mask(one, value) if one.kind == "account" else show(one, value)
