"""The sentences and rows that explain a due date."""

from datetime import date
from pathlib import Path

import pytest

from desk.domain.deadline_text import basis, limit_text, rows, sentence
from desk.domain.deadlines import DueDate, Limit, Pause, due
from desk.domain.workdays import read_holidays

HOLIDAYS = Path(__file__).parents[2] / "resources" / "holidays"
TABLE = read_holidays({f.name: f.read_bytes() for f in HOLIDAYS.glob("*.json")})
MONDAY = date(2026, 11, 23)


def counted(start: date, n: int, unit="working_day", *pauses: Pause) -> DueDate:
    return due(start, Limit(n, unit), TABLE, pauses)


def shown(due_date: DueDate) -> list[tuple[str, str]]:
    return [(row.days, row.note) for row in rows(due_date)]


def test_the_panel_of_the_case_list():
    found = counted(MONDAY, 15)
    assert sentence(found, "承诺", "街道受理") == (
        "承诺 15 个工作日，11 月 23 日（周一）街道受理，当日不计，12 月 14 日（周一）到期。"
    )
    assert shown(found) == [
        ("11-24 至 11-27", "第 1–4 天"),
        ("11-28、11-29", "周末"),
        ("11-30 至 12-04", "第 5–9 天"),
        ("12-05、12-06", "周末"),
        ("12-07 至 12-11", "第 10–14 天"),
        ("12-12、12-13", "周末"),
        ("12-14", "第 15 天"),
    ]
    assert [row.counts for row in rows(found)] == [True, False] * 3 + [True]
    assert [row.is_due for row in rows(found)] == [False] * 6 + [True]
    assert basis(found) == "依据：2026 年放假安排（国务院办公厅），无调休日。没有暂停。"


def test_a_make_up_day_is_named():
    found = counted(date(2026, 9, 30), 3)
    assert shown(found) == [
        ("10-01 至 10-07", "国庆节"),
        ("10-08、10-09", "第 1–2 天"),
        ("10-10", "第 3 天（调休上班）"),
    ]
    assert basis(found) == "依据：2026 年放假安排（国务院办公厅），10-10 调休上班。没有暂停。"


def test_a_shifted_last_day():
    found = counted(date(2026, 9, 1), 30, "calendar_day")
    assert shown(found) == [
        ("09-02 至 09-30", "第 1–29 天"),
        ("10-01", "第 30 天（国庆节）"),
        ("10-02 至 10-07", "顺延（国庆节）"),
        ("10-08", "顺延到此日"),
    ]
    assert rows(found)[-1].counts
    assert basis(found) == (
        "依据：自然日连续计算，最后一天 10-01 是国庆节，顺延到休息日后的第一个工作日。没有暂停。"
    )


def test_a_last_day_that_stays():
    found = counted(MONDAY, 3, "calendar_day")
    assert basis(found) == "依据：自然日连续计算，最后一天是工作日，不顺延。没有暂停。"


def test_an_expected_date_beyond_the_last_notice():
    found = counted(date(2026, 11, 22), 90, "calendar_day")
    assert sentence(found, "法定", "受理") == (
        "法定 90 个自然日，11 月 22 日（周日）受理，当日不计，预计 2027 年 2 月 22 日（周一）到期。"
    )
    assert shown(found)[-2:] == [("2027-02-21", "顺延（周末）"), ("2027-02-22", "顺延（估算）")]
    assert "2027 年放假安排还没有导入，按双休日估算，到期日可能变动。" in basis(found)


def test_working_days_beyond_the_last_notice():
    found = counted(date(2026, 12, 30), 3)
    assert shown(found) == [
        ("12-31", "第 1 天"),
        ("2027-01-01", "第 2 天（估算）"),
        ("2027-01-02、2027-01-03", "周末"),
        ("2027-01-04", "第 3 天（估算）"),
    ]
    assert basis(found).startswith("依据：2026 年放假安排（国务院办公厅），无调休日。2027 年")
    beyond = counted(date(2027, 3, 1), 3)
    assert basis(beyond).startswith("依据：双休日。2027 年")


def test_pauses_are_told():
    pauses = (
        Pause(date(2026, 11, 25), date(2026, 11, 26), "评残鉴定"),
        Pause(date(2026, 11, 30), date(2026, 11, 30), "听证"),
    )
    found = counted(MONDAY, 3, "working_day", *pauses)
    assert ("11-25、11-26", "暂停：评残鉴定") in shown(found)
    assert basis(found).endswith("暂停 3 天（评残鉴定、听证）。")


def test_while_paused_there_is_no_date():
    found = counted(MONDAY, 5, "working_day", Pause(date(2026, 11, 26), None, "专家评审"))
    assert sentence(found, "承诺", "受理") == (
        "承诺 5 个工作日，11 月 23 日（周一）受理，当日不计，正在暂停：专家评审。恢复后再定到期日。"
    )
    assert shown(found)[-1] == ("11-26 起", "暂停：专家评审")
    assert not any(row.is_due for row in rows(found))
    assert basis(found).endswith("正在暂停（专家评审）。")


def test_on_the_spot():
    found = counted(MONDAY, 0)
    assert sentence(found, "承诺", "受理") == "承诺即办，11 月 23 日（周一）受理，当日到期。"


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (Limit(15, "working_day"), "15 个工作日"),
        (Limit(60, "calendar_day"), "60 个自然日"),
        (Limit(3, "month"), "3 个月"),
        (Limit(0, "month"), "即办"),
    ],
)
def test_limits_in_words(limit, text):
    assert limit_text(limit) == text


def test_calendar_days_that_end_at_once_or_stand_still():
    assert "自然日连续计算" in basis(counted(MONDAY, 0, "calendar_day"))
    still = counted(MONDAY, 9, "calendar_day", Pause(date(2026, 11, 26), None, "专家评审"))
    assert "自然日连续计算" in basis(still)
