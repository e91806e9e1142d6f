"""Due dates: the counting rules, the days they show, alerts and what survives an event."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.canonical import canonical
from desk.domain.deadlines import ESTIMATED, DueDate, Limit, Pause, alert, due, explain
from desk.domain.workdays import HolidayTable, read_holidays

HOLIDAYS = Path(__file__).parents[2] / "resources" / "holidays"
TABLE = read_holidays({f.name: f.read_bytes() for f in HOLIDAYS.glob("*.json")})
MONDAY = date(2026, 11, 23)


def day(text: str) -> date:
    return date.fromisoformat(text)


def working(n: int) -> Limit:
    return Limit(n, "working_day")


def on(start: date, limit: Limit, *pauses: Pause) -> date:
    found = due(start, limit, TABLE, pauses).on
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("unit", "start", "n", "expected"),
    [
        ("working_day", "2026-09-18", 5, "2026-09-24"),
        ("working_day", "2026-09-30", 7, "2026-10-15"),
        ("working_day", "2026-02-13", 3, "2026-02-25"),
        ("working_day", "2026-04-30", 5, "2026-05-11"),
        ("working_day", "2026-01-02", 1, "2026-01-04"),
        ("working_day", "2025-01-26", 5, "2025-02-08"),
        ("working_day", "2024-09-14", 2, "2024-09-19"),
        ("working_day", "2023-06-21", 5, "2023-06-29"),
        ("calendar_day", "2026-06-09", 10, "2026-06-22"),
        ("calendar_day", "2026-09-01", 30, "2026-10-08"),
        ("calendar_day", "2026-04-24", 10, "2026-05-06"),
        ("month", "2026-01-31", 1, "2026-02-28"),
        ("month", "2026-08-31", 1, "2026-09-30"),
        ("month", "2026-09-01", 1, "2026-10-08"),
        ("calendar_day", "2026-11-22", 90, "2027-02-22"),
    ],
)
def test_computed_vectors(unit, start, n, expected):
    found = due(day(start), Limit(n, unit), TABLE)
    assert found.on == day(expected)
    assert found.provisional == (day(expected).year == 2027)


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-10-31", 4, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-11-30", 1, "2025-12-30"),
    ],
)
def test_months_end_on_the_same_day_number_or_the_last(start, n, expected):
    assert on(day(start), Limit(n, "month")) == day(expected)


def test_nothing_is_counted_for_on_the_spot():
    found = due(MONDAY, working(0), TABLE)
    assert (found.on, found.provisional, explain(found)) == (MONDAY, False, ())


def test_a_negative_limit_is_refused():
    with pytest.raises(ValueError, match="negative"):
        working(-1)


def test_a_calendar_limit_over_new_year_is_sure_when_its_end_is_known():
    assert not due(day("2025-12-20"), Limit(20, "calendar_day"), TABLE).provisional


def test_a_working_limit_is_provisional_once_it_counts_an_unknown_year():
    inside = due(day("2026-12-24"), working(5), TABLE)
    beyond = due(day("2026-12-24"), working(6), TABLE)
    assert (inside.on, inside.provisional) == (day("2026-12-31"), False)
    assert (beyond.on, beyond.provisional) == (day("2027-01-01"), True)
    assert beyond.days[-1].note == ESTIMATED


def test_every_day_says_what_it_was():
    shown = [
        (f"{d.day:%m-%d}", d.kind, d.number, d.note)
        for d in due(day("2026-09-30"), working(2), TABLE).days
    ]
    assert shown == [
        ("09-30", "start", 0, "当日不计"),
        *((f"10-0{i}", "holiday", 0, "国庆节") for i in range(1, 8)),
        ("10-08", "counted", 1, ""),
        ("10-09", "counted", 2, ""),
    ]
    roles = [(d.kind, d.number, d.note) for d in due(day("2026-10-09"), working(2), TABLE).days[1:]]
    assert roles == [
        ("makeup", 1, "调休上班"),
        ("weekend", 0, "周末"),
        ("counted", 2, ""),
    ]


def test_a_shifted_end_shows_why():
    shown = [
        (f"{d.day:%m-%d}", d.kind, d.number, d.note)
        for d in due(day("2026-06-17"), Limit(3, "calendar_day"), TABLE).days
    ]
    assert shown[1:] == [
        ("06-18", "counted", 1, ""),
        ("06-19", "counted", 2, ""),
        ("06-20", "counted", 3, "端午节"),
        ("06-21", "shifted", 0, "端午节"),
        ("06-22", "shifted", 0, "顺延到此日"),
    ]


def test_paused_workdays_are_skipped():
    pause = Pause(day("2026-11-25"), day("2026-11-30"), "评残鉴定")
    found = due(MONDAY, working(5), TABLE, (pause,))
    assert found.on == day("2026-12-04")
    assert [d.note for d in found.days if d.kind == "paused"] == ["暂停：评残鉴定"] * 6


def test_paused_calendar_days_are_added():
    pause = Pause(day("2026-11-25"), day("2026-11-30"), "核对")
    assert on(MONDAY, Limit(10, "calendar_day")) == day("2026-12-03")
    assert on(MONDAY, Limit(10, "calendar_day"), pause) == day("2026-12-09")
    assert on(MONDAY, Limit(1, "month"), pause) == day("2026-12-29")


def test_no_limit_ends_on_a_paused_day():
    """The end falls on a Saturday, and the Monday it would move to is paused."""
    pause = Pause(day("2026-11-30"), day("2026-12-01"), "听证")
    assert on(MONDAY, Limit(5, "calendar_day"), pause) == day("2026-12-02")


def test_there_is_no_due_date_while_paused():
    found = due(MONDAY, working(5), TABLE, (Pause(day("2026-11-26"), None, "专家评审"),))
    assert (found.on, found.provisional) == (None, False)
    assert [d.number for d in found.days] == [0, 1, 2, 0]
    assert explain(found)[-1].note == "暂停：专家评审"


def test_a_pause_that_begins_after_the_end_changes_nothing():
    later = Pause(day("2026-12-01"), None, "听证")
    assert due(MONDAY, working(5), TABLE, (later,)) == due(MONDAY, working(5), TABLE)


def test_a_pause_resumed_on_its_first_day_pauses_nothing():
    same_day = Pause(day("2026-11-25"), day("2026-11-24"), "误点")
    assert due(MONDAY, working(5), TABLE, (same_day,)) == due(MONDAY, working(5), TABLE)


def test_the_panel_of_the_case_list():
    ranges = explain(due(MONDAY, working(15), TABLE))
    assert [
        (f"{r.first:%m-%d}", f"{r.last:%m-%d}", r.first_number, r.last_number) for r in ranges
    ] == [
        ("11-24", "11-27", 1, 4),
        ("11-28", "11-29", 0, 0),
        ("11-30", "12-04", 5, 9),
        ("12-05", "12-06", 0, 0),
        ("12-07", "12-11", 10, 14),
        ("12-12", "12-13", 0, 0),
        ("12-14", "12-14", 15, 15),
    ]


starts = st.dates(date(2022, 12, 1), date(2027, 3, 1))
limits = st.one_of(
    st.builds(Limit, st.integers(0, 60), st.sampled_from(["working_day", "calendar_day"])),
    st.builds(Limit, st.integers(0, 14), st.just("month")),
)


@st.composite
def paused(draw, start: date, *, open_end: bool = True) -> tuple[Pause, ...]:
    def one() -> Pause:
        first = start + timedelta(days=draw(st.integers(-3, 60)))
        last = first + timedelta(days=draw(st.integers(-1, 15)))
        return Pause(first, last, draw(st.sampled_from(["鉴定", "听证"])))

    made = [one() for _ in range(draw(st.integers(0, 3)))]
    if open_end and draw(st.booleans()):
        made.append(Pause(start + timedelta(days=draw(st.integers(0, 60))), None, "评审"))
    return tuple(made)


@given(starts, limits)
def test_one_more_is_never_earlier(start, limit):
    assert on(start, Limit(limit.n + 1, limit.unit)) >= on(start, limit)


@given(starts, limits, st.data())
def test_what_holds_for_every_count(start, limit, data):
    pauses = data.draw(paused(start, open_end=False))
    found = due(start, limit, TABLE, pauses)
    counted = [d for d in found.days if d.number]
    assert [d.number for d in counted] == list(range(1, len(counted) + 1))
    assert not any(p.holds(d.day) for d in counted for p in pauses)
    assert [d.day for d in found.days] == [
        start + timedelta(days=i) for i in range(len(found.days))
    ]
    assert found.on == found.days[-1].day
    if limit.unit != "month":
        assert len(counted) == limit.n
    if limit.n:
        assert TABLE.is_workday(found.on)
        assert not any(p.holds(found.on) for p in pauses)
    if limit.unit == "working_day":
        assert all(TABLE.is_workday(d.day) for d in counted)


@given(starts, limits, st.data())
def test_pauses_never_make_it_earlier(start, limit, data):
    pauses = data.draw(paused(start, open_end=False))
    assert on(start, limit, *pauses) >= on(start, limit)


@given(starts, limits, st.data())
def test_comes_back_from_an_event(start, limit, data):
    found = due(start, limit, TABLE, data.draw(paused(start)))
    assert DueDate.from_dict(json.loads(canonical(found.to_dict()))) == found


@given(starts, limits, st.data())
def test_ranges_tell_the_same_as_the_days(start, limit, data):
    found = due(start, limit, TABLE, data.draw(paused(start)))
    ranges = explain(found)
    assert sum((r.last - r.first).days + 1 for r in ranges) == len(found.days) - 1
    if ranges and found.on:
        assert (ranges[-1].first, ranges[-1].last) == (found.on, found.on)


@given(starts, st.integers(1, 60))
def test_without_notices_a_week_has_five_workdays(start, n):
    bare = HolidayTable({}, frozenset())
    found = due(start, working(n), bare)
    assert found.provisional
    assert found.on is not None
    assert bare.workdays_between(start, found.on) == n


@pytest.mark.parametrize(
    ("n", "left", "level", "text"),
    [
        (15, 4, "green", "剩 4 天"),
        (15, 3, "yellow", "剩 3 天"),
        (15, 2, "yellow", "剩 2 天"),
        (15, 1, "red", "剩 1 天"),
        (15, 0, "red", "今天到期"),
        (5, 2, "green", "剩 2 天"),
        (5, 1, "yellow", "剩 1 天"),
        (5, 0, "red", "今天到期"),
        (2, 1, "green", "剩 1 天"),
        (2, 0, "yellow", "今天到期"),
    ],
)
@pytest.mark.parametrize("unit", ["working_day", "calendar_day"])
def test_colours_by_days_left(unit, n, left, level, text):
    found = alert(MONDAY + timedelta(days=left), MONDAY, Limit(n, unit), TABLE, "run")
    assert (found.level, found.days_left, found.text) == (level, left, text)


def test_months_warn_like_long_limits():
    assert alert(day("2026-11-24"), MONDAY, Limit(1, "month"), TABLE, "run").level == "red"


@pytest.mark.parametrize(
    ("due_on", "today", "working_days", "calendar_days"),
    [
        ("2026-11-20", "2026-11-23", -1, -3),
        ("2026-11-20", "2026-11-21", -1, -1),
        ("2026-11-20", "2026-11-24", -2, -4),
        ("2026-10-08", "2026-09-30", 1, 8),
        ("2026-11-29", "2026-11-28", 1, 1),
    ],
)
def test_days_left_are_counted_as_the_limit_counts(due_on, today, working_days, calendar_days):
    cases = ((working(15), working_days), (Limit(15, "calendar_day"), calendar_days))
    for limit, expected in cases:
        found = alert(day(due_on), day(today), limit, TABLE, "run")
        assert found.days_left == expected
        if expected < 0:
            assert (found.level, found.text) == ("overdue", f"超期 {-expected} 天")


def test_a_standing_clock_has_no_colour():
    def at(clock, due_on=MONDAY):
        found = alert(due_on, MONDAY + timedelta(days=9), working(5), TABLE, clock)
        return found.level, found.text

    assert at("pause") == at("pause", None) == ("paused", "暂停")
    assert at("none") == at("stop") == at("run", None) == ("none", "")
