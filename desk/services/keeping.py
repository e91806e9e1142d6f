"""What has been kept long enough: the list of what is due to be erased, what is held, what was erased."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Erasure, LegalHold, OrderTaken, Person, Record
from desk.domain.numbering import parse
from desk.domain.retention import ClosedCase, RetentionClass, closed_by, due_from
from desk.errors import NotFound
from desk.services import clock_doubts, requests
from desk.services.case_rows import short_of
from desk.services.erasing_projection import ERASE
from desk.services.office import Office
from desk.services.operation import Operation, reading

MOST: Final = 500
"""So many stand on the list at once; the rest follows when these are done."""
ASKED: Final = "asked"
ORDERED: Final = "县里要求删除"
COVERED: Final = "（保密）"
NO_CLASS: Final = "没有定保管期限"
REQUESTS_ENDED: Final = ("refused", "answered")


@dataclass(frozen=True, slots=True)
class DueRow:
    """A record that is due: `what` is case or record, `closed` the day its time is counted from, `due` the day it ended.

    `order` is the county's order that asks for it ('' for none), `wish` who gave it and why.
    """

    id: UUID
    what: str
    number: str
    title: str
    who: str
    closed: str
    due: str
    keep: str
    basis: str
    order: str = ""
    wish: str = ""


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A record that is held, by whose word, why and since when."""

    id: UUID
    what: str
    number: str
    title: str
    why: str
    by: str
    since: str


@dataclass(frozen=True, slots=True)
class ErasedRow:
    """A record that was erased, and on which day."""

    number: str
    title: str
    keep: str
    day: str


@dataclass(frozen=True, slots=True)
class KeepingView:
    """The whole page; with a `doubt` about the date nothing is listed as due."""

    due: tuple[DueRow, ...]
    held: tuple[HoldRow, ...]
    erased: tuple[ErasedRow, ...]
    classes: tuple[RetentionClass, ...]
    doubt: str


def view(office: Office) -> KeepingView:
    """What is due, held and lately erased.

    Raises:
        NotGranted: that is for those who may erase.
    """
    doubt = clock_doubts.doubt(office)
    with reading(office, Operation.KEEP_FILES) as connection:
        return KeepingView(
            due=due_rows(office, connection),
            held=tuple(_held(office, connection)),
            erased=tuple(_erased(connection)),
            classes=tuple(office.catalog.retention.classes.values()),
            doubt=doubt,
        )


def find(office: Office, *, number: str) -> UUID:
    """The case of that number, as it stands on paper or in lists.

    Raises:
        NotFound: there is none, or more than one.
        NotGranted: that is for those who may erase.
    """
    try:
        wanted = parse(number).full
    except ValueError:
        # Lists show SL before the short form of an acceptance.
        wanted = number.strip().removeprefix("SL").removeprefix("SJ").strip()
    same = or_(
        CaseFile.sj_number == wanted,
        CaseFile.sl_number == wanted,
        CaseFile.short_no == wanted,
        CaseFile.old_number == wanted,
    )
    with reading(office, Operation.KEEP_FILES) as connection:
        found = connection.execute(select(CaseFile.id).where(same).limit(2)).scalars().all()
    if not wanted or len(found) != 1:
        raise NotFound
    return found[0]


def due_rows(office: Office, connection: Connection) -> tuple[DueRow, ...]:
    """Cases and entries whose time is over, and those the county asks to be erased; none while the date is in doubt."""
    if clock_doubts.doubt(office):
        return ()
    held = set(connection.execute(select(LegalHold.id)).scalars())
    found = [*_cases(office, connection), *_records(office, connection)]
    free = [one for one in found if one.id not in held]
    return tuple(sorted(free, key=lambda one: (not one.order, one.due, one.number))[:MOST])


def class_of(office: Office, row: Mapping[Any, Any]) -> RetentionClass | None:
    """The class of a closed case; None where nothing is said of it."""
    item = office.catalog.items.get(row["item_code"])
    told = ClosedCase(
        item=row["item_code"],
        line=row["line"],
        nature=item.nature if item else "",
        state=row["state"],
        accepted=bool(row["sl_number"] or row["old_number"]),
    )
    return office.catalog.retention.of_case(told)


def is_covered(office: Office, row: Mapping[Any, Any]) -> bool:
    """Whether who this case is of is known to somebody else alone."""
    return bool(row.get("shielded")) and row["operator_id"] != office.actor


def closed_on(row: Mapping[Any, Any]) -> date:
    """The day a closed case's time is counted from: the last it was moved; of one from an old ledger the day that names."""
    return date.fromisoformat(row["opened_on"] if row["old_number"] else row["changed_at"][:10])


def _cases(office: Office, connection: Connection) -> Iterator[DueRow]:
    orders = _orders(connection)
    day = _cutoff(office)
    old = and_(CaseFile.old_number != "", CaseFile.opened_on <= day)
    over = or_(CaseFile.changed_at < _after(day), old)
    query = (
        select(CaseFile)
        .join(Erasure, Erasure.id == CaseFile.id, isouter=True)
        .where(CaseFile.phase == "closed", Erasure.id.is_(None))
        .where(or_(over, CaseFile.id.in_(orders)))
    )
    for row in connection.execute(query).mappings():
        keep, closed = class_of(office, row), closed_on(row)
        order = orders.get(row["id"])
        due = due_from(closed, keep.years) if keep and keep.years else None
        if order is None and (due is None or due > office.today):
            continue
        yield DueRow(
            id=row["id"],
            what="case",
            number=short_of(row) or row["old_number"],
            title=row["item_name"],
            who=COVERED if is_covered(office, row) else row["applicant"],
            closed=closed.isoformat(),
            due=due.isoformat() if due and due <= office.today else "",
            keep=keep.label if keep else NO_CLASS,
            basis=_basis(keep),
            order=order["id"].hex if order else "",
            wish=_wish(order) if order else "",
        )


def _records(office: Office, connection: Connection) -> Iterator[DueRow]:
    ended = [
        and_(Record.register == key, Record.state.in_(states)) for key, states in _ended(office)
    ]
    if not ended:
        return
    query = (
        select(Record, CaseFile.shielded, CaseFile.operator_id, Person.name)
        .join(CaseFile, CaseFile.id == Record.case_id, isouter=True)
        .join(Person, Person.id == Record.person_id, isouter=True)
        .where(or_(*ended), Record.changed_at < _after(_cutoff(office)))
    )
    for row in connection.execute(query).mappings():
        keep = office.catalog.retention.of_register(row["register"])
        closed = date.fromisoformat(row["changed_at"][:10])
        due = due_from(closed, keep.years) if keep and keep.years else None
        if keep is None or due is None or due > office.today:
            continue
        # Of a roll the entry says who by the person alone.
        name = row["fields"].get("name") or row["name"]
        yield DueRow(
            id=row["id"],
            what="record",
            number=str(row["fields"].get("request_no") or ""),
            title=register_label(office, row["register"]),
            who=COVERED if is_covered(office, row) else str(name or ""),
            closed=closed.isoformat(),
            due=due.isoformat(),
            keep=keep.label,
            basis=_basis(keep),
        )


def _basis(keep: RetentionClass | None) -> str:
    """What a class rests on; what no source says the county still has to settle."""
    if keep is None:
        return ""
    return keep.basis if keep.confirmed else f"{keep.basis}（待县里核定）"


def _ended(office: Office) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Of each register with a class the states in which an entry is over."""
    for key in office.catalog.retention.registers:
        register = office.catalog.registers.get(key)
        if register is not None:
            yield key, tuple(one.key for one in register.states.values() if not one.on_roll)
        elif key == requests.REGISTER:
            yield key, REQUESTS_ENDED


def register_label(office: Office, key: str) -> str:
    """What a register is called."""
    register = office.catalog.registers.get(key)
    return register.label if register else "小程序申请"


def _cutoff(office: Office) -> str:
    """The last day on which anything was closed that may be due today; before all days where nothing ever is."""
    years = office.catalog.retention.shortest()
    return closed_by(office.today, years).isoformat() if years else ""


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day else ""


def _orders(connection: Connection) -> dict[UUID, Mapping[Any, Any]]:
    asked = (OrderTaken.kind == ERASE, OrderTaken.outcome == ASKED)
    rows = connection.execute(select(OrderTaken).where(*asked).order_by(OrderTaken.id))
    return {row["case_id"]: row for row in rows.mappings()}


def _wish(order: Mapping[Any, Any]) -> str:
    return f"{ORDERED}（{order['given_by']}）：{order['body'].get('reason') or ''}"


def _held(office: Office, connection: Connection) -> Iterator[HoldRow]:
    query = (
        select(
            LegalHold,
            CaseFile.short_no,
            CaseFile.sj_number,
            CaseFile.sl_number,
            CaseFile.old_number,
            CaseFile.item_name,
            Record.register,
        )
        .join(CaseFile, CaseFile.id == LegalHold.id, isouter=True)
        .join(Record, Record.id == LegalHold.id, isouter=True)
        .order_by(LegalHold.since, LegalHold.id)
    )
    for row in connection.execute(query).mappings():
        case = row["item_name"] is not None
        yield HoldRow(
            id=row["id"],
            what=row["what"],
            number=(short_of(row) or row["old_number"]) if case else "",
            title=row["item_name"] if case else register_label(office, row["register"] or ""),
            why=row["why"],
            by=row["by"],
            since=row["since"],
        )


def _erased(connection: Connection) -> Iterator[ErasedRow]:
    query = (
        select(
            Erasure,
            CaseFile.short_no,
            CaseFile.sj_number,
            CaseFile.sl_number,
            CaseFile.old_number,
            CaseFile.item_name,
        )
        .join(CaseFile, CaseFile.id == Erasure.id, isouter=True)
        .where(Erasure.what != "person")
        .order_by(Erasure.day.desc(), Erasure.id.desc())
        .limit(50)
    )
    for row in connection.execute(query).mappings():
        case = row["item_name"] is not None
        yield ErasedRow(
            number=(short_of(row) or row["old_number"]) if case else "",
            title=row["item_name"] if case else "名册条目",
            keep=row["keep"],
            day=row["day"],
        )
