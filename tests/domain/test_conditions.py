"""The when language: what it understands, what it refuses, and how it lives with the unknown."""

import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.conditions import MAX_DEPTH, MAX_LENGTH, compare, parse


@pytest.mark.parametrize(
    ("text", "facts", "answer"),
    [
        ("is_proxy", {"is_proxy": True}, True),
        ("is_proxy", {"is_proxy": False}, False),
        ("is_proxy", {}, None),
        ("is_proxy", {"is_proxy": None}, None),
        ("hardship", {"hardship": "火灾"}, True),
        ("hardship", {"hardship": ""}, False),
        ("not is_proxy", {"is_proxy": False}, True),
        ("not is_proxy", {}, None),
        ("kind == '住院'", {"kind": "住院"}, True),
        ('kind == "住院"', {"kind": "门诊"}, False),
        ("kind != '住院'", {"kind": "门诊"}, True),
        ("kind in ['残疾', '低保']", {"kind": "低保"}, True),
        ("kind in ['残疾', '低保']", {"kind": "其他"}, False),
        ("age >= 70", {"age": 70}, True),
        ("age > 70", {"age": 70}, False),
        ("age <= 6", {"age": 7}, False),
        ("debt < -1", {"debt": -2}, True),
        ("married == true", {"married": True}, True),
        ("married == false", {"married": True}, False),
        ("a and not (b or c)", {"a": True, "b": False, "c": False}, True),
        ("not a and b", {"a": False, "b": True}, True),
        ("a or b and c", {"a": True}, True),
        ("'and' in ['x'] ".replace("'and' in", "word in"), {"word": "x"}, True),
        ("word == 'and'", {"word": "and"}, True),
    ],
)
def test_answers(text, facts, answer):
    assert parse(text).holds(facts) is answer


@pytest.mark.parametrize(
    ("text", "facts", "answer"),
    [
        ("a and b", {"a": False}, False),
        ("a and b", {"a": True}, None),
        ("a or b", {"a": True}, True),
        ("a or b", {"a": False}, None),
        ("not (a and b)", {"b": False}, True),
        ("a == 'x' or b > 3", {"b": 4}, True),
    ],
)
def test_an_unknown_fact_matters_only_where_it_decides(text, facts, answer):
    assert parse(text).holds(facts) is answer


def test_names_what_it_needs():
    condition = parse("is_proxy and (relation == '监护人' or not age in [1, 2])")
    assert condition.names() == {"is_proxy", "relation", "age"}
    assert condition.literals() == {("relation", "监护人"), ("age", 1), ("age", 2)}
    assert condition.text.startswith("is_proxy")


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("", "第 1 个字符"),
        ("a b", "第 3 个字符（b）"),
        ("a ==", "末尾"),
        ("a == 1.5", "第 6 个字符"),
        ("a == b", "第 6 个字符（b）"),
        ("a in 'x'", "第 6 个字符"),
        ("a in []", "第 7 个字符"),
        ("a in ['x'", "末尾"),
        ("(a", "末尾"),
        ("a and", "末尾"),
        ("and", "第 1 个字符（and）"),
        ("'x' == a", "第 1 个字符"),
        ("a = 1", "第 3 个字符（=）"),
        ("a ＝ 1", "第 3 个字符（＝）"),
        ("__import__('os')", "第 11 个字符（(）"),
    ],
)
def test_names_the_spot_it_cannot_read(text, spot):
    with pytest.raises(ValueError, match=re.escape(spot)):
        parse(text)


@pytest.mark.parametrize("text", ["(" * 200 + "a" + ")" * 200, "not " * 100 + "a", "a" * 501])
def test_refuses_what_is_out_of_all_measure(text):
    with pytest.raises(ValueError, match=rf"{MAX_DEPTH} 层|{MAX_LENGTH} 个字符"):
        parse(text)


@given(st.text(max_size=60) | st.text("ab ()[]'and or not in==<>1", max_size=40))
def test_any_text_is_read_or_refused_in_words(text):
    said = ""
    try:
        parse(text).holds({})
    except ValueError as error:
        said = str(error)
    assert said == "" or said.startswith("第")


@given(
    st.recursive(
        st.sampled_from(["a", "b", "c"]),
        lambda inner: st.one_of(
            st.tuples(st.sampled_from(["and", "or"]), inner, inner).map(
                lambda t: f"({t[1]} {t[0]} {t[2]})"
            ),
            inner.map(lambda part: f"not ({part})"),
        ),
        max_leaves=6,
    ),
    st.dictionaries(st.sampled_from("abc"), st.booleans()),
)
def test_an_answer_never_changes_when_more_becomes_known(text, known):
    answer = parse(text).holds(known)
    for rest in (True, False):
        later = parse(text).holds({"a": rest, "b": rest, "c": rest} | known)
        assert later is not None
        assert answer is None or answer is later


@pytest.mark.parametrize(
    ("known", "op", "value", "answer"),
    [
        ("450.00", "<", "1000", True),
        ("450.00", "<", 1000, True),
        (10, ">", "9", True),
        ("01", "==", "1", False),
        ("2026-11", ">=", "2026-09", True),
        (date(2026, 11, 23), "<=", "2026-11-23", True),
        (True, "==", 1, False),
        (True, "!=", False, True),
        (True, ">", False, None),
        ("是", "==", True, False),
        ("三级", ">=", 2, None),
        ("三级", "==", 2, False),
        ("三级", "!=", 2, True),
        (["D01", "D02"], "==", "D02", True),
        (["D01", "D02"], "!=", "D02", False),
        (["D01"], "in", ["D01", "D03"], True),
        ([], "==", "D01", False),
        ("x", "in", "x", True),
        (None, "==", None, None),
        (3, "==", None, None),
    ],
)
def test_compares_what_fields_hold_with_what_the_catalogue_says(known, op, value, answer):
    assert compare(known, op, value) is answer


def test_a_long_condition_reads_fast():
    text = " or ".join(f"f{n} == {n}" for n in range(40))[:MAX_LENGTH].rsplit(" or ", 1)[0]
    start = time.process_time()
    parse(text)
    assert time.process_time() - start < 1
