"""Who reaches an age a register asks for: residents not on it yet, and people on it who move up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, false, func, or_, select
from sqlalchemy.engine import Connection

from db.models import CaseFile, Person, Record
from desk.domain.catalog import Item, Tier
from desk.domain.facts import tier_for
from desk.domain.identity import age_on, birthday_reaching
from desk.domain.pay_months import last_day, month_by, month_of
from desk.domain.registers import Register
from desk.domain.variables import is_set
from desk.services import roll_rows, search
from desk.services.item_words import UNCONFIRMED
from desk.services.office import Office
from desk.services.roll_rows import TIER
from desk.services.roll_views import RollFilter, RollKey, RollPage, RollRow


@dataclass(frozen=True, slots=True)
class Raise:
    """A step up: its tier, the birthday that brought it, the monthly amount ('' unknown), the month it counts from."""

    tier: Tier
    day: date
    amount: str
    month: str


def item_of(office: Office, register: Register) -> Item:
    """The service item by which one comes onto the register."""
    return office.catalog.item(register.item)


def amount_of(office: Office, tier: Tier) -> str:
    """What the county pays a month in a tier, in yuan; '' where it has not said."""
    amount = office.county.params.get(tier.param)
    return str(amount) if is_set(amount) and amount is not None else ""


def amount_words(office: Office, tier: Tier) -> str:
    """The same in words, saying so where the county has not confirmed it."""
    amount = amount_of(office, tier)
    if not amount:
        return UNCONFIRMED
    return f"{amount} 元/月" + (
        "" if tier.param in office.county.confirmed else f"（{UNCONFIRMED}）"
    )


def newcomers(
    office: Office,
    connection: Connection,
    register: Register,
    wanted: RollFilter,
    after: RollKey | None,
    limit: int,
) -> RollPage:
    """Known residents who are not on the register and have reached, or soon reach, its first age; the youngest first."""
    item = item_of(office, register)
    query = select(*roll_rows.PERSON).where(*_not_on_it(office, register, item, wanted))
    if after is not None:
        born, person = after
        query = query.where(or_(Person.birth < born, (Person.birth == born) & (Person.id < person)))
    ordered = query.order_by(Person.birth.desc(), Person.id.desc()).limit(limit)
    rows = connection.execute(ordered).mappings().all()
    shown = tuple(_newcomer(office, item, row) for row in rows)
    more = len(rows) == limit
    return RollPage(shown, (shown[-1].birth, shown[-1].person_id) if more else None)


def count_newcomers(
    office: Office, connection: Connection, register: Register, wanted: RollFilter
) -> int:
    """How many residents stand on the list of newcomers."""
    item = item_of(office, register)
    query = select(func.count()).select_from(Person)
    counted = query.where(*_not_on_it(office, register, item, wanted))
    return connection.execute(counted).scalar_one()


def newcomers_homes(
    office: Office, connection: Connection, register: Register
) -> tuple[tuple[str, str], ...]:
    """Grid and house of everybody on the list of newcomers."""
    item, wanted = item_of(office, register), RollFilter(register.key, "")
    query = select(Person.house, Person.more)
    found = connection.execute(query.where(*_not_on_it(office, register, item, wanted)))
    return tuple((row.more.get("grid", ""), row.house) for row in found)


def raises(
    office: Office, connection: Connection, register: Register, wanted: RollFilter
) -> RollPage:
    """Who is on the roll and has reached a higher tier by the end of the month asked for, by birthday."""
    by = last_day(wanted.month or month_of(office.today))
    found = [
        (step, row)
        for row in connection.execute(_old_enough(office, register, by, wanted)).mappings()
        if (step := raise_of(office, register, row, by))
    ]
    found.sort(key=lambda pair: (pair[0].day, pair[1]["name"]))
    return RollPage(tuple(_raised(office, register, step, row) for step, row in found))


def raise_of(office: Office, register: Register, row: Mapping[Any, Any], by: date) -> Raise | None:
    """The step up an entry on the roll is due by the day `by`, if any; ages count to the day."""
    if not row["birth"] or row["state"] not in register.on_roll:
        return None
    born = date.fromisoformat(row["birth"])
    item = item_of(office, register)
    tier = tier_for(item, age_on(born, by))
    if tier is None or tier.label == row["fields"].get(TIER) or tier == item.tiers[0]:
        return None
    day = birthday_reaching(born, tier.min_age)
    params = office.county.params
    month = month_by(params.get(register.raise_from), {"birthday": day}) or month_of(day)
    # Months gone by are only paid where the county says so.
    if not params.get(register.backpay):
        month = max(month, month_of(office.today))
    return Raise(tier, day, amount_of(office, tier), month)


def _old_enough(office: Office, register: Register, by: date, wanted: RollFilter) -> Any:
    tiers = item_of(office, register).tiers[1:]
    least = min((tier.min_age for tier in tiers), default=1000)
    return roll_rows.entries(register).where(
        Record.state.in_(register.on_roll),
        Person.birth > "",
        Person.birth <= _born_by(by, least),
        *roll_rows.looked_for(office, wanted),
    )


def _born_by(day: date, age: int) -> str:
    """The last birthday of those who are `age` on that day, as text: 29 February counts as 1 March of a common year."""
    return f"{day.year - age:04d}-{day:%m-%d}"


def _not_on_it(office: Office, register: Register, item: Item, wanted: RollFilter) -> Iterable[Any]:
    if not item.tiers:
        # Nobody comes of an age that counts for nothing.
        return (false(),)
    days = wanted.days if wanted.days is not None else _days(register)
    bound = _born_by(office.today + timedelta(days=days), item.tiers[0].min_age)
    on_it = exists().where(Record.person_id == Person.id, Record.register == register.key)
    # One walk over the item's cases; asked person by person the file would be walked for each.
    applied = select(CaseFile.person_id).where(
        CaseFile.item_code == item.code, CaseFile.phase == "open", CaseFile.person_id.is_not(None)
    )
    return (
        Person.birth > "",
        Person.birth <= bound,
        ~on_it,
        Person.id.not_in(applied),
        *search.of_people(Person.id, wanted.text),
    )


def _days(register: Register) -> int:
    found = register.list_of("newcomers")
    return found.days if found else 0


def _newcomer(office: Office, item: Item, row: Mapping[Any, Any]) -> RollRow:
    born = date.fromisoformat(row["birth"])
    first = item.tiers[0]
    day = birthday_reaching(born, first.min_age)
    tier = tier_for(item, max(age_on(born, office.today), first.min_age)) or first
    reached = day <= office.today
    return RollRow(
        id=row["person"],
        record_id=None,
        **roll_rows.person_values(row, office.today),
        state_label=f"{'已' if reached else '将'}满 {first.min_age}",
        tone="action" if reached else "soon",
        what=f"{day} {'已满' if reached else '满'} {first.min_age} 周岁",
        then=f"{tier.label} · {amount_words(office, tier)}",
    )


def _raised(office: Office, register: Register, step: Raise, row: Mapping[Any, Any]) -> RollRow:
    return roll_rows.row_of(
        office,
        register,
        row,
        what=f"{step.day} 满 {step.tier.min_age} 周岁",
        then=f"{step.tier.label} · {amount_words(office, step.tier)}",
        month=step.month,
    )
