"""Case numbers: forms, reading back, and what the check character promises."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from desk.domain.numbering import (
    MAX_SERIAL,
    SERIES,
    Number,
    ShortNumber,
    check_char,
    parse,
    parse_short,
    spoken,
)

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBER = Number("SL", "610422001001", 2, date(2026, 11, 23), 7)

numbers = st.builds(
    Number,
    series=st.sampled_from(SERIES),
    community=st.text("0123456789", min_size=12, max_size=12),
    window=st.integers(1, 99),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    serial=st.integers(1, MAX_SERIAL),
)


def test_its_three_forms():
    check = mod_37_36.calc_check_digit("SL61042200100102202611230007")
    assert NUMBER.full == f"SL-610422001001-02-20261123-0007-{check}"
    assert NUMBER.compact == f"SL61042200100102202611230007{check}"
    assert NUMBER.short == "1123-0007"


@given(numbers)
def test_comes_back_from_every_form(number):
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in number.full)
    for text in (number.full, number.compact, number.full.lower(), full_width):
        assert parse(text) == number
    assert parse(f" {number.full} \r\n") == number


@given(numbers)
def test_check_character_agrees_with_an_independent_library(number):
    assert mod_37_36.validate(number.compact) == number.compact


@given(numbers, st.data())
def test_any_single_wrong_character_is_noticed(number, data):
    good = number.compact
    place = data.draw(st.integers(0, len(good) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(good[place], "")))
    with pytest.raises(ValueError, match=r"check character|not a case number"):
        parse(good[:place] + wrong + good[place + 1 :])


def test_exactly_these_swaps_go_unnoticed():
    """All remainders (one letter before reaches each of the 36) with all pairs of characters."""
    unnoticed = [
        (before, first, second)
        for before in ALPHABET
        for i, first in enumerate(ALPHABET)
        for second in ALPHABET[i + 1 :]
        if check_char(before + first + second) == check_char(before + second + first)
    ]
    pairs = sorted((first, second) for _, first, second in unnoticed)
    following = [*pairwise(ALPHABET), ("0", "Z")]
    assert pairs == sorted(following)


def test_of_swaps_with_the_check_character_only_0_and_1_go_unnoticed():
    unnoticed = set()
    for before in ALPHABET:
        for last in ALPHABET:
            check = check_char(before + last)
            if check != last and check_char(before + check) == last:
                unnoticed.add(frozenset((last, check)))
    assert unnoticed == {frozenset("01")}


@given(numbers, st.data())
def test_a_swap_of_neighbours_is_noticed_unless_they_follow_one_another(number, data):
    good = number.compact
    place = data.draw(st.integers(0, len(good) - 2))
    first, second = good[place], good[place + 1]
    apart = abs(ALPHABET.index(first) - ALPHABET.index(second))
    assume(apart not in (0, 1, 35))
    with pytest.raises(ValueError, match=r"check character|not a case number"):
        parse(good[:place] + second + first + good[place + 2 :])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1123-0007",
        "SL610422001001",
        "SL-61042200100A-02-20261123-0007-K",
        NUMBER.compact + "0",
        "S" * 200_000,
    ],
)
def test_other_text_is_no_number(text):
    with pytest.raises(ValueError, match="not a case number"):
        parse(text)


@pytest.mark.parametrize("body", ["XX61042200100102202611230007", "SL61042200100100202611230007"])
def test_a_right_check_character_does_not_excuse_a_wrong_part(body):
    with pytest.raises(ValueError, match=r"series|windows"):
        parse(body + check_char(body))


def test_a_day_that_is_none_is_no_number():
    body = "SL61042200100102202602300007"
    with pytest.raises(ValueError, match="day"):
        parse(body + check_char(body))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("series", "AB"),
        ("community", "61042200100"),
        ("community", "６１０４２２００１００１"),
        ("window", 0),
        ("window", 100),
        ("serial", 0),
        ("serial", 10_000),
    ],
)
def test_parts_stay_in_their_range(part, value):
    parts: dict[str, Any] = {
        "series": "SJ",
        "community": "610422001001",
        "window": 1,
        "day": date(2026, 11, 23),
        "serial": 1,
    }
    assert Number(**parts).series == "SJ"
    with pytest.raises(ValueError, match=r"not|unknown"):
        Number(**(parts | {part: value}))


def test_numbers_of_one_window_sort_by_day_and_serial():
    days = [date(2026, 9, 30), date(2026, 11, 2), date(2026, 11, 23)]
    made = [Number("SL", "610422001001", 2, d, s).compact for d in days for s in (1, 10, 9999)]
    assert made == sorted(made)


@pytest.mark.parametrize("text", ["1123-0007", "1123-7", " 1123-0007 "])
def test_the_short_form_is_read(text):
    assert parse_short(text) == ShortNumber(11, 23, 7)


@pytest.mark.parametrize("text", ["SL 1123-0007", "sl1123-7", "SL-1123-0007"])
def test_the_short_form_is_read_with_its_series(text):
    assert parse_short(text) == ShortNumber(11, 23, 7, "SL")


def test_only_the_receipt_of_papers_goes_without_its_series():
    assert spoken("1123-0007", "SJ") == "1123-0007"
    assert spoken("1123-0007", "SL") == "SL 1123-0007"
    assert spoken("", "SL") == ""


@pytest.mark.parametrize(
    "text",
    ["", "11230007", "1323-0007", "0230-0001", "1123-0000", "1123-00071", "XX 1123-0007", "SL"],
)
def test_other_text_is_no_short_form(text):
    with pytest.raises(ValueError, match=r"short|month|day|serial"):
        parse_short(text)


def test_a_leap_day_has_a_short_form():
    assert parse_short("0229-0001") == ShortNumber(2, 29, 1)
