"""The first page: what is due, what came today, who should be served without asking."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Person, Record
from desk.domain.catalog import Item, Tier
from desk.domain.deadlines import Alert
from desk.domain.identity import age_on, birthday_reaching
from desk.domain.registers import Register
from desk.services import case_rows, items, requests, roll_rows, shielding
from desk.services.item_words import UNCONFIRMED
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.views import CaseRow, DueRow, ProactiveRow, TodayView

SHOWN_DUE, SHOWN_CASES, SHOWN_PEOPLE = 30, 100, 30
LATE_LEVELS = ("overdue", "red")
CONCLUDED = ("concluded", "delivered", "archived")


def today(office: Office) -> TodayView:
    """Everything the first page shows; each figure is counted from the file."""
    day = office.today.isoformat()
    with reading(office) as connection:
        opened = case_rows.columns().where(CaseFile.opened_on == day)
        newest = opened.order_by(CaseFile.id.desc()).limit(SHOWN_CASES)
        cases = tuple(
            case_rows.case_row(office, row) for row in connection.execute(newest).mappings()
        )
        waiting = _waiting(office, connection)
        counted = _counted(connection, day)
        late = _late(office, connection, waiting)
        known = connection.execute(select(func.count()).select_from(Person)).scalar_one()
        rechecks = (*_rechecks(office, connection), *_requested(connection, day))
    due = [
        (row.due_on, DueRow(row.id, row.due, row.item_name, f"{row.applicant} · {row.state_label}"))
        for row in waiting
    ]
    return TodayView(
        due=tuple(line for _, line in sorted((*due, *rechecks), key=lambda pair: pair[0])),
        late=late,
        cases=cases,
        accepted=sum(n for (state, taken), n in counted.items() if taken and state != "void"),
        concluded=sum(counted.get((state, True), 0) for state in CONCLUDED),
        supplements=counted.get(("supplement", False), 0),
        usual=items.usual(office),
        proactive=reaching_a_tier(office),
        people_known=known,
    )


def _rechecks(office: Office, connection: Connection) -> Iterator[tuple[str, DueRow]]:
    """A line for each register on which people's days come: they are many, the page of registers has them all."""
    for register in office.catalog.registers.values():
        listed = register.list_of("due")
        if listed is None:
            continue
        last = (office.today + timedelta(days=roll_rows.WARN_DAYS)).isoformat()
        count, first = connection.execute(
            select(func.count(), func.min(Record.due_on)).where(
                Record.register == register.key,
                Record.state.in_(register.on_roll),
                Record.due_on > "",
                Record.due_on <= last,
            )
        ).one()
        if count:
            line = DueRow(
                case_id=None,
                alert=roll_rows.alert_of(first, office.today),
                item=f"{register.label}{listed.label} {count} 人",
                who=f"最早 {first[5:]} {register.due_label}",
                register=register.key,
            )
            yield first, line


def _requested(connection: Connection, day: str) -> Iterator[tuple[str, DueRow]]:
    """A line for the requests of the mini-program that wait."""
    count, first = connection.execute(
        select(func.count(), func.min(Record.opened_on)).where(
            Record.register == requests.REGISTER, Record.state == "new"
        )
    ).one()
    if count:
        line = DueRow(
            case_id=None,
            alert=Alert("yellow", 0, "待处理"),
            item=f"网上申请 {count} 条",
            who=f"最早 {first[5:]} 收到",
            register=requests.REGISTER,
        )
        yield day, line


def late(office: Office) -> int:
    """How many cases are at or over their date; cheap enough for the frame."""
    with reading(office) as connection:
        return _late(office, connection, _waiting(office, connection))


def _late(office: Office, connection: Connection, waiting: tuple[CaseRow, ...]) -> int:
    late = sum(row.due.level in LATE_LEVELS for row in waiting)
    if late < SHOWN_DUE:
        return late
    # More than are shown: those over their date are counted, the rest would have to be read one by one.
    over = select(func.count()).where(
        CaseFile.phase == "open", CaseFile.due_on > "", CaseFile.due_on < office.today.isoformat()
    )
    return max(late, connection.execute(over).scalar_one())


def _waiting(office: Office, connection: Connection) -> tuple[CaseRow, ...]:
    """The open cases that are due next, the latest first."""
    order = (CaseFile.due_on, CaseFile.id)
    chosen = (
        select(CaseFile.id)
        .where(CaseFile.phase == "open", CaseFile.due_on > "")
        .order_by(*order)
        .limit(SHOWN_DUE)
    )
    rows = connection.execute(
        case_rows.columns().where(CaseFile.id.in_(chosen)).order_by(*order)
    ).mappings()
    return tuple(case_rows.case_row(office, row) for row in rows)


def _counted(connection: Connection, day: str) -> dict[tuple[str, bool], int]:
    """How many of a day's cases are in each state, and whether they were ever accepted: archived are refused ones, too."""
    taken = CaseFile.sl_number != ""
    rows = connection.execute(
        select(CaseFile.state, taken, func.count())
        .where(CaseFile.opened_on == day)
        .group_by(CaseFile.state, taken)
    )
    return {(state, bool(accepted)): count for state, accepted, count in rows}


def reaching_a_tier(office: Office) -> tuple[ProactiveRow, ...]:
    """Known people who reach an age tier of a benefit this month, by day; nobody needs to ask for them."""
    found = [
        row
        for item in office.catalog.items.values()
        for tier in item.tiers
        for row in _reaching(office, item, tier)
    ]
    return tuple(sorted(found, key=lambda row: (row.day, row.name))[:SHOWN_PEOPLE])


def _reaching(office: Office, item: Item, tier: Tier) -> list[ProactiveRow]:
    month = f"{office.today.year - tier.min_age:04d}-{office.today.month:02d}"
    # Somebody born on 29 February reaches his age on 1 March of a common year.
    leap = f"{office.today.year - tier.min_age:04d}-02-29"
    register = next((r for r in office.catalog.registers.values() if r.item == item.code), None)
    entry = and_(
        Record.person_id == Person.id, Record.register == (register.key if register else "")
    )
    with reading(office) as connection:
        people = connection.execute(
            select(Person.id, Person.name, Person.birth, Record.state, Record.fields)
            .join(Record, entry, isouter=True)
            .join(CaseFile, CaseFile.id == Record.case_id, isouter=True)
            .where(
                shielding.open_to(office),
                Person.birth
                >= min(f"{month}-01", leap if office.today.month == 3 else f"{month}-01"),
                Person.birth <= f"{month}-31",
            )
        )
        rows = [row for row in people if _to_be_served(register, row, tier)]
    return [
        ProactiveRow(
            person_id=row.id,
            name=row.name,
            day=day,
            text=f"{day.month:02d}-{day.day:02d} 满 {tier.min_age} 周岁",
            amount=_amount(office, tier),
            item_code=item.code,
            register=register.key if register and row.state else "",
        )
        for row in rows
        if (day := _day_this_month(office, row.birth, tier))
    ]


def _to_be_served(register: Register | None, row: Any, tier: Tier) -> bool:
    """Whether there is something to do: he is on no roll yet, or on it in another tier."""
    if register is None or row.state is None:
        return True
    return row.state in register.on_roll and row.fields.get(roll_rows.TIER) != tier.label


def _day_this_month(office: Office, birth: str, tier: Tier) -> date | None:
    born = date.fromisoformat(birth)
    day = birthday_reaching(born, tier.min_age)
    this_month = (day.year, day.month) == (office.today.year, office.today.month)
    return day if this_month and age_on(born, day) == tier.min_age else None


def _amount(office: Office, tier: Tier) -> str:
    amount = str(office.county.params.get(tier.param) or "")
    return f"{amount} 元/月" if amount else UNCONFIRMED
