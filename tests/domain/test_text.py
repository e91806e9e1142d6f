"""Text as it is kept, whatever is pasted into a field."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.text import clean_text, half_width


@pytest.mark.parametrize(
    ("typed", "kept", "stripped"),
    [
        ("刘桂兰", "刘桂兰", False),
        ("e\u0301", "é", False),
        ("a\x00b", "ab", True),
        ("a\x1b[31m", "a[31m", True),
        ("a\x7f\x85b", "ab", True),
        ("一\r\n二\r三", "一\n二\n三", False),
        ("一\t二", "一 二", False),
        ("\ud800坏", "坏", True),
        ("\u202e反\u2066写\u2069", "\u202e反\u2066写\u2069", False),
        ("𠅤䶮㛃", "𠅤䶮㛃", False),
        ("葛\U000e0100", "葛\U000e0100", False),
    ],
)
def test_keeps_what_was_meant(typed, kept, stripped):
    assert clean_text(typed) == (kept, stripped)


@given(st.text(max_size=200))
def test_cleaning_again_changes_nothing(typed):
    once, _ = clean_text(typed)
    assert clean_text(once) == (once, False)
    once.encode()


def test_full_width_becomes_half_width():
    assert half_width("６１０４２２Ｘ，　ａ") == "610422X, a"
    assert half_width("plain") == "plain"
    assert half_width("张三·李") == "张三·李"


@pytest.mark.parametrize(
    "typed", ["\x00" * 200_000, "王" * 200_000, "e\u0301\u0323" * 66_000, "\u0301\u0323" * 100_000]
)
def test_a_hostile_text_is_done_with_in_no_time(typed):
    start = time.process_time()
    clean_text(typed)
    assert time.process_time() - start < 5
