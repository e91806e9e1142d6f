"""What the rules may ask about: worked out from person, form, answers, register, county and day."""

from dataclasses import replace
from datetime import date

import pytest

from desk.domain.catalog import Item, Rule
from desk.domain.conditions import parse
from desk.domain.facts import defaults_at, derived_fields, tier_for
from desk.domain.fields import FieldDef
from desk.domain.variables import add_months, is_set, months_between, resolve
from tests.domain.catalog_samples import TODAY, county, facts, item, person


def asking(*keys_and_kinds: str):
    """The sample item with further fields, each given as `key:kind`."""
    more = [text.split(":") for text in keys_and_kinds]
    fields = tuple(FieldDef(key, key, kind) for key, kind in more)  # type: ignore[arg-type]
    return replace(item(), fields=(*item().fields, *fields))


def test_knows_the_person():
    known = facts()
    assert known["age"] == 70
    assert known["age_female"] == 70
    assert known["birth_date"] == "1956-03-12"
    assert known["age_day"] == (TODAY - date(1956, 3, 12)).days
    assert known["days_to_age70"] == (date(2026, 3, 12) - TODAY).days
    assert known["minor"] is False
    assert known["is_proxy"] is False
    assert "proxy_relation" not in known
    assert known["$applicant"] == "刘桂兰"


def test_knows_nothing_of_an_unknown_person():
    known = facts(person=person(name="", sex="", birth=None))
    assert not known.keys() & {"age", "age_female", "minor", "sex", "tier", "$applicant", "age_day"}


def test_a_birth_in_the_future_is_not_known():
    assert "age" not in facts(person=person(birth=date(2027, 1, 1)))


@pytest.mark.parametrize(
    ("on", "age"), [(date(2026, 2, 28), 69), (date(2026, 3, 1), 70), (date(2024, 2, 29), 68)]
)
def test_who_was_born_on_a_leap_day_ages_on_the_first_of_march(on, age):
    assert facts(person=person(birth=date(1956, 2, 29)), on=on)["age"] == age


def test_a_mans_years_are_not_a_womans():
    assert "age_female" not in facts(person=person(sex="男"))


def test_knows_who_came():
    known = facts(person=person(is_proxy=True, proxy_relation="监护人"))
    assert (known["is_proxy"], known["proxy_relation"]) == (True, "监护人")


def test_knows_the_day_and_the_county():
    known = facts(on=date(2026, 12, 31), register={"this_org": "池阳社区党总支"})
    assert known["$today"] == "2026-12-31"
    assert known["$year"] == 2026
    assert known["$this_month"] == "2026-12"
    assert known["$next_month"] == "2027-01"
    assert known["$this_org"] == "池阳社区党总支"
    assert known["t70"] == known["$t70"] == "50"


def test_a_parameter_that_is_not_filled_in_is_unknown():
    known = facts()
    assert "$dibao_std" not in known
    assert "t80" not in known


@pytest.mark.parametrize(
    ("value", "known"),
    [
        (0, False),
        ("", False),
        ("0", False),
        ("0.00", False),
        ([], False),
        (False, True),
        ("50", True),
        (["陕西农信"], True),
        ("按季", True),
    ],
)
def test_nought_and_nothing_mean_not_known_yet(value, known):
    assert is_set(value) is known


def test_the_step_of_an_age_benefit():
    known = facts()
    assert (known["tier"], known["monthly_amount"]) == ("70-79周岁", "50")
    older = facts(person=person(birth=date(1940, 1, 1)))
    assert older["tier"] == "80周岁及以上"
    assert "monthly_amount" not in older
    assert "tier" not in facts(person=person(birth=date(1960, 1, 1)))
    assert tier_for(item(), 79) == item().tiers[0]


def test_takes_the_form_as_typed():
    known = facts(form={"ability": "失能", "kin_name": " 刘建国 ", "issue_date": "２０２６.11.2"})
    assert known["kin_name"] == "刘建国"
    assert known["issue_date"] == "2026-11-02"


def test_what_does_not_read_is_unknown():
    known = facts(form={"issue_date": "昨天", "valid_days": "很多"})
    assert not known.keys() & {"issue_date", "valid_days", "valid_until"}


def test_what_is_not_asked_is_unknown():
    assert "kin_name" not in facts(form={"ability": "自理", "kin_name": "刘建国"})
    assert "tier_typed" not in facts(form={"tier_typed": "不是字段"})


def test_derived_fields_are_not_taken_from_the_form():
    assert facts(form={"tier": "80周岁及以上"})["tier"] == "70-79周岁"


def test_fields_fill_themselves():
    filled = derived_fields(item(), facts())
    assert filled == {
        "age_full": 70,
        "tier": "70-79周岁",
        "amount": "50.00",
        "first_month": "2026-12",
        "next_check": "2027-11-23",
    }


def test_a_field_that_cannot_be_filled_stays_empty():
    filled = derived_fields(item(), facts(person=person(birth=None)))
    assert filled.keys() == {"first_month", "next_check"}


@pytest.mark.parametrize(
    ("asked", "form", "fact", "value"),
    [
        ("child_birth:date", {"child_birth": "2024-11-24"}, "child_age_month", 23),
        ("child_birth:date", {"child_birth": "2027-01-01"}, "child_age_month", None),
        ("arrive_date:date", {"arrive_date": "2026-05-23"}, "reside_months", 6),
        ("evidence_date:date", {"evidence_date": "2024-11-23"}, "evidence_within_months", 24),
        ("issue_month:month", {"issue_date": "2026-11-20", "valid_days": "30"}, "valid_until", "2026-12-20"),
        ("x:int", {"issue_date": "2026-11-20"}, "valid_until", None),
        ("x:int", {"issue_date": "2026-11-20", "valid_days": "999999"}, "valid_until", None),
    ],
)  # fmt: skip
def test_works_out_what_follows_from_the_form(asked, form, fact, value):
    assert facts(asking(asked), form=form).get(fact) == value


def test_shares_by_heads():
    wanted = asking("family_size:int", "income_total:money")
    assert facts(wanted, form={"family_size": 3, "income_total": "1000"})["income_pc"] == "333.33"
    assert "income_pc" not in facts(wanted, form={"family_size": 0, "income_total": "1000"})
    assert "income_pc" not in facts(wanted, form={"income_total": "1000"})


def test_counts_diseases():
    field = FieldDef("diseases", "病种", "choice", choices=item().fields[5].choices, multi=True)
    wanted = replace(item(), fields=(field,))
    assert facts(wanted, form={"diseases": ["自理", "失能"]})["disease_count"] == 2
    assert "disease_count" not in facts(wanted)


def test_a_field_of_that_name_stands_above_what_could_be_worked_out():
    wanted = asking("family_size:int", "income_total:money", "income_pc:money")
    form = {"family_size": 2, "income_total": "1000", "income_pc": "700"}
    assert facts(wanted, form=form)["income_pc"] == "700.00"


def from_register(value: object) -> Item:
    rule = Rule("receiving", "==", value, "hard", "register", "办法", "在发名册内")
    return replace(item(), rules=(rule,))


def test_the_register_speaks_only_for_the_applicant():
    wanted = from_register("MZ-1")
    assert facts(wanted, register={"receiving": ["MZ-1", "MZ-2"]})["receiving"] == ["MZ-1", "MZ-2"]
    assert "receiving" not in facts(wanted, register={"receiving": ["MZ-2"]})
    assert "receiving" not in facts(wanted, register={"receiving": []})


def test_an_answer_stands_above_the_register():
    known = facts(
        from_register("MZ-1"), register={"receiving": ["MZ-1"]}, answers={"receiving": "无"}
    )
    assert known["receiving"] == "无"


def test_a_hidden_answer_does_not_count():
    hidden = FieldDef("extra", "补充", "text", when=parse("alive == false"))
    wanted = replace(item(), questions=(*item().questions, hidden))
    assert "extra" not in facts(wanted, answers={"alive": True, "extra": "有"})
    assert facts(wanted, answers={"alive": False, "extra": "有"})["extra"] == "有"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (70, 70),
        ("自理", "自理"),
        (("自理", "$year"), ("自理", 2026)),
        ("$today", "2026-11-23"),
        ("$today+60d", "2027-01-22"),
        ("$today-3m", "2026-08-23"),
        ("$birth_date", "1956-03-12"),
        ("$year+1d", None),
        ("$nobody", None),
        ("$today+60", None),
        ("$today+9999m+1", None),
        ("$nobody+1d", None),
    ],
)
def test_resolves_variables(value, found):
    assert resolve(value, facts()) == found


def test_counts_months_to_the_end_of_short_ones():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_between(date(2026, 11, 23), date(2026, 11, 22)) == -1


def test_another_countys_word_counts_there():
    other = replace(county(), params={"t70": "60", "county_requires_photo": False})
    known = facts(county=other)
    assert known["monthly_amount"] == "60"
    assert known["county_requires_photo"] is False


def test_what_is_not_known_stands_in_for_nothing():
    fields = (
        FieldDef("decided", "决定日期", "date", stage="review", default="$today"),
        FieldDef("account", "账号", "text", stage="review", default="old_account"),
        FieldDef("typed", "填过的", "text", stage="review", default="old_account"),
        FieldDef("later", "以后的", "date", stage="conclusion", default="$today"),
    )
    found = defaults_at(replace(item(), fields=fields), "review", {}, {"typed": "甲"}, TODAY)
    assert found == {"decided": TODAY.isoformat()}
