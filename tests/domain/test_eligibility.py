"""Whether somebody may have it, and why."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desk.domain.canonical import canonical
from desk.domain.catalog import Rule
from desk.domain.eligibility import TO_BE_CONFIRMED, assess
from tests.domain.catalog_samples import facts, item, person

AGE, ALIVE, HOLDER = item().rules
GOOD: dict[str, Any] = {"answers": {"alive": True}, "form": {"bank_holder": "刘桂兰"}}


def with_rules(*rules: Rule):
    return replace(item(), rules=rules)


def age_rule(op: str, value: object, fact: str = "age", level: str = "hard") -> Rule:
    return Rule(fact, op, value, level, "derived", "办法第三条", "年龄")  # type: ignore[arg-type]


def test_yes_with_amount_and_tier():
    found = assess(item(), facts(**GOOD))
    assert (found.verdict, found.amount, found.tier) == ("yes", "50", "70-79周岁")
    assert [outcome.met for outcome in found.outcomes] == [True, True, True]
    assert found.outcomes[0].clause == "办法第三条"
    assert found.unanswered == ()


def test_open_while_a_question_is_not_answered():
    found = assess(item(), facts())
    assert found.verdict == "open"
    assert found.unanswered == ("alive",)
    assert [outcome.met for outcome in found.outcomes] == [True, None, None]


def test_no_when_a_hard_rule_fails():
    assert assess(item(), facts(answers={"alive": False})).verdict == "no"


def test_a_warning_never_decides():
    found = assess(item(), facts(**GOOD | {"form": {"bank_holder": "刘建国"}}))
    assert found.verdict == "yes"
    assert found.outcomes[2].met is False


def test_later_when_only_age_is_wanting():
    young = person(birth=date(1957, 1, 1))
    found = assess(item(), facts(**GOOD, person=young))
    assert (found.verdict, found.from_day) == ("later", date(2027, 1, 1))
    assert found.amount == ""


def test_later_even_while_a_question_is_open():
    assert assess(item(), facts(person=person(birth=date(1957, 1, 1)))).verdict == "later"


def test_a_leap_day_child_comes_of_age_in_march():
    found = assess(item(), facts(**GOOD, person=person(birth=date(1960, 2, 29))))
    assert found.from_day == date(2030, 3, 1)
    rules = with_rules(age_rule(">=", 71))
    assert assess(rules, facts(person=person(birth=date(1956, 2, 29)))).from_day == date(2027, 3, 1)


def test_the_latest_of_several_ages_counts():
    rules = with_rules(age_rule(">=", 71), age_rule(">", 71))
    assert assess(rules, facts()).from_day == date(2028, 3, 12)


def test_age_and_something_else_wanting_is_no():
    found = assess(item(), facts(answers={"alive": False}, person=person(birth=date(1957, 1, 1))))
    assert (found.verdict, found.from_day) == ("no", None)


@pytest.mark.parametrize(
    "rule",
    [
        age_rule("<", 70),
        age_rule("<=", 6),
        age_rule("==", 71),
        age_rule(">=", 500),
        age_rule(">=", "七十"),
    ],
)
def test_what_time_does_not_heal_is_no(rule):
    wanted = "no" if rule.value != "七十" else "open"
    assert assess(with_rules(rule), facts()).verdict == wanted


def test_a_mans_years_leave_a_womans_rule_open():
    found = assess(with_rules(age_rule(">=", 49, "age_female")), facts(person=person(sex="男")))
    assert found.verdict == "open"


def test_what_the_county_has_not_told_is_open_not_wrong():
    rule = Rule("income", "<", "$dibao_std", "hard", "asked", "办法", "低于低保标准")
    found = assess(with_rules(rule), facts(answers={"income": "300"}))
    assert found.verdict == "open"
    assert found.outcomes[0].note == TO_BE_CONFIRMED
    assert found.unanswered == ()


def test_the_countys_figure_is_a_number():
    rule = Rule("income", "<", "$t70", "hard", "asked", "办法", "低于标准")
    assert assess(with_rules(rule), facts(answers={"income": "9"})).verdict == "yes"
    assert assess(with_rules(rule), facts(answers={"income": "100"})).verdict == "no"


def test_who_applies_is_no_parameter():
    found = assess(with_rules(HOLDER), facts(person=person(name=""), form={"bank_holder": "甲"}))
    assert (found.outcomes[0].met, found.outcomes[0].note) == (None, "")


def test_an_item_without_rules_is_open_to_all():
    assert assess(with_rules(), facts()).verdict == "yes"


def test_goes_into_an_event_as_it_is():
    told = assess(item(), facts(person=person(birth=date(1957, 1, 1)))).to_dict()
    assert told["verdict"] == "later"
    assert told["from_day"] == "2027-01-01"
    assert told["outcomes"][0] | {} == {
        "text": "年满70周岁",
        "clause": "办法第三条",
        "level": "hard",
        "met": False,
        "fact": "age",
        "note": "",
    }
    assert canonical(told)
    assert assess(item(), facts(**GOOD)).to_dict()["from_day"] == ""
