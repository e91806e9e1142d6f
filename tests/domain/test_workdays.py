"""Workdays by the shipped holiday tables."""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.workdays import HolidayTable, read_holidays

HOLIDAYS = Path(__file__).parents[2] / "resources" / "holidays"
FIRST, LAST = date(2023, 1, 1), date(2026, 12, 31)
ONE_DAY = timedelta(days=1)

days = st.dates(date(2022, 6, 1), date(2028, 6, 1))


@pytest.fixture(scope="module")
def table() -> HolidayTable:
    return read_holidays({f.name: f.read_bytes() for f in HOLIDAYS.glob("*.json")})


def year_file(year: object = 2027, *entries: tuple[str, object]) -> bytes:
    listed = [{"date": day, "name": "元旦", "off": off} for day, off in entries]
    return json.dumps({"year": year, "source": "通知", "days": listed}).encode()


def test_every_day_agrees_with_an_independent_library(table):
    day, wrong = FIRST, []
    while day <= LAST:
        if chinese_calendar.is_workday(day) != table.is_workday(day):
            wrong.append(day)
        day += ONE_DAY
    assert wrong == []


def test_a_listed_workday_is_a_weekend_day(table):
    made_up = [day for day, (kind, _) in table.days.items() if kind == "work"]
    assert len(made_up) == 7 + 8 + 5 + 6
    assert [day for day in made_up if day.weekday() < 5] == []


@pytest.mark.parametrize(
    ("day", "why", "works"),
    [
        (date(2026, 10, 1), "国庆节", False),
        (date(2026, 10, 10), "调休上班", True),
        (date(2026, 11, 21), "周末", False),
        (date(2026, 11, 23), "工作日", True),
        (date(2022, 12, 31), "元旦", False),
        (date(2025, 10, 6), "国庆节、中秋节", False),
        (date(2027, 10, 1), "工作日", True),
    ],
)
def test_says_why(table, day, why, works):
    assert (table.why(day), table.is_workday(day)) == (why, works)


def test_covers_the_years_it_has_notices_for(table):
    assert table.covers(FIRST)
    assert table.covers(LAST)
    assert not table.covers(LAST + ONE_DAY)
    assert not table.covers(date(2022, 12, 31))


@given(after=days, length=st.integers(-5, 800))
def test_counts_workdays_between_two_days(table, after, length):
    until = after + timedelta(days=length)
    one_by_one = sum(table.is_workday(after + timedelta(days=i)) for i in range(1, length + 1))
    assert table.workdays_between(after, until) == one_by_one


def test_takes_a_new_year_with_the_days_before_it():
    table = read_holidays(
        {"2027.json": year_file(2027, ("2026-12-31", True), ("2027-01-03", False))}
    )
    assert table.why(date(2026, 12, 31)) == "元旦"
    assert table.is_workday(date(2027, 1, 3))
    assert table.years == {2027}


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 100_000,
        year_file("2027"),
        year_file(True),
        year_file(2027, ("2027-02-30", True)),
        year_file(2027, ("2027-01-01", "yes")),
        year_file(2027, ("2028-01-01", True)),
        year_file(2027, ("2027-01-01", True), ("2027-01-01", False)),
    ],
)
def test_a_wrong_file_is_refused_by_name(source):
    with pytest.raises(ValueError, match=r"^wrong\.json: "):
        read_holidays({"wrong.json": source})


def test_two_files_of_one_year_are_refused():
    with pytest.raises(ValueError, match="given twice"):
        read_holidays({"a.json": year_file(), "b.json": year_file()})


def test_a_table_is_vouched_for_until_a_day(table):
    known = table.until(date(2026, 6, 30))
    assert known.covers(date(2026, 6, 30))
    assert not known.covers(date(2026, 7, 1))
    assert known.is_workday(date(2026, 10, 1)) is table.is_workday(date(2026, 10, 1))


def test_a_newer_table_fills_what_this_one_does_not_cover(table):
    """What this one promised stays; the days behind it are the newer one's."""
    half = table.until(date(2026, 6, 30))
    early, late = date(2026, 5, 20), date(2026, 10, 9)
    newer = HolidayTable(
        {early: ("rest", "新"), late: ("rest", "新"), date(2027, 1, 4): ("rest", "元旦")},
        frozenset({2026, 2027}),
    )
    both = half.completed_by(newer)
    assert [both.is_workday(day) for day in (early, late)] == [True, False]
    assert not both.is_workday(date(2027, 1, 4))
    assert both.covers(date(2026, 12, 1))
    assert both.covers(date(2027, 12, 31))
