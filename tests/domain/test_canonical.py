"""Canonical JSON: one text for one value, by RFC 8785."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.canonical import Written, canonical, read_canonical, written

ascii_keys = st.text(st.characters(max_codepoint=0x7F), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ascii_keys, inner, max_size=4),
    max_leaves=20,
)


def test_the_strings_of_the_rfc():
    """The sample of RFC 8785, 3.2.2 to 3.2.3, without its numbers."""
    sample: dict[str, Any] = {
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    assert canonical(sample) == (
        b'{"literals":[null,true,false],"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, "{}"),
        ([], "[]"),
        ((1, (2,)), "[1,[2]]"),
        ({"b": 1, "a": {"d": 2, "c": 3}}, '{"a":{"c":3,"d":2},"b":1}'),
        ({"B": 1, "a": 2, "1": 3, "": 4}, '{"":4,"1":3,"B":1,"a":2}'),
        ("李𬭎\x7f\u2028\x00\b\f\t\r", '"李𬭎\x7f\u2028\\u0000\\b\\f\\t\\r"'),
        (-0, "0"),
        (10**15, "1000000000000000"),
    ],
)
def test_the_form_of_values(value, text):
    assert canonical(value) == text.encode()


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        [0, [1.5]],
        {"a": {"b": 2.5}},
        {1: "a"},
        {"键": 1},
        b"bytes",
        {1},
        Decimal(1),
    ],
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_half_of_a_character_is_refused():
    with pytest.raises(UnicodeEncodeError):
        canonical("\ud800")


@given(values)
def test_reads_back_to_the_same_value(value):
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(ascii_keys, values, max_size=6), st.randoms())
def test_the_order_of_keys_does_not_matter(value, random):
    shuffled = list(value.items())
    random.shuffle(shuffled)
    assert canonical(dict(shuffled)) == canonical(value)


@given(st.dictionaries(ascii_keys, values, max_size=4))
def test_a_written_object_has_its_text_with_it(value):
    made = written(value)
    assert made == value
    assert made.text == Written(value, made.text).text
    assert written(made) is made
    assert made.text.encode("utf-8", "surrogatepass") == json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8", "surrogatepass")


def test_what_has_no_canonical_form_is_not_written():
    value: Any = {"a": {"b": 2.5}}
    with pytest.raises(TypeError):
        written(value)


@given(values)
def test_a_canonical_text_reads_back_to_its_value(value):
    assert read_canonical(canonical(value).decode()) == value


@pytest.mark.parametrize(
    "text",
    [
        *('{"a":1.5}', '{"a":1e3}', '{"a":NaN}', '{"a":1,"a":1}', '{"b":1,"a":1}', '{"a":01}'),
        *('{"键":1}', '{"a":{"键":1}}', "[1, 2]", '"\\u0041"', '{"a":-0}', "[" * 100_000, ""),
    ],
)
def test_a_text_that_is_not_canonical_is_not_read(text):
    with pytest.raises(ValueError):  # noqa: PT011
        read_canonical(text)
