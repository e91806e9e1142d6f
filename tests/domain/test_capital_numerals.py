"""Capital numerals in one house style, and never two numbers alike."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.capital_numerals import capital_days, capital_parts

VALUE = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")}


def read_days(words: str) -> int:
    """The count back from its words, read as one reads them aloud."""
    parts = re.fullmatch(r"(?:(.)佰)?零?(?:(.)拾)?(.)?", words)
    assert parts
    hundreds, tens, ones = (VALUE[word] if word else 0 for word in parts.groups())
    return 100 * hundreds + 10 * tens + ones


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "壹"),
        (10, "壹拾"),
        (11, "壹拾壹"),
        (20, "贰拾"),
        (30, "叁拾"),
        (90, "玖拾"),
        (100, "壹佰"),
        (105, "壹佰零伍"),
        (115, "壹佰壹拾伍"),
        (999, "玖佰玖拾玖"),
    ],
)
def test_days(days, words):
    assert capital_days(days) == words


@given(st.integers(1, 999))
def test_days_read_back(days):
    assert read_days(capital_days(days)) == days


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_months_read_back(year, month):
    head, number = capital_parts(f"{year:04d}-{month:02d}")
    assert "".join(str(VALUE[word]) for word in head) == str(year)
    assert read_days(number) == month


def test_month_in_the_house_style():
    assert capital_parts("2026-11") == ("贰零贰陆", "壹拾壹")
    assert capital_parts("2030-01") == ("贰零叁零", "壹")


@pytest.mark.parametrize(
    "typed", ["", "2026", "2026-13", "2026-00", "2026-1", "26-01", "二〇二六-11"]
)
def test_what_is_no_month(typed):
    with pytest.raises(ValueError, match="month"):
        capital_parts(typed)


@pytest.mark.parametrize("days", [0, -1, 1000])
def test_what_is_no_count(days):
    with pytest.raises(ValueError, match="days"):
        capital_days(days)
