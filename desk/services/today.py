"""The first page: what is due, what came today, who should be served without asking."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Person
from desk.domain.catalog import Item, Tier
from desk.domain.identity import age_on, birthday_reaching
from desk.services import case_rows, items
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
    return TodayView(
        due=tuple(
            DueRow(row.id, row.due, row.item_name, f"{row.applicant} · {row.state_label}")
            for row in waiting
        ),
        late=late,
        cases=cases,
        accepted=sum(n for (state, taken), n in counted.items() if taken and state != "void"),
        concluded=sum(counted.get((state, True), 0) for state in CONCLUDED),
        supplements=counted.get(("supplement", False), 0),
        usual=items.usual(office),
        proactive=reaching_a_tier(office),
        people_known=known,
    )


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
    with reading(office) as connection:
        people = connection.execute(
            select(Person.id, Person.name, Person.birth).where(
                Person.birth
                >= min(f"{month}-01", leap if office.today.month == 3 else f"{month}-01"),
                Person.birth <= f"{month}-31",
            )
        )
        rows = people.all()
    return [
        ProactiveRow(
            person_id=row.id,
            name=row.name,
            day=day,
            text=f"{day.month:02d}-{day.day:02d} 满 {tier.min_age} 周岁",
            amount=_amount(office, tier),
            item_code=item.code,
        )
        for row in rows
        if (day := _day_this_month(office, row.birth, tier))
    ]


def _day_this_month(office: Office, birth: str, tier: Tier) -> date | None:
    born = date.fromisoformat(birth)
    day = birthday_reaching(born, tier.min_age)
    this_month = (day.year, day.month) == (office.today.year, office.today.month)
    return day if this_month and age_on(born, day) == tier.min_age else None


def _amount(office: Office, tier: Tier) -> str:
    amount = str(office.county.params.get(tier.param) or "")
    return f"{amount} 元/月" if amount else UNCONFIRMED
