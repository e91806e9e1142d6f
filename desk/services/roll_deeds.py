"""What the desk does to registers by hand: moving people up a tier, stopping and resuming, each an event with its reason."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from db.models import Record
from desk.domain.facts import PersonFacts, facts_for
from desk.domain.field_values import clean
from desk.domain.forms import check_form
from desk.domain.pay_months import last_day
from desk.domain.plain import to_plain
from desk.domain.registers import Deed, Register
from desk.domain.roll_months import AMOUNT
from desk.domain.variables import resolve
from desk.errors import ActionNotAllowed, ChangedMeanwhile, FieldsRefused, NotFound, Problem
from desk.services import records, roll_ages, roll_rows
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform
from desk.services.records import Step
from desk.services.roll_rows import TIER

OLDEST_STOP = timedelta(days=3660)
"""Nobody reports a stop that happened longer ago; an earlier day is a slip in the year."""


def raise_tier(
    office: Office, *, register: str, record_ids: tuple[UUID, ...], month: str
) -> Done[int]:
    """Move up those of these entries who reach a higher tier by the end of `month` (YYYY-MM); gives back how many.

    Tier and amount are the county's, the month they count from follows its rule. Who is not due stays as he is.
    """
    roll = office.catalog.registers[register]
    by = last_day(month)

    def work(bench: Work) -> int:
        done = 0
        for record_id in record_ids:
            row = _entry(bench.connection, roll, record_id)
            step = roll_ages.raise_of(office, roll, row, by)
            if step is None:
                continue
            fields = {TIER: step.tier.label} | _amount(roll, step.amount)
            why = f"{step.day} 满 {step.tier.min_age} 周岁"
            records.change(bench, row, Step("raise", row["state"], None, fields, step.month, why))
            done += 1
        return done

    return perform(office, Operation.KEEP_REGISTER, work)


def do(
    office: Office,
    *,
    register: str,
    record_id: UUID,
    version: int,
    deed: str,
    asks: Mapping[str, object],
) -> Done[None]:
    """Do one of the register's deeds to an entry as it was shown (`version`).

    Raises:
        ActionNotAllowed: not from where the entry stands.
        ChangedMeanwhile: it is no longer as it was shown.
        FieldsRefused: what is asked for is missing or wrong.
        NotFound: there is no such entry.
    """
    roll = office.catalog.registers[register]

    def work(bench: Work) -> None:
        row = _entry(bench.connection, roll, record_id)
        if row["version"] != version:
            raise ChangedMeanwhile
        found = next((d for d in roll.deeds if d.key == deed and row["state"] in d.sources), None)
        if found is None:
            raise ActionNotAllowed(deed, row["state"])
        records.change(bench, row, _step(office, roll, found, asks))

    return perform(office, Operation.KEEP_REGISTER, work)


def _entry(connection: Connection, register: Register, record_id: UUID) -> Mapping[Any, Any]:
    query = roll_rows.entries(register).where(Record.id == record_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound
    return row


def _amount(register: Register, amount: str) -> dict[str, object]:
    """The amount as the register holds it; nothing where the county has not said it."""
    field = next(one for one in register.fields if one.key == AMOUNT)
    value = clean(field, amount)[0]
    return {AMOUNT: value} if value is not None else {}


def _step(office: Office, register: Register, deed: Deed, asks: Mapping[str, object]) -> Step:
    known = _known(office, register)
    given, problems = check_form(deed.asks, asks, known)
    problems = tuple(one for one in problems if not one.facts.get("advice"))
    problems += _wrong_days(office, deed, given)
    if problems:
        raise FieldsRefused(problems)
    given = {**_defaults(deed, {**known, **given}), **_filled(given)}
    fields = {one.key for one in register.fields}
    on_roll = register.states[deed.state].on_roll
    due = str(resolve(deed.due, known) or "") if deed.due else None
    return Step(
        does=deed.does,
        state=deed.state,
        due_on=due if on_roll else "",
        fields={key: to_plain(value) for key, value in given.items() if key in fields},
        month=str(given.get("month") or ""),
        why=str(given.get("why") or deed.label),
    )


def _known(office: Office, register: Register) -> dict[str, object]:
    """The facts of county and day."""
    nobody = PersonFacts("", "", "", None, "", is_proxy=False, proxy_relation="")
    item = office.catalog.item(register.item)
    return facts_for(
        item,
        person=nobody,
        form={},
        answers={},
        county=office.county,
        on=office.today,
        register={},
    )


def _filled(given: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in given.items() if value not in (None, "", [])}


def _defaults(deed: Deed, known: Mapping[str, object]) -> dict[str, object]:
    found = {}
    for one in deed.asks:
        value = resolve(one.default, known) if one.default else None
        text = str(value)[:7] if one.kind == "month" and value else value
        cleaned, problems = clean(one, text)
        if cleaned is not None and not problems:
            found[one.key] = cleaned
    return found


def _wrong_days(office: Office, deed: Deed, given: Mapping[str, object]) -> tuple[Problem, ...]:
    """What has happened lies in the past, and not longer ago than anybody would report it."""
    first, last = office.today - OLDEST_STOP, office.today
    return tuple(
        Problem(one.key, "day_range", {"first": first.isoformat(), "last": last.isoformat()})
        for one in deed.asks
        if one.kind == "date"
        and given.get(one.key)
        and not first.isoformat() <= str(given[one.key]) <= last.isoformat()
    )
