"""The shipped catalogue, walked from end to end."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from desk.domain.catalog import Catalog, Item
from desk.domain.catalog_reader import read_catalog
from desk.domain.catalog_workflows import PAPERS, reachable
from desk.domain.eligibility import assess
from desk.domain.fact_names import DERIVED, LIFE_CYCLE
from desk.domain.facts import PersonFacts, derived_fields, facts_for
from desk.domain.fields import FieldDef
from desk.domain.forms import check_form, visible
from desk.domain.materials import needed
from desk.domain.workflow import Workflow, allowed
from desk.resources import read_tree

TODAY = date(2026, 11, 23)
PERSON = PersonFacts("刘桂兰", "610422195603120420", "女", date(1956, 3, 12), "610422", True, "20")
BANNED = ("非法", "无效", "异常", "未知错误", "操作失败")
EVERYTHING = {
    "acceptor_here": True, "instant": False, "eligible": "yes", "complete": True, "tolerable": False,
    "has_publicity": False, "publicity_counts": True, "silent": False, "lapses": False,
    "supplement_over": False, "silent_over": False, "paused": False, "ahead": False,
    "due_over": False, "half_year_silent": False,
}  # fmt: skip


@cache
def catalog() -> Catalog:
    return read_catalog(read_tree("catalog") | read_tree("codes"))


ITEMS = tuple(catalog().items.values())
every_item = pytest.mark.parametrize("item", ITEMS, ids=[item.code for item in ITEMS])
every_workflow = pytest.mark.parametrize(
    "workflow", tuple(catalog().workflows.values()), ids=list(catalog().workflows)
)


def known_names(item: Item) -> set[str]:
    params = {name for county in catalog().counties.values() for name in county.params}
    return {one.key for one in (*item.fields, *item.questions)} | DERIVED | params


def sample(field: FieldDef) -> object:
    """Something right for this field."""
    if field.choices:
        return [field.choices[0].code] if field.multi else field.choices[0].code
    return {
        "int": "2",
        "date": "2026-11-20",
        "month": "2026-11",
        "money": "50",
        "phone": "13900001234",
        "idnumber": "11010519491231002X",
        "account": "6217000000001234567",
        "bool": True,
    }.get(field.kind, "测试")


def filled(item: Item) -> dict[str, object]:
    """The facts of an application with something right in every field and answer."""
    return facts_for(
        item,
        person=PERSON,
        form={field.key: sample(field) for field in item.fields},
        answers={field.key: sample(field) for field in item.questions},
        county=catalog().counties["610422"],
        on=TODAY,
        register={"receiving": [item.code]},
    )


def test_holds_the_63_items_of_the_draft():
    assert len(ITEMS) == 63
    assert {item.line for item in ITEMS} == {line.key for line in catalog().lines}
    assert len(catalog().usual) == 9


def test_holds_the_three_counties_and_the_rest():
    assert set(catalog().counties) == {"000000", "610422", "610423", "610431"}
    assert [len(county.towns) for _, county in sorted(catalog().counties.items())] == [0, 10, 13, 8]


def test_holds_the_20_prohibited_certificates():
    assert len(catalog().prohibited) == 20
    assert "健在证明" in {certificate.name for certificate in catalog().prohibited}


@every_item
def test_asks_only_for_facts_that_can_be_known(item):
    known = known_names(item)
    assert {rule.fact for rule in item.rules} <= known
    for one in (*item.fields, *item.questions, *item.materials):
        assert one.when is None or one.when.names() <= known


@every_item
def test_every_rule_can_be_decided_by_what_the_form_and_the_questions_say(item):
    outcomes = assess(item, filled(item)).outcomes
    assert [o.text for o in outcomes if o.met is None and not o.note] == []


@every_item
def test_every_required_derived_field_fills_itself(item):
    wanted = {field.key for field in item.fields if field.derive and field.required}
    assert wanted <= derived_fields(item, filled(item)).keys()


@every_item
def test_a_form_filled_in_rightly_passes(item):
    facts = filled(item)
    for fields in (item.fields, item.questions):
        values, problems = check_form(
            visible(fields, facts), {field.key: sample(field) for field in fields}, facts
        )
        assert problems == ()
        assert None not in values.values()


@every_item
def test_every_material_is_asked_of_somebody(item):
    sure = {one.material.key for one in needed(item, filled(item), (), TODAY)}
    unsure = {one.material.key for one in needed(item, {}, (), TODAY)}
    assert sure | unsure == {material.key for material in item.materials}


@every_item
def test_can_be_lodged_and_ended(item):
    workflow = catalog().workflows[item.workflow]
    here = {"acceptor_here": item.acceptor == "community", "instant": item.instant}
    ends = [action.key for action in allowed(workflow, workflow.start, EVERYTHING | here)]
    assert ends[0] in ("conclude_now", "accept", "receive")


@every_item
def test_speaks_plainly(item):
    texts = [item.name, item.notes, item.result, *(rule.text for rule in item.rules)]
    texts += [text for one in (*item.fields, *item.questions) for text in (one.label, one.help)]
    texts += [text for one in item.materials for text in (one.name, one.note, one.where)]
    for text in texts:
        assert not any(word in text for word in BANNED)


def test_a_kept_copy_serves_equally_long_wherever_one_is_kept():
    meant: dict[str, set[int]] = {}
    for item in ITEMS:
        for material in item.materials:
            if material.valid_months:
                meant.setdefault(material.key, set()).add(material.valid_months)
    assert {key: months for key, months in meant.items() if len(months) > 1} == {}


@every_workflow
def test_every_state_is_reached_and_leads_to_an_end(workflow):
    assert reachable(workflow, (workflow.start,)) == set(workflow.states)
    ends = {state.key for state in workflow.states.values() if state.phase == "closed"}
    for state in workflow.states:
        assert reachable(workflow, (state,)) & ends


@every_workflow
def test_papers_are_known_ones_and_every_move_says_what_was_done(workflow):
    for action in workflow.actions:
        assert action.paper in PAPERS
        assert action.done
        assert not any(word in action.label + action.done for word in BANNED)


@every_workflow
def test_a_label_is_a_verb_and_what_is_asked_has_one_name(workflow):
    labels: dict[str, set[str]] = {}
    for action in workflow.actions:
        assert not re.match("确定|提交|OK", action.label)
        for field in action.asks:
            labels.setdefault(field.key, set()).add(field.kind)
    assert all(len(kinds) == 1 or kinds == {"note", "text"} for kinds in labels.values())


def application() -> Workflow:
    return catalog().workflows["application"]


def ends(state: str = "new", **changes: object) -> list[str]:
    return [action.key for action in allowed(application(), state, EVERYTHING | changes)]


@pytest.mark.parametrize(
    ("changes", "main"),
    [
        ({"instant": True}, "conclude_now"),
        ({}, "accept"),
        ({"acceptor_here": False}, "receive"),
        ({"complete": False}, "notify"),
        ({"complete": False, "tolerable": True}, "notify"),
        ({"complete": False, "acceptor_here": False}, "notify"),
        ({"eligible": "no"}, "refuse"),
        ({"eligible": "later", "instant": True}, "refuse"),
        ({"eligible": "no", "complete": False}, "refuse"),
        ({"eligible": "open"}, "accept"),
    ],
)
def test_the_likeliest_end_of_an_intake_stands_first(changes, main):
    actions = allowed(application(), "new", EVERYTHING | changes)
    assert next(action.key for action in actions if action.primary) == main


def test_tolerance_needs_an_acceptor_here_and_papers_that_may_come_later():
    assert "tolerate" in ends(complete=False, tolerable=True)
    assert "tolerate" not in ends(complete=False, tolerable=True, acceptor_here=False)
    assert "tolerate" not in ends(complete=False)


def test_nobody_is_accepted_against_a_hard_rule_but_anybody_may_lodge():
    assert not {"accept", "conclude_now", "tolerate"} & set(ends(eligible="no"))
    assert "receive" in ends(eligible="no")
    assert "accept" not in ends("received", eligible="no")


def test_these_tests_know_every_fact_a_life_cycle_may_ask_for():
    assert set(EVERYTHING) == LIFE_CYCLE


def test_another_bodys_acceptance_is_registered_with_its_day():
    found = allowed(application(), "received", EVERYTHING | {"acceptor_here": False})
    confirm = next(action for action in found if action.key == "confirm_accepted")
    assert [field.key for field in confirm.asks if field.required] == ["accepted_on"]
    assert (confirm.number, confirm.clock, confirm.who) == ("SL", "start", "acceptor")
    assert "accept" not in [action.key for action in found]


def test_silence_and_lapse_happen_only_where_the_item_says_so():
    assert "silent_accept" not in ends("received", silent_over=True)
    assert "silent_accept" in ends("received", silent=True, silent_over=True)
    assert "lapse" not in ends("supplement", supplement_over=True)
    assert "lapse" in ends("supplement", lapses=True, supplement_over=True)


def test_publicity_stops_the_clock_only_where_it_does_not_count():
    running = allowed(application(), "community_review", EVERYTHING | {"has_publicity": True})
    pausing = allowed(
        application(),
        "community_review",
        EVERYTHING | {"has_publicity": True, "publicity_counts": False},
    )
    clocks = [
        next(action.clock for action in found if action.key == "start_publicity")
        for found in (running, pausing)
    ]
    assert clocks == ["", "pause"]
    assert "forward" not in [action.key for action in running]


def test_a_number_is_taken_once_for_receipt_and_once_for_acceptance():
    for action in application().actions:
        if action.number == "SJ":
            assert action.sources == ("new",)
        if "accepted" in (action.target,) or action.key == "conclude_now":
            assert action.number == "SL"


def test_to_void_takes_two_and_a_reason():
    void = next(action for action in application().actions if action.key == "void")
    assert void.second_person
    assert [field.required for field in void.asks] == [True]
    assert "archived" not in void.sources


@pytest.mark.parametrize(
    ("birth", "tier", "amount"),
    [
        (date(1956, 11, 23), "70", "50"),
        (date(1946, 11, 24), "70", "50"),
        (date(1946, 11, 23), "80", "100"),
        (date(1936, 11, 23), "90", "200"),
        (date(1926, 11, 23), "100", "300"),
    ],
)
def test_the_old_age_allowance_knows_its_steps(birth, tier, amount):
    item = catalog().item("MZ-GL-01")
    facts = facts_for(
        item,
        person=replace(PERSON, birth=birth),
        form={},
        answers={},
        county=catalog().counties["610422"],
        on=TODAY,
        register={},
    )
    found = assess(item, facts)
    assert found.tier.startswith(tier)
    assert found.amount == amount
