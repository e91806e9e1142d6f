"""Every condition and every rule of the catalogue is met and failed at the desk, on both sides of its bound."""

from collections.abc import Iterator, Mapping
from itertools import combinations as pairs_of

import pytest

from desk.domain.catalog import Item, Rule
from desk.domain.conditions import Condition
from desk.services import intake
from desk.services.office import Office
from desk.services.views import IntakeView
from tests.services import deeds
from tests.services.item_facts import (
    COMPARES,
    Attempt,
    bound_of,
    bounds_of,
    combinations,
    desk_of,
    failing,
    ways,
)
from tests.services.item_walks import CODES, finish, good, of_a_stranger

COUNTY_FIGURES = {"dibao_std": 800, "chronic_max_diseases": 2, "chronic_evidence_months": 24}
"""What a county may decide where the shipped parameters leave it open."""


def attempt(office: Office, code: str) -> Attempt:
    return Attempt(of_a_stranger(good(office, code), CODES.index(code)))


def conditions(item: Item) -> Iterator[tuple[str, str, Condition]]:
    """Every condition that decides what an intake asks: of which list, of which key."""
    fields = [one for one in item.fields if one.stage == "intake"]
    for part, found in (
        ("fields", fields),
        ("questions", item.questions),
        ("needed", item.materials),
    ):
        for one in found:
            if one.when:
                yield part, one.key, one.when


def asked(view: IntakeView, part: str) -> set[str]:
    """What the page asks for. A paper nobody can say yet whether it is needed would be a condition left open."""
    if part == "needed":
        assert all(need.state != "maybe" for need in view.needed)
        return {need.material.key for need in view.needed}
    return {one.key for one in getattr(view, part)}


def says(when: Condition, facts: Mapping[str, object]) -> bool:
    """What the condition says, read by Python: its grammar is a part of Python's but for true and false."""
    return bool(eval(when.text, {"true": True, "false": False}, dict(facts)))


@pytest.mark.parametrize("code", CODES)
def test_every_condition_is_met_and_failed(shared_office: Office, code: str) -> None:
    """Over all combinations of its facts the page asks exactly when the condition says so, and each fact counts."""
    item, base = shared_office.catalog.item(code), attempt(shared_office, code)
    for part, key, when in conditions(item):
        seen: dict[tuple[str, ...], bool] = {}
        for facts, change in combinations(shared_office, item, when):
            one = change(base)
            view = intake.prepare(desk_of(shared_office, one), values=one.values)
            shown = key in asked(view, part)
            assert shown is says(when, facts), (key, facts)
            seen[tuple(map(repr, facts.values()))] = shown
        assert set(seen.values()) == {True, False}, f"{key}: {when.text}"
        for place, name in enumerate(sorted(when.names())):
            assert counts(seen, place), f"{key}: {name} changes nothing in {when.text}"


def counts(seen: Mapping[tuple[str, ...], bool], place: int) -> bool:
    """Whether two combinations that differ in this fact alone come out differently."""
    return any(
        seen[one] != seen[other]
        for one, other in pairs_of(seen, 2)
        if one[:place] + one[place + 1 :] == other[:place] + other[place + 1 :]
    )


@pytest.mark.parametrize("code", CODES)
def test_every_rule_is_met_and_failed(shared_office: Office, code: str) -> None:
    """The answer follows the rule on both sides of its bound; a hard rule that fails turns the verdict, a warning does not."""
    item, base = shared_office.catalog.item(code), attempt(shared_office, code)
    for place, rule in enumerate(item.rules):
        decided = base.decided(**figures(rule))
        bound = bound_of(shared_office, rule, decided.params)
        seen = set()
        for value, change in ways(shared_office, item, rule.fact, bounds_of(bound)):
            one = change(decided)
            view = intake.prepare(desk_of(shared_office, one), values=one.values)
            met = COMPARES[rule.op](value, bound)
            assert view.assessment.outcomes[place].met is met, (rule.text, value)
            assert verdict_fits(view, rule, met), (rule.text, value, view.assessment.verdict)
            seen.add(met)
        assert seen == {True, False}, rule.text


def figures(rule: Rule) -> dict[str, object]:
    """The county's figure this rule compares with."""
    name = str(rule.value).removeprefix("$")
    return {name: COUNTY_FIGURES[name]} if name in COUNTY_FIGURES else {}


def verdict_fits(view: IntakeView, rule: Rule, met: bool) -> bool:
    """No for a hard rule that fails, later where only age is wanting, else yes unless another hard rule fails too."""
    outcomes, verdict = view.assessment.outcomes, view.assessment.verdict
    if rule.level == "hard" and not met:
        coming = rule.fact == "age" and rule.op == ">="
        return verdict == ("later" if coming else "no")
    others = any(other.level == "hard" and other.met is False for other in outcomes)
    return verdict in ("no", "later") if others else verdict == "yes"


def test_a_rule_of_the_county_is_hard_once_the_county_has_confirmed_it(
    shared_office: Office,
) -> None:
    """Until then what fails it is only warned of."""
    tried = 0
    for code in CODES:
        item = shared_office.catalog.item(code)
        for rule in (rule for rule in item.rules if rule.level == "county"):
            base = attempt(shared_office, code).decided(**figures(rule))
            for one in failing(shared_office, item, rule, base):
                name = str(rule.value).removeprefix("$")
                for confirmed, verdict in ((frozenset(), "yes"), (frozenset({name}), "no")):
                    desk = desk_of(shared_office, one, confirmed=confirmed)
                    view = intake.prepare(desk, values=one.values)
                    assert view.assessment.verdict == verdict
                    tried += 1
    assert tried


@pytest.mark.parametrize("code", CODES)
def test_who_fails_a_hard_rule_is_told_so_on_paper(shared_office: Office, code: str) -> None:
    """The refusal bears the rule's own words."""
    item = shared_office.catalog.item(code)
    base = attempt(shared_office, code)
    for rule in (rule for rule in item.rules if rule.level == "hard"):
        wrong = failing(shared_office, item, rule, base)[0]
        ends = intake.prepare(shared_office, values=wrong.values).ends
        assert (ends[0].key, ends[0].label) == ("refuse", "不予受理")
        done = finish(shared_office, wrong.values, ends[0])
        assert rule.text in deeds.paper(shared_office, done.document)
