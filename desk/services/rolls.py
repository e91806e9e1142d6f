"""Registers to look at: their lists page by page, how many stand on each, one line whole."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from db.models import Operator, Person, Record, RecordStep
from desk.domain.field_values import mask, show
from desk.domain.fields import FieldDef
from desk.domain.places import building
from desk.domain.privacy import mask_id, mask_phone
from desk.domain.registers import Register, RegisterList
from desk.errors import NotFound
from desk.services import covering, roll_ages, roll_changes, roll_rows, shielding
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.roll_views import (
    RollChoice,
    RollEntry,
    RollFilter,
    RollKey,
    RollPage,
    RollRow,
    RollVerb,
)
from desk.services.views import HistoryRow, LabelValue

NUMBERS = ("account", "idnumber", "phone")


def registers(office: Office) -> tuple[RollChoice, ...]:
    """The registers this office keeps, as the page offers them; one that tells of illnesses to those alone with its line."""
    with reading(office) as connection:
        return tuple(
            RollChoice(
                register=register,
                lists=register.lists,
                tiers=tuple(tier.label for tier in office.catalog.item(register.item).tiers),
                places=_places(office, connection, register),
            )
            for register in _in_order(office)
            if not register.sensitive or covering.sees(office, register.line)
        )


def page(
    office: Office, *, wanted: RollFilter, after: RollKey | None = None, limit: int = 50
) -> RollPage:
    """A page of a list, following `after`; lists that have to be reckoned out come whole."""
    with reading(office) as connection:
        return read_page(office, connection, wanted, after, limit)


def counts(office: Office, *, register: str) -> dict[str, int]:
    """How many stand on each list of a register, without its month's changes."""
    roll = office.catalog.registers[register]
    covering.demand(office, roll.line, roll.sensitive)
    with reading(office) as connection:
        return {
            one.key: _count(office, connection, roll, one)
            for one in roll.lists
            if one.kind != "changes"
        }


def entry(office: Office, *, wanted: RollFilter, row: RollRow) -> RollEntry:
    """A line whole: what is known, what happened, what can be done.

    Raises:
        NotFound: it is not there any more.
        NotGranted: the register tells of illnesses, and its line is not his.
    """
    register = office.catalog.registers[wanted.register]
    covering.demand(office, register.line, register.sensitive)
    with reading(office) as connection:
        if row.record_id is None:
            return _resident(office, connection, register, row)
        found = roll_rows.entries(register).where(Record.id == row.record_id)
        known = connection.execute(found).mappings().first()
        if known is None:
            raise NotFound
        if shielding.is_hidden(office, known):
            return RollEntry(row, known["version"], (), (), ())
        history = _history(connection, register, row.record_id)
    kind = register.list_named(wanted.list).kind
    row = row if kind == "raise" else replace(row, what="", then="")
    return RollEntry(
        row=row,
        version=known["version"],
        lines=(*_reached_lines(row), *_person_lines(known), *_field_lines(office, register, known)),
        history=history,
        verbs=_verbs(office, register, known["state"], raising=kind == "raise"),
    )


def everything(office: Office, connection: Connection, wanted: RollFilter) -> Iterator[RollRow]:
    """All lines of a list, read page by page."""
    after: RollKey | None = None
    while True:
        found = read_page(office, connection, wanted, after, 500)
        yield from found.rows
        if found.last is None:
            return
        after = found.last


def read_page(
    office: Office,
    connection: Connection,
    wanted: RollFilter,
    after: RollKey | None,
    limit: int,
) -> RollPage:
    """`page` on a connection that is open already; lists, files and papers of a register all come from here.

    Raises:
        NotGranted: the register tells of illnesses, and its line is not his.
    """
    register = office.catalog.registers[wanted.register]
    covering.demand(office, register.line, register.sensitive)
    match register.list_named(wanted.list).kind:
        case "newcomers":
            found = roll_ages.newcomers(office, connection, register, wanted, after, limit)
        case "raise":
            found = roll_ages.raises(office, connection, register, wanted)
        case "changes":
            found = roll_changes.page(office, connection, register, wanted)
        case _:
            return _entries(office, connection, register, wanted, after, limit)
    # Reckoned lines know their grid and building only here.
    if not wanted.place:
        return found
    there = tuple(r for r in found.rows if wanted.place in (r.grid, building(r.house)))
    return replace(found, rows=there)


def _entries(
    office: Office,
    connection: Connection,
    register: Register,
    wanted: RollFilter,
    after: RollKey | None,
    limit: int,
) -> RollPage:
    query = roll_rows.entries(register).where(*_narrowed(office, connection, register, wanted))
    if after is not None:
        due, last = after
        query = query.where(or_(Record.due_on > due, and_(Record.due_on == due, Record.id > last)))
    ordered = query.order_by(Record.due_on, Record.id).limit(limit)
    rows = connection.execute(ordered).mappings().all()
    shown = tuple(roll_rows.row_of(office, register, row) for row in rows)
    return RollPage(shown, (rows[-1]["due_on"], rows[-1]["id"]) if len(rows) == limit else None)


def _narrowed(
    office: Office, connection: Connection, register: Register, wanted: RollFilter
) -> Iterator[Any]:
    one = register.list_named(wanted.list)
    yield Record.state.in_([wanted.state] if wanted.state else _states(register, one))
    if one.kind == "due":
        yield from _due_by(office, one, wanted.days)
    if wanted.tier:
        yield roll_rows.in_tier(wanted.tier)
    if wanted.place:
        yield Person.id.in_(_people_at(connection, register, wanted.place))
    yield from roll_rows.looked_for(office, wanted)


def _states(register: Register, one: RegisterList) -> tuple[str, ...]:
    return one.states or register.on_roll


def _due_by(office: Office, one: RegisterList, days: int | None) -> Iterator[Any]:
    last = office.today + timedelta(days=one.days if days is None else days)
    yield Record.due_on > ""
    yield Record.due_on <= last.isoformat()


def _count(office: Office, connection: Connection, register: Register, one: RegisterList) -> int:
    wanted = RollFilter(register.key, one.key)
    if one.kind == "newcomers":
        return roll_ages.count_newcomers(office, connection, register, wanted)
    if one.kind == "raise":
        return len(roll_ages.raises(office, connection, register, wanted).rows)
    query = (
        select(func.count())
        .select_from(Record)
        .where(Record.register == register.key, Record.state.in_(_states(register, one)))
    )
    if one.kind == "due":
        query = query.where(*_due_by(office, one, None))
    return connection.execute(query).scalar_one()


def _homes(connection: Connection, register: Register) -> list[tuple[UUID, str, str]]:
    """Everybody on the register with his grid and building."""
    query = (
        select(Person.id, Person.house, Person.more)
        .join(Record, Record.person_id == Person.id)
        .where(Record.register == register.key)
    )
    found = connection.execute(query)
    return [(row.id, row.more.get("grid", ""), building(row.house)) for row in found]


def _in_order(office: Office) -> list[Register]:
    """The registers in the order of the usual items."""
    usual = office.catalog.usual
    return sorted(
        office.catalog.registers.values(),
        key=lambda one: usual.index(one.item) if one.item in usual else len(usual),
    )


def _places(office: Office, connection: Connection, register: Register) -> tuple[str, ...]:
    """The grids, then the buildings, of those on its lists."""
    homes = [(grid, built) for _, grid, built in _homes(connection, register)]
    if any(one.kind == "newcomers" for one in register.lists):
        found = roll_ages.newcomers_homes(office, connection, register)
        homes += [(grid, building(house)) for grid, house in found]
    grids, buildings = {grid for grid, _ in homes}, {named for _, named in homes}
    return tuple(
        place
        for found in (grids, buildings - grids)
        for place in sorted(filter(None, found), key=lambda place: (len(place), place))
    )


def _people_at(connection: Connection, register: Register, place: str) -> list[UUID]:
    return [person for person, *homes in _homes(connection, register) if place in homes]


def _resident(
    office: Office, connection: Connection, register: Register, row: RollRow
) -> RollEntry:
    query = select(*roll_rows.PERSON).where(Person.id == row.person_id)
    known = connection.execute(query).mappings().first()
    if known is None:
        raise NotFound
    lines = (*_reached_lines(row), *_person_lines(known))
    return RollEntry(row, 0, lines, (), (_item_verb(office, register.item),))


def _reached_lines(row: RollRow) -> tuple[LabelValue, ...]:
    shown = (LabelValue("到龄", row.what), LabelValue("标准", row.then))
    return tuple(line for line in shown if line.value)


def _person_lines(row: Mapping[Any, Any]) -> tuple[LabelValue, ...]:
    shown = (
        LabelValue("证件号码", mask_id(row["id_no"])),
        LabelValue("出生日期", row["birth"]),
        LabelValue("联系电话", mask_phone(row["phone"])),
        LabelValue("住址", " ".join(filter(None, (row["live_addr"], row["house"])))),
        LabelValue("网格", row["more"].get("grid", "")),
    )
    return tuple(line for line in shown if line.value)


def _field_lines(
    office: Office, register: Register, row: Mapping[Any, Any]
) -> tuple[LabelValue, ...]:
    """What the register holds: numbers masked, illnesses covered (domain notes, G.2)."""
    shown = [LabelValue(register.due_label, row["due_on"])] if register.due_label else []
    for one in register.fields:
        value = row["fields"].get(one.key)
        hidden = covering.is_covered(office, register.line, one)
        text = _shown(one, value)
        shown.append(LabelValue(one.label, covering.COVER if text and hidden else text, hidden))
    return tuple(line for line in shown if line.value)


def _shown(one: FieldDef, value: object) -> str:
    return mask(one, value) if one.kind in NUMBERS else show(one, value)


def _history(connection: Connection, register: Register, record_id: UUID) -> tuple[HistoryRow, ...]:
    rows = connection.execute(
        select(RecordStep, Operator.name)
        .join(Operator, Operator.id == RecordStep.operator_id, isouter=True)
        .where(RecordStep.record_id == record_id)
        .order_by(RecordStep.version.desc())
    ).mappings()
    return tuple(
        HistoryRow(row["day"], row["name"] or "系统", _said(register, row), row["why"])
        for row in rows
    )


def _said(register: Register, row: Mapping[Any, Any]) -> str:
    done = register.does.get(row["does"])
    # A step that changes nothing but the day is called as the day is: 复核, 复审.
    if not row["month"]:
        return str(row["why"])
    return f"{done}，从 {row['month']} 起" if done else register.due_label.removesuffix("到期")


def _verbs(
    office: Office, register: Register, state: str, *, raising: bool
) -> tuple[RollVerb, ...]:
    """What can be done about an entry, the likeliest first."""
    deeds = [
        RollVerb("deed", deed.key, deed.label, deed)
        for deed in register.deeds
        if state in deed.sources
    ]
    if state not in register.on_roll:
        return (_item_verb(office, register.item), *deeds)
    items = dict.fromkeys(filter(None, (register.recheck, register.change)))
    raised = [RollVerb("raise", "raise", register.does["raise"])] if raising else []
    return (*raised, *(_item_verb(office, code) for code in items), *deeds)


def _item_verb(office: Office, code: str) -> RollVerb:
    return RollVerb("item", code, f"办{office.catalog.item(code).short_name}")
