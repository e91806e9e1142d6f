"""流动党员: registered, kept in touch with, listed when silent for half a year."""

import pytest

from desk.clock import FixedClock
from desk.errors import ActionNotAllowed, FieldsRefused
from desk.services import cases, today
from desk.services.check import check
from desk.services.office import Office
from desk.services.views import Finished
from tests.builders import take_in
from tests.services import deeds

FLOATING = "DJ-LD-01"


def enrolled(office: Office, often: str = "每月") -> Finished:
    done = take_in(office, FLOATING, "receive")
    deeds.walk(office, done, "confirm_accepted")
    deeds.act(office, done, "enrol", contact_freq=often, booklet_no="三流 2026-017")
    return done


def test_every_state_is_reached_by_real_deeds(office: Office, clock: FixedClock) -> None:
    told = take_in(office, FLOATING, "notify", handed_in=())
    seen = {deeds.detail(office, told).row.state, *deeds.walk(office, told, "refuse", "archive")}
    seen |= {deeds.detail(office, take_in(office, FLOATING, "receive")).row.state}
    seen |= {*deeds.walk(office, take_in(office, FLOATING, "receive"), "withdraw", "void")}
    silent, back = enrolled(office), enrolled(office)
    seen |= {"accepted", *deeds.walk(office, back, "reached", "conclude", "archive")}
    clock.advance(days=190)
    cases.tick(office)
    seen.add(deeds.detail(office, silent).row.state)
    states = set(office.catalog.workflows["floating"].states)
    assert seen == states - {"new"}
    assert check(office).findings == ()


@pytest.mark.parametrize(("often", "due"), [("每月", "2026-12-23"), ("每季度", "2027-02-23")])
def test_the_next_contact_is_due_as_often_as_agreed(
    shared_office: Office, often: str, due: str
) -> None:
    page = deeds.detail(shared_office, enrolled(shared_office, often))
    assert (page.row.due_on, page.due_title) == (due, "下次联系日期")
    told = {line.label: line.value for line in page.form}
    assert told["活动证编号"] == "三流 2026-017"


def test_a_contact_moves_the_next_one_and_a_call_in_vain_does_not(
    office: Office, clock: FixedClock
) -> None:
    done = enrolled(office)
    clock.advance(days=31)
    assert deeds.detail(office, done).row.due.level == "overdue"
    assert done.case_id in {row.case_id for row in today.today(office).due}
    deeds.act(office, done, "not_reached", reason="没人接")
    assert deeds.detail(office, done).row.due_on == "2026-12-23"
    said = deeds.act(office, done, "reached", contact_way="微信").said
    assert said == "第 1 次联系"
    assert deeds.detail(office, done).row.due_on == "2027-01-24"


def test_silence_of_half_a_year_is_listed_once_and_ends_with_a_word(
    office: Office, clock: FixedClock
) -> None:
    done = enrolled(office)
    clock.advance(days=180)
    assert cases.tick(office).value == 0
    clock.advance(days=1)
    assert cases.tick(office).value == 1
    assert cases.tick(office).value == 0
    page = deeds.detail(office, done)
    assert (page.row.state_label, page.history[0].who) == ("半年没有联系上", "系统")
    assert deeds.walk(office, done, "reached") == ["in_touch"]
    assert cases.tick(office).value == 0


def test_what_does_not_fit_is_refused(shared_office: Office) -> None:
    done = enrolled(shared_office)
    for action in ("fall_silent", "enrol", "withdraw"):
        with pytest.raises(ActionNotAllowed):
            deeds.act(shared_office, done, action, reason="试")
    with pytest.raises(FieldsRefused):
        deeds.act(shared_office, done, "reached", last_contact="2027-01-01")
