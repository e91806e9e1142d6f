"""Everything the rules may ask about one application: person, form, answers, register, county and day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from desk.domain.catalog import County, Item, Tier
from desk.domain.conditions import compare
from desk.domain.field_values import clean
from desk.domain.fields import Choice, FieldDef
from desk.domain.forms import visible
from desk.domain.identity import age_on, birthday_reaching
from desk.domain.letter_dates import LETTER_FACTS
from desk.domain.pay_months import month_by
from desk.domain.variables import add_months, is_set, months_between, resolve
from desk.domain.workflow import Action

Facts = dict[str, object]

CONFIRMED: Final = "$confirmed"
"""The fact that names the parameters the county has confirmed."""

_ADULT: Final = 18
_OLD_AGE_ALLOWANCE: Final = 70


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the rules may know of the applicant; `birth` None and empty texts are not known."""

    name: str
    id_no: str
    sex: str
    birth: date | None
    region: str
    is_proxy: bool
    proxy_relation: str


def facts_for(
    item: Item,
    *,
    person: PersonFacts,
    form: Mapping[str, object],
    answers: Mapping[str, object],
    county: County,
    on: date,
    register: Mapping[str, object],
) -> dict[str, object]:
    """All facts known on the day `on`; a missing name is an unknown fact.

    Dates are ISO text, amounts decimal text, choices their codes. `form` and `answers` may be as typed: what does not
    read is unknown. What was answered at the desk stands above what a register knows, and a register only ever
    speaks for the applicant: what it does not hold may stand elsewhere.
    """
    facts = _of_county(county) | _of_day(on, person, register)
    known = _of_person(person, on) | _of_tier(item, person, county, on)
    typed = _typed(item, form, answers)
    registered = _registered(item, register, typed, facts | known)
    facts |= registered | known | typed
    facts |= {
        name: value for name, value in _worked_out(item, facts, on).items() if name not in facts
    }
    hidden = {one.key for one in _asked(item) if one.when and not visible((one,), facts)}
    return {name: value for name, value in facts.items() if name not in hidden}


def derived_fields(item: Item, facts: Mapping[str, object]) -> dict[str, object]:
    """Values of the fields that fill themselves, as they are stored; those not known yet are left out."""
    found: dict[str, object] = {}
    for one in item.fields:
        value = _filled(one, one.derive, facts) if one.derive else None
        if value is not None:
            found[one.key] = value
    return found


def derived_at(
    item: Item, stage: str, facts: Mapping[str, object], form: Mapping[str, object], on: date
) -> dict[str, object]:
    """Values of the fields of one stage that fill themselves when a case reaches it on the day `on`, as stored."""
    known = {**facts, **form, "$today": on.isoformat()}
    known |= _worked_out(item, known, on)
    found = derived_fields(item, known)
    return {
        one.key: found[one.key] for one in item.fields if one.stage == stage and one.key in found
    }


def defaults_at(
    item: Item, stage: str, facts: Mapping[str, object], form: Mapping[str, object], on: date
) -> dict[str, object]:
    """What stands in, when a case passes a stage on the day `on`, for the fields of it nothing was typed into.

    In the order of the fields: a later default may follow from an earlier one.
    """
    known = {**facts, **form, "$today": on.isoformat()}
    found: dict[str, object] = {}
    for one in item.fields:
        if one.stage != stage or not one.default or form.get(one.key) not in (None, "", []):
            continue
        known |= _worked_out(item, known, on)
        value = _filled(one, one.default, known)
        if value is not None:
            found[one.key] = known[one.key] = value
    return found


def follows_form(
    item: Item, facts: Mapping[str, object], form: Mapping[str, object], on: date
) -> dict[str, object]:
    """Values of the later fields that follow from days in the form, anew with every move that enters something."""
    known = {**facts, **form, "$today": on.isoformat()}
    found = {name: _WORKED_OUT[name](known, on) for name in _FOLLOWS_FORM}
    return {
        one.key: found[one.derive]
        for one in item.fields
        if one.stage != "intake" and found.get(one.derive) is not None
    }


def start_values(action: Action, facts: Mapping[str, object]) -> dict[str, object]:
    """What the fields an action asks for begin with; it also stands in where one is left blank.

    Fields of the action's stage are not begun: what stands in for them may follow from what is typed.
    """
    own = (
        one
        for one in action.asks
        if one.default and not (one.stage == action.stage and one.key not in action.enters)
    )
    found = {one.key: _filled(one, one.default, facts) for one in own}
    return {key: value for key, value in found.items() if value is not None}


def tier_for(item: Item, age: int) -> Tier | None:
    """The step of an age benefit for somebody of that age."""
    return next((tier for tier in item.tiers if tier.min_age <= age <= tier.max_age), None)


def _filled(one: FieldDef, fact: str, facts: Mapping[str, object]) -> object:
    """The value of a fact as this field stores it; None where it is not known or does not fit."""
    value = resolve(fact, facts) if fact.startswith("$") else facts.get(fact)
    if one.kind == "month" and isinstance(value, str):
        value = value[:7]
    cleaned, problems = clean(one, value)
    return None if _refused(problems) else cleaned


def _refused(problems: tuple[object, ...]) -> bool:
    return any(not getattr(problem, "facts", {}).get("advice") for problem in problems)


def _asked(item: Item) -> tuple[FieldDef, ...]:
    return (*item.fields, *item.questions)


def _of_county(county: County) -> Facts:
    known = {name: value for name, value in county.params.items() if is_set(value)}
    confirmed: Facts = {CONFIRMED: county.confirmed}
    return confirmed | known | {f"${name}": value for name, value in known.items()}


def _of_day(on: date, person: PersonFacts, register: Mapping[str, object]) -> Facts:
    facts: Facts = {
        "$today": on.isoformat(),
        "$year": on.year,
        "$this_month": f"{on:%Y-%m}",
        "$next_month": f"{add_months(on.replace(day=1), 1):%Y-%m}",
    }
    if person.name:
        facts["$applicant"] = person.name
    if register.get("this_org"):
        facts["$this_org"] = register["this_org"]
    return facts


def _of_person(person: PersonFacts, on: date) -> Facts:
    facts: Facts = {"is_proxy": person.is_proxy}
    if person.proxy_relation:
        facts["proxy_relation"] = person.proxy_relation
    if person.sex:
        facts["sex"] = person.sex
    if person.birth is None or person.birth > on:
        return facts
    age = age_on(person.birth, on)
    facts |= {
        "birth_date": person.birth.isoformat(),
        "age": age,
        "age_day": (on - person.birth).days,
        "days_to_age70": (birthday_reaching(person.birth, _OLD_AGE_ALLOWANCE) - on).days,
        "minor": age < _ADULT,
    }
    if person.sex == "女":
        facts["age_female"] = age
    return facts


def _of_tier(item: Item, person: PersonFacts, county: County, on: date) -> Facts:
    tier = tier_for(item, age_on(person.birth, on)) if person.birth else None
    if tier is None:
        return {}
    amount = county.params.get(tier.param)
    known = {"monthly_amount": amount} if is_set(amount) and amount is not None else {}
    return {"tier": tier.label, **known}


def _typed(item: Item, form: Mapping[str, object], answers: Mapping[str, object]) -> Facts:
    facts: Facts = {}
    typed = {**form, **answers}
    for one in _asked(item):
        value, problems = clean(one, typed.get(one.key))
        if value is not None and not one.derive and not _refused(problems):
            facts[one.key] = value
    return facts


def _registered(
    item: Item, register: Mapping[str, object], typed: Facts, facts: Mapping[str, object]
) -> Facts:
    found = {
        name: value
        for name, value in register.items()
        if name not in typed and value not in (None, "", [], ())
    }
    for rule in item.rules:
        if rule.fact in found and rule.source == "register":
            speaks = compare(found[rule.fact], rule.op, resolve(rule.value, facts))
            if not speaks:
                del found[rule.fact]
    return found


def _worked_out(item: Item, facts: Mapping[str, object], on: date) -> Facts:
    """Facts that follow from fields of those names, where an item has them and does not ask for the fact itself."""
    found = {name: work(facts, on) for name, work in _WORKED_OUT.items()}
    found |= _of_chosen(item, facts, on)
    return {name: value for name, value in found.items() if value is not None}


def _of_chosen(item: Item, facts: Mapping[str, object], on: date) -> Facts:
    """What follows from the entries chosen of a list (diseases): when the first is looked at again, their groups.

    Of several lists the last one filled in counts: what was granted, not what was asked for.
    """
    chosen: list[Choice] = []
    for one in item.fields:
        codes = facts.get(one.key)
        if one.multi and isinstance(codes, list | tuple) and codes:
            chosen = [choice for choice in one.choices if choice.code in codes]
    months = [choice.review_months for choice in chosen if choice.review_months]
    return {
        "review_by": add_months(on, min(months)).isoformat() if months else None,
        "groups": "、".join(dict.fromkeys(c.group for c in chosen if c.group)) or None,
    }


def _first_month(facts: Mapping[str, object], on: date) -> str | None:
    """From when a new allowance is paid, by the county's rule; the approval may have been registered later."""
    approved, born = _day(facts, "decided_on") or on, _day(facts, "birth_date")
    days = {"approval": approved}
    if born:
        days["birthday"] = birthday_reaching(born, _OLD_AGE_ALLOWANCE)
    return month_by(facts.get("$gaoling_effective_from"), days) or None


def _months_since(key: str) -> Callable[[Mapping[str, object], date], int | None]:
    def count(facts: Mapping[str, object], on: date) -> int | None:
        first = _day(facts, key)
        return months_between(first, on) if first and first <= on else None

    return count


def _per_head(total: str) -> Callable[[Mapping[str, object], date], str | None]:
    def share(facts: Mapping[str, object], on: date) -> str | None:
        heads, whole = facts.get("family_size"), facts.get(total)
        if not isinstance(heads, int) or heads < 1 or not isinstance(whole, int | str):
            return None
        return f"{Decimal(whole) / heads:.2f}"

    return share


def _valid_until(facts: Mapping[str, object], on: date) -> str | None:
    issued, days = _day(facts, "issue_date"), facts.get("valid_days")
    if issued is None or not isinstance(days, int) or days > 36500:
        return None
    # The day of issue is not counted (民法典 art. 201).
    return (issued + timedelta(days=days)).isoformat()


def _disease_count(facts: Mapping[str, object], on: date) -> int | None:
    diseases = facts.get("diseases")
    return len(diseases) if isinstance(diseases, list) else None


def _day(facts: Mapping[str, object], key: str) -> date | None:
    value = facts.get(key)
    return date.fromisoformat(value) if isinstance(value, str) else None


_WORKED_OUT: Final[Mapping[str, Callable[[Mapping[str, object], date], object]]] = {
    "child_age_month": _months_since("child_birth"),
    "reside_months": _months_since("arrive_date"),
    "away_months": _months_since("leave_date"),
    "evidence_within_months": _months_since("evidence_date"),
    "income_pc": _per_head("income_total"),
    "house_area_pc": _per_head("house_area"),
    "disease_count": _disease_count,
    "valid_until": _valid_until,
    "first_month": _first_month,
    **LETTER_FACTS,
}
_FOLLOWS_FORM: Final = ("valid_until", *LETTER_FACTS)
