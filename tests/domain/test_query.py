"""What the search box makes of what is typed into it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.numbering import Number
from desk.domain.query import LONGEST_QUERY, Query, Word, folded, parse_query

NUMBER = Number("SL", "610422001001", 2, date(2026, 11, 23), 7)


def words(text: str) -> list[tuple[str, str]]:
    return [(word.kind, word.text) for word in parse_query(text).words]


@pytest.mark.parametrize(
    ("text", "kind", "read"),
    [
        ("1123-0007", "short", "1123-0007"),
        ("1123-7", "short", "1123-0007"),
        ("１１２３－０００７", "short", "1123-0007"),
        ("1323-0007", "digits", "1323-0007"),
        ("1234", "digits", "1234"),
        ("002X", "digits", "002x"),
        ("3-2-501", "digits", "3-2-501"),
        ("3–2—501", "digits", "3-2-501"),
        ("11010519491231002X", "digits", "11010519491231002x"),
        ("110105-19491231-002X", "digits", "11010519491231002x"),
        ("138-1234-5678", "digits", "13812345678"),
        ("ZJG", "latin", "zjg"),
        ("ｇｌｂｔ", "latin", "glbt"),
        ("lü", "latin", "lv"),
        ("xi'an", "latin", "xian"),
        ("张建国", "text", "张建国"),
        ("李𬭎", "text", "李𬭎"),
        ("李\U00020164\U000e0100", "text", "李\U00020164"),
        ("马依努尔·艾力", "text", "马依努尔艾力"),
        ("E12345678", "text", "e12345678"),
        ("65岁以上", "text", "65岁以上"),
        ("\u202e张\u0000三\u200b", "text", "张三"),
        ("\U00031350", "text", "\U00031350"),
    ],
)
def test_one_word_and_its_kind(text, kind, read):
    assert words(text) == [(kind, read)]


def test_case_numbers_in_every_form():
    spaced = NUMBER.full.replace("-", " ")
    for text in (
        NUMBER.full,
        NUMBER.compact,
        NUMBER.full.lower(),
        f"  {NUMBER.compact}\r\n",
        spaced,
    ):
        assert parse_query(text) == Query((Word("number", NUMBER.full),))


@pytest.mark.parametrize("text", ["SL 1123-0007", "sl-1123-7", "sl1123-0007", "ＳＬ　1123－0007"])
def test_a_short_form_with_its_series_is_one_word(text):
    short = Word("short", "1123-0007", "SL")
    assert parse_query(text) == Query((short,))
    assert parse_query(f"张三 {text}") == Query((Word("text", "张三"), short))


def test_letters_before_other_digits_stay_a_name():
    assert words("sl 1323-0007") == [("latin", "sl"), ("digits", "1323-0007")]
    assert words("zs 1123-0007") == [("latin", "zs"), ("short", "1123-0007")]


def test_a_case_number_among_other_words():
    assert words(f"张三 {NUMBER.compact}") == [("text", "张三"), ("number", NUMBER.full)]


def test_a_mistyped_case_number_is_told():
    wrong = NUMBER.full[:-1] + ("A" if NUMBER.full[-1] != "A" else "B")
    query = parse_query(wrong)
    assert query.mistyped
    assert [word.kind for word in query.words] == ["text"]
    assert not parse_query(NUMBER.full).mistyped
    assert not parse_query("SL-610422001001").mistyped


def test_blanks_part_words():
    assert words(" 张三\t1234\u3000zs ") == [("text", "张三"), ("digits", "1234"), ("latin", "zs")]
    assert words("") == words(" \u3000\n\u200b") == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("138 1234 5678", "13812345678"),
        ("110105 19491231 002X", "11010519491231002x"),
        ("110105 491231 002", "110105491231002"),
    ],
)
def test_groups_of_one_number_are_joined(text, whole):
    assert words(text) == [("digits", whole)]


def test_other_digits_are_not_joined():
    assert words("1234 501") == [("digits", "1234"), ("digits", "501")]


@pytest.mark.parametrize(
    "text", ["张" * 200_000, "1" * 200_000, "\x00" * 200_000, "\ufdfa" * 200_000]
)
def test_a_pasted_book_is_cut(text):
    assert len(folded(text)) <= LONGEST_QUERY
    assert len(parse_query(text).words) <= LONGEST_QUERY


@given(st.text(max_size=150))
def test_any_text_is_read_the_same_when_read_again(text):
    once = folded(text)
    assert folded(once) == once
    assert all(word.text and " " not in word.text for word in parse_query(text).words)
    kept = [word for word in parse_query(text).words if word.kind != "number"]
    assert all(word.text == word.text.lower() for word in kept)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 9999))
def test_every_short_form_is_known(day, serial):
    short = Number("SJ", "610422001001", 1, day, serial).short
    assert words(short) == [("short", short)]
