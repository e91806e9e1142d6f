"""A form as a whole."""

from desk.domain.conditions import parse
from desk.domain.fields import Choice, FieldDef
from desk.domain.forms import check_form, visible

KIND = FieldDef(
    "kind",
    "类别",
    "choice",
    required=True,
    choices=(Choice("急难", "急难"), Choice("刚性", "刚性")),
)
BILL = FieldDef("bill", "票据金额", "money", required=True, when=parse("kind == '刚性'"))
NOTE = FieldDef("note", "备注", "note", max_length=10)
TIER = FieldDef("tier", "档次", "text", required=True, derive="tier")
WILLING = FieldDef("willing", "愿意", "bool", required=True)
FORM = (KIND, BILL, NOTE, TIER, WILLING)


def told(problems) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in problems]


def test_a_field_is_asked_when_its_condition_holds():
    assert visible(FORM, {"kind": "刚性"}) == FORM
    assert BILL not in visible(FORM, {"kind": "急难"})
    assert BILL not in visible(FORM, {})


def test_tells_everything_at_once_in_the_order_of_the_fields():
    values, problems = check_form(FORM, {"kind": "刚性", "bill": "很多", "note": "字" * 11}, {})
    assert told(problems) == [("bill", "not_money"), ("note", "too_long"), ("willing", "required")]
    assert problems[-1].facts == {"kind": "bool"}
    assert values == {"kind": "刚性", "bill": "很多", "note": "字" * 11, "willing": None}


def test_no_is_an_answer():
    _, problems = check_form((WILLING,), {"willing": False}, {})
    assert problems == ()


def test_what_is_no_longer_asked_is_dropped():
    values, problems = check_form(FORM, {"kind": "急难", "bill": "乱写", "willing": "是"}, {})
    assert problems == ()
    assert values == {"kind": "急难", "note": None, "willing": True}


def test_a_value_counts_for_the_fields_after_it_against_older_facts():
    values, _ = check_form((KIND, BILL), {"kind": "刚性", "bill": "50"}, {"kind": "急难"})
    assert values["bill"] == "50.00"


def test_derived_fields_are_not_typed():
    values, problems = check_form((TIER,), {"tier": "自己写的"}, {})
    assert (values, problems) == ({}, ())
