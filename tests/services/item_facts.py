"""How an intake brings about each fact the catalogue asks for: as a clerk would type it, on both sides of every bound."""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product
from types import MappingProxyType
from typing import Any

from desk.domain.catalog import Item, Rule
from desk.domain.conditions import Condition
from desk.domain.fields import FieldDef
from desk.domain.variables import add_months
from desk.services.office import Office
from desk.services.views import AgentValues, IntakeValues
from tests.builders import id_number

AGENT = AgentValues(
    name="刘建国", id_no=id_number(birth="19800101", order=33), phone="13900001234", relation="子"
)
MONTHS_SINCE: Mapping[str, str] = MappingProxyType(
    {
        "child_age_month": "child_birth",
        "reside_months": "arrive_date",
        "away_months": "leave_date",
        "evidence_within_months": "evidence_date",
    }
)
"""Facts that count full months since a date of the form."""
PER_HEAD: Mapping[str, str] = MappingProxyType(
    {"income_pc": "income_total", "house_area_pc": "house_area"}
)
COMPARES: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        "==": operator.eq,
        "!=": operator.ne,
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "in": lambda known, members: known in members,
    }
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An intake, and what the county has decided."""

    values: IntakeValues
    params: Mapping[str, object] = field(default_factory=dict)

    def form(self, **typed: object) -> "Attempt":
        return replace(self, values=replace(self.values, form={**self.values.form, **typed}))

    def answers(self, **said: object) -> "Attempt":
        return replace(self, values=replace(self.values, answers={**self.values.answers, **said}))

    def person(self, **known: str) -> "Attempt":
        return replace(
            self, values=replace(self.values, person=replace(self.values.person, **known))
        )

    def decided(self, **params: object) -> "Attempt":
        return replace(self, params={**self.params, **params})


Way = tuple[object, Callable[[Attempt], Attempt]]
"""A value a fact can have, and what brings it about."""


def desk_of(office: Office, attempt: Attempt, *, confirmed: frozenset[str] = frozenset()) -> Office:
    """The same desk in a county that has decided so; for reading only."""
    if not attempt.params and not confirmed:
        return office
    county = office.county
    told = replace(county, params={**county.params, **attempt.params}, confirmed=confirmed)
    catalog = office.catalog
    counties = {**catalog.counties, county.code: told}
    rules = replace(office.rules, catalog=replace(catalog, counties=counties))
    return replace(office, rules=rules)


def ways(office: Office, item: Item, name: str, bounds: tuple[object, ...]) -> list[Way]:
    """The values worth trying for a fact that is compared with `bounds`, each with how it comes about.

    Raises:
        KeyError: the fact is none that a clerk or the county brings about; a new one is to be added here.
    """
    today = office.today
    own = {one.key: one for one in (*item.fields, *item.questions)}
    if name in own:
        answered = name in {one.key for one in item.questions}
        return [(value, _typing(name, value, answered)) for value in _values(own[name], bounds)]
    numbers = [bound for bound in bounds if isinstance(bound, int)]
    around = sorted({near for bound in numbers for near in (bound - 1, bound, bound + 1)})
    if name == "is_proxy":
        return [(False, lambda one: one), (True, _by_agent)]
    if name == "age":
        return [(age, _born(day)) for age in around for day in _year_of_life(today, age)]
    if name == "birth_date":
        return [(day.isoformat(), _born(day)) for day in _days_around(bounds)]
    if name in MONTHS_SINCE:
        return [
            (months, _typing(MONTHS_SINCE[name], day.isoformat()))
            for months in around
            for day in _months_ago(today, months)
        ]
    if name in PER_HEAD:
        return [(share, _shared(PER_HEAD[name], share)) for share in around]
    if name == "disease_count":
        codes = [choice.code for choice in own["diseases"].choices]
        return [(count, _typing("diseases", codes[:count])) for count in around if count]
    if name in office.county.params:
        return [(value, _deciding(name, value)) for value in (False, True)]
    raise KeyError(name)


def combinations(
    office: Office, item: Item, when: Condition
) -> Iterator[tuple[dict[str, object], Callable[[Attempt], Attempt]]]:
    """Every combination of values of the facts a condition asks for, with what brings it about."""
    compared = when.literals()
    names = sorted(when.names())
    tried = [
        ways(office, item, name, tuple(literal for fact, literal in compared if fact == name))
        for name in names
    ]
    for chosen in product(*tried):
        facts = {name: value for name, (value, _) in zip(names, chosen, strict=True)}
        yield facts, _all(tuple(change for _, change in chosen))


def failing(office: Office, item: Item, rule: Rule, base: Attempt) -> list[Attempt]:
    """The attempt in every way that fails the rule."""
    bound = bound_of(office, rule, base.params)
    return [
        change(base)
        for value, change in ways(office, item, rule.fact, bounds_of(bound))
        if not COMPARES[rule.op](value, bound)
    ]


def met(office: Office, item: Item, when: Condition, base: Attempt) -> Attempt:
    """The attempt in the first way that meets the condition."""
    found = combinations(office, item, when)
    return next(change(base) for facts, change in found if when.holds(facts))


def bounds_of(bound: object) -> tuple[object, ...]:
    """What a fact is compared with, one by one."""
    return tuple(bound) if isinstance(bound, tuple) else (bound,)


def bound_of(office: Office, rule: Rule, params: Mapping[str, object]) -> object:
    """What a rule compares with: the county's figure, a month or a day of today's, or what it says itself."""
    value = rule.value
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    name = value[1:]
    if name == "this_month":
        return f"{office.today:%Y-%m}"
    if name == "today":
        return office.today.isoformat()
    known = {**office.county.params, **params}[name]
    return int(str(known))


def _year_of_life(today: date, age: int) -> tuple[date, date]:
    """Born so that somebody turns that age today, and so that the next birthday is tomorrow."""
    tomorrow = today + timedelta(days=1)
    return (
        date(today.year - age, today.month, today.day),
        date(tomorrow.year - age - 1, tomorrow.month, tomorrow.day),
    )


def _months_ago(today: date, months: int) -> tuple[date, date]:
    """The first and the last day on which that many full months are counted."""
    return add_months(today, -months), add_months(today, -months - 1) + timedelta(days=1)


def _values(one: FieldDef, bounds: tuple[object, ...]) -> list[object]:
    if one.kind == "bool":
        return [True, False]
    if one.choices:
        return [[choice.code] if one.multi else choice.code for choice in one.choices]
    if one.kind in ("date", "month"):
        days = [day.isoformat() for day in _days_around(bounds)]
        return [*sorted({day[:7] for day in days})] if one.kind == "month" else [*days]
    numbers = [bound for bound in bounds if isinstance(bound, int)]
    return [*sorted({near for bound in numbers for near in (bound - 1, bound, bound + 1)})]


def _days_around(bounds: tuple[object, ...]) -> list[date]:
    """The day itself and its neighbours; of a month the last day before it, its own first and that of the next."""
    found: list[date] = []
    for bound in bounds:
        text = str(bound)
        day = date.fromisoformat(text if len(text) > len("2026-11") else f"{text}-01")
        after = day + timedelta(days=1) if len(text) > len("2026-11") else add_months(day, 1)
        found += [day - timedelta(days=1), day, after]
    return found


def _typing(name: str, value: object, answered: bool = False) -> Callable[[Attempt], Attempt]:
    return lambda one: one.answers(**{name: value}) if answered else one.form(**{name: value})


def _deciding(name: str, value: object) -> Callable[[Attempt], Attempt]:
    return lambda one: one.decided(**{name: value})


def _by_agent(one: Attempt) -> Attempt:
    return replace(one, values=replace(one.values, agent=AGENT))


def _born(day: date) -> Callable[[Attempt], Attempt]:
    return lambda one: one.person(birth=day.isoformat())


def _shared(key: str, share: int) -> Callable[[Attempt], Attempt]:
    return lambda one: one.form(family_size="2", **{key: str(share * 2)})


def _all(changes: tuple[Callable[[Attempt], Attempt], ...]) -> Callable[[Attempt], Attempt]:
    def change(one: Attempt) -> Attempt:
        for step in changes:
            one = step(one)
        return one

    return change
