"""Papers of registers: lists by grid and building, the month's changes, the notice that hangs on the board."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Event, EventPayload, Person
from desk.domain.catalog import Item
from desk.domain.paper_values import day_words
from desk.domain.places import building, walk
from desk.domain.privacy import mask_name
from desk.domain.registers import Does, Register
from desk.services import item_words, roll_changes, roll_rows, rolls
from desk.services.item_words import UNCONFIRMED
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform
from desk.services.paper_shapes import issue_plain
from desk.services.roll_views import RollFilter, RollRow

Row = Mapping[str, str]
NO_PLACE = "没有登记"
FOR_VISITS = "本名单只供上门服务和核对使用，用完收回，不得外传。"
FULL_NAMES = "notice_full_names"
"""The county's parameter that says whether a notice names people in full."""
PUBLIC = "publicity"
"""The state of a case while its notice hangs."""
ON_THE_LIST: Mapping[str, tuple[Does, ...]] = {
    "added": ("enrol", "resume"),
    "raised": ("raise",),
    "stopped": ("stop",),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """Who stands on a notice, and from when to when it hangs."""

    rows: tuple[Row, ...]
    first: date
    last: date


def print_list(office: Office, *, wanted: RollFilter) -> Done[UUID]:
    """Issue a list as it stands now, grid by grid and building by building; gives the paper's id back."""
    register = office.catalog.registers[wanted.register]
    one = register.list_named(wanted.list)
    if one.kind == "changes":
        return perform(office, Operation.ISSUE_PAPER, lambda bench: _changes(bench, wanted))

    def work(bench: Work) -> UUID:
        rows = rolls.everything(office, bench.connection, wanted)
        found = sorted(map(roll_rows.for_paper, rows), key=_walk)
        columns = _columns(register, one.kind, grids=any(row.grid for row in found))
        people = tuple(_people(found, columns))
        values = {
            "title": f"{register.label}{one.label}名单",
            "scope": _scope(office, wanted),
            "as_of": day_words(bench.today),
            "note": FOR_VISITS,
        }
        heads = tuple(
            {"name": name, "label": label, "weight": str(weight)} for name, label, weight in columns
        )
        return issue_plain(bench, "roster", values, {"people": people, "columns": heads})

    return perform(office, Operation.ISSUE_PAPER, work)


def print_notice(office: Office, *, register: str) -> Done[UUID | None]:
    """Issue the notice of those whose applications are made public now; None where there are none.

    It says name, building, tier and amount, and from when to when it hangs; never a number (domain notes, G.2).
    """
    roll = office.catalog.registers[register]
    item = office.catalog.item(roll.item)

    def work(bench: Work) -> UUID | None:
        notice = _notice(office, bench.connection, item)
        if notice is None:
            return None
        days = (notice.last - notice.first).days + 1
        values = {
            "subject": roll.label,
            "reviewed_by": office.hall.hall,
            "basis": "、".join(item.legal_basis),
            "from_on": day_words(notice.first),
            "until_on": day_words(notice.last),
            "days": str(days),
        }
        return issue_plain(bench, "public_notice", values, {"people": notice.rows})

    return perform(office, Operation.ISSUE_PAPER, work)


Columns = tuple[tuple[str, str, int], ...]


def _columns(register: Register, kind: str, *, grids: bool) -> Columns:
    """Name, heading and weight of a list's columns; the grid where anybody's is known."""
    grid: Columns = (("grid", "网格", 18),) if grids else ()
    who: Columns = (
        ("n", "序", 10),
        *grid,
        ("house", "住处", 34),
        ("name", "姓名", 17),
        ("masked_id", "证件号码", 42),
    )
    if kind in ("newcomers", "raise"):
        month: Columns = (("month", "起发月份", 25),) if kind == "raise" else ()
        return (*who, ("what", "到龄", 27), ("then", "标准", 38), *month)
    labels = {one.key: one.label for one in register.fields}
    shown = register.columns[:2]
    own: Columns = tuple((f"own{n}", labels[key], 24) for n, key in enumerate(shown))
    return (*who, *own, ("due", register.due_label, 23))


def _walk(row: RollRow) -> tuple[object, ...]:
    return (*walk(row.grid, row.house), row.name)


def _people(rows: Iterable[RollRow], columns: Columns) -> Iterator[Row]:
    names = [name for name, _, _ in columns]
    for row in rows:
        told = {
            "grid": row.grid,
            "house": row.house or NO_PLACE,
            "name": row.name,
            "masked_id": row.id_masked,
            "what": row.what,
            "then": row.then,
            "month": row.month,
            "due": row.due_on,
            **{f"own{n}": value for n, value in enumerate(row.values)},
        }
        yield {name: told[name] for name in names if told.get(name)}


def _scope(office: Office, wanted: RollFilter) -> str:
    parts = (office.hall.community, wanted.place, wanted.tier, wanted.text, wanted.month)
    return " · ".join(filter(None, parts))


def _changes(bench: Work, wanted: RollFilter) -> UUID:
    office = bench.office
    register = office.catalog.registers[wanted.register]
    found = roll_changes.page(office, bench.connection, register, wanted)
    totals = roll_changes.totals(office, register=wanted.register, month_wanted=wanted.month)
    month = wanted.month or f"{bench.today:%Y-%m}"
    values = {
        "subject": register.label,
        "month": f"{month[:4]} 年 {int(month[5:])} 月",
        "body": office.hall.community,
        "before": f"{totals.before} 人",
        "after": f"{totals.after} 人",
        "total": f"{totals.total} 元" if totals.total else "",
    }
    rows = {
        table: tuple(
            _change_row(table, register, roll_rows.for_paper(row))
            for row in found.rows
            if row.state_label in {register.does.get(does) for does in kinds}
        )
        for table, kinds in ON_THE_LIST.items()
    }
    return issue_plain(bench, "roster_changes", values, rows)


def _change_row(table: str, register: Register, row: RollRow) -> Row:
    own = dict(zip(register.columns, row.values or ("",) * len(register.columns), strict=True))
    told = {
        "name": row.name,
        "masked_id": row.id_masked,
        "tier": own.get("tier", ""),
        "amount": own.get("monthly_amount", "").removesuffix(" 元"),
    }
    match table:
        case "added":
            further = {"birth": row.birth, "since": row.month, "place": building(row.house)}
        case "raised":
            further = {"birth": row.birth, "since": row.month, "old_tier": row.what}
        case _:
            further = {"from_month": row.month, "reason": row.why}
    return {name: text for name, text in {**told, **further}.items() if text}


def _public_cases(connection: Connection, item: str) -> list[Mapping[Any, Any]]:
    query = (
        select(CaseFile.id, CaseFile.applicant, CaseFile.form, CaseFile.eligibility, Person.house)
        .join(Person, Person.id == CaseFile.person_id, isouter=True)
        .where(CaseFile.item_code == item, CaseFile.state == PUBLIC, CaseFile.shielded.is_(False))
        .order_by(CaseFile.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _notice(office: Office, connection: Connection, item: Item) -> Notice | None:
    cases = _public_cases(connection, item.code)
    if not cases:
        return None
    days = [_hangs(office, connection, item, case["id"]) for case in cases]
    rows = tuple(_public_row(office, item, case) for case in cases)
    return Notice(rows, min(first for first, _ in days), max(last for _, last in days))


def _hangs(office: Office, connection: Connection, item: Item, case_id: UUID) -> tuple[date, date]:
    """From when to when a case is made public, as the clerk gave it when he began."""
    query = (
        select(Event.at, EventPayload.payload)
        .join(EventPayload, EventPayload.event_id == Event.id)
        .where(Event.entity_id == case_id, Event.kind == "case.moved")
        .order_by(Event.n.desc())
    )
    for row in connection.execute(query):
        if row.payload["to"] == PUBLIC:
            first = date.fromisoformat(row.at[:10])
            until = row.payload["asks"].get("expected_end")
            return first, date.fromisoformat(until) if until else _usual_end(item, first)
    return office.today, _usual_end(item, office.today)


def _usual_end(item: Item, first: date) -> date:
    return first + timedelta(days=item.limits.publicity_days - 1)


def _public_row(office: Office, item: Item, case: Mapping[Any, Any]) -> Row:
    full = bool(office.county.params.get(FULL_NAMES))
    # Who registered ahead had no tier that day; the first is the one he came of age into.
    ahead = item.tiers[:1] if case["eligibility"].get("from_day") else ()
    found = (*(t for t in item.tiers if t.label == case["eligibility"].get("tier")), *ahead)
    tier = found[0] if found else None
    of_tier = office.county.params.get(tier.param) if tier else ""
    amount = str(case["eligibility"].get("amount") or of_tier or "")
    confirmed = tier is None or tier.param in office.county.confirmed
    told = {
        "name": case["applicant"] if full else mask_name(case["applicant"]),
        "place": building(case["house"] or "") or office.hall.community,
        "grade": tier.label if tier else "",
        "amount": f"{amount} 元／月" if amount else UNCONFIRMED,
        "since": str(case["form"].get("first_pay_month") or ""),
        "note": "" if confirmed else f"金额{item_words.UNCONFIRMED}",
    }
    return {name: text for name, text in told.items() if text}
