"""The first page: each figure counted from the file, today's and no other day's."""

from datetime import date

from desk.clock import FixedClock
from desk.services import requests, today
from desk.services.office import Office
from tests.builders import id_number, person, take_in
from tests.services import deeds
from tests.services.roll_people import granted, resident
from tests.services.test_requests import bring


def test_figures_are_of_today(office: Office, clock: FixedClock) -> None:
    """Accepted, concluded, waiting for papers; tomorrow they start anew."""
    take_in(office, "MZ-GL-01", "receive")
    take_in(office, "MZ-GL-01", "notify", handed_in=())
    take_in(office, "ZH-ZM-01", "conclude_now")
    take_in(office, "BB-DB-01", "accept")
    view = today.today(office)
    assert len(view.cases) == 4
    assert (view.accepted, view.concluded, view.supplements, view.people_known) == (2, 1, 1, 1)
    clock.advance(days=1)
    view = today.today(office)
    assert (view.cases, view.accepted, view.concluded, view.supplements) == ((), 0, 0, 0)


def test_only_what_was_accepted_counts_as_accepted(office: Office) -> None:
    """Withdrawn or refused before acceptance it does not, filed away or not."""
    for end in ("withdraw", "refuse"):
        done = take_in(office, "MZ-GL-01", "receive")
        deeds.walk(office, done, end)
        assert (today.today(office).accepted, today.today(office).concluded) == (0, 0)
        deeds.act(office, done, "archive")
        assert (today.today(office).accepted, today.today(office).concluded) == (0, 0)


def test_more_is_late_than_is_shown(office: Office, clock: FixedClock) -> None:
    """The badge counts what the list has no room for."""
    many = today.SHOWN_DUE + 2
    for _ in range(many):
        take_in(office, "BB-DB-01", "accept")
    assert today.late(office) == 0
    clock.advance(days=60)
    assert (today.late(office), today.today(office).late) == (many, many)
    assert len(today.today(office).due) == today.SHOWN_DUE


def test_what_is_due_stands_in_its_order(office: Office, clock: FixedClock) -> None:
    """The nearest first; what is concluded is due no more."""
    slow = take_in(office, "MZ-GL-01", "receive")
    deeds.act(office, slow, "confirm_accepted")
    quick = take_in(office, "BB-DB-01", "accept")
    ended = take_in(office, "BB-DB-01", "accept")
    deeds.act(office, ended, "withdraw")
    view = today.today(office)
    assert [row.case_id for row in view.due] == [quick.case_id, slow.case_id]
    assert view.late == 0
    clock.advance(days=60)
    assert today.today(office).late == 2


def test_birthdays_of_a_month_that_lead_to_a_tier(office: Office) -> None:
    """Eighty this month, with the amount the county named; others are left in peace."""
    births = ("19461125", "19461224", "19361101", "19500101")
    for order, birth in enumerate(births):
        born = f"{birth[:4]}-{birth[4:6]}-{birth[6:]}"
        who = person(f"老人{order}", id_no=id_number(birth=birth, order=20 + order * 2), birth=born)
        take_in(office, "MZ-GL-01", "receive", who=who)
    rows = today.today(office).proactive
    assert [(row.name, row.day) for row in rows] == [
        ("老人2", date(2026, 11, 1)),
        ("老人0", date(2026, 11, 25)),
    ]
    assert all(row.amount for row in rows)
    assert {row.item_code for row in rows} == {"MZ-GL-01"}


def test_who_was_born_on_a_leap_day(office: Office, clock: FixedClock) -> None:
    """Seventy on 1 March of a year without the 29th."""
    who = person("闰年", id_no=id_number(birth="19600229"), birth="1960-02-29")
    take_in(office, "MZ-GL-01", "refuse", who=who)
    for day, shown in (
        (date(2030, 2, 28), []),
        (date(2030, 3, 1), ["03-01 满 70 周岁"]),
        (date(2030, 4, 1), []),
        (date(2040, 2, 1), ["02-29 满 80 周岁"]),
    ):
        clock.advance(days=(day - office.today).days)
        assert [row.text for row in today.today(office).proactive] == shown, day


def test_days_of_a_register_stand_in_the_due_list_in_one_line(office):
    """However many they are, from 30 days before."""
    for order, name in enumerate(("刘桂兰", "张秀英")):
        granted(office, resident(name, "1950-03-12", order))
    assert today.today(office).due == ()
    office.clock.advance(days=340)
    [line] = today.today(office).due
    assert (line.case_id, line.register) == (None, "elderly")
    assert (line.item, line.who) == ("高龄补贴待复核 2 人", "最早 11-23 复核到期")
    assert line.alert.text == "剩 25 天"


def test_requests_from_home_stand_in_one_line_until_they_are_dealt_with(office, tmp_path):
    bring(office, tmp_path)
    [line] = today.today(office).due
    assert (line.item, line.who, line.register) == ("网上申请 2 条", "最早 11-23 收到", "request")
    assert (line.alert.text, line.case_id) == ("待处理", None)
    for row in requests.listed(office):
        requests.refuse(office, request_id=row.id, version=row.version, reason="请打物业电话")
    assert today.today(office).due == ()


def test_who_is_on_the_roll_moves_up_and_need_not_apply(office):
    """Who moved up already is not told again."""
    granted(office, resident("王德福", "1946-11-25", 1))
    granted(office, resident("马秀英", "1946-11-02", 3))
    [row] = today.today(office).proactive
    assert (row.name, row.register) == ("王德福", "elderly")
