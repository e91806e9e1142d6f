"""组织关系转入: every state by real deeds, the check of the letter, the admission and the receipt that goes back."""

import pytest

from desk.clock import FixedClock
from desk.errors import ActionNotAllowed
from desk.services import cases, today
from desk.services.check import check
from desk.services.office import Office
from desk.services.views import Finished
from desk.words.letter_faults import FAULTS
from tests.builders import intake_values, take_in
from tests.services import deeds

IN = "DJ-ZZ-02"
LETTER = {
    "letter_no": "雁党组介 2026-088",
    "issuing_org": "中共西安市雁塔区委组织部",
    "letter_issued_on": "2026-11-16",
    "valid_days": "30",
    "reply_org": "中共西安市雁塔区小寨路街道工作委员会",
    "reply_address": "西安市雁塔区小寨西路 1 号",
}
TO_ADMISSION = ("confirm_accepted", "admit")


def brought(office: Office, form: str = "纸质介绍信", **more: object) -> Finished:
    """A member who reports with his letter."""
    typed = {**intake_values(office, IN).form, "letter_form": form, **more}
    return take_in(office, IN, "receive", form=typed)


def checked(office: Office, **more: object) -> Finished:
    """A letter that was looked at; `more` says what is not right with it."""
    done = brought(office)
    deeds.act(office, done, "check_letter", **{**LETTER, **more})
    return done


def actions(office: Office, done: Finished) -> set[str]:
    return {action.key for action in deeds.detail(office, done).actions}


def test_every_state_is_reached_by_real_deeds(office: Office) -> None:
    seen = {deeds.detail(office, brought(office)).row.state}
    told = take_in(office, IN, "notify", handed_in=())
    seen |= {deeds.detail(office, told).row.state, *deeds.walk(office, told, "refuse", "archive")}
    bad = checked(office, ok_seals=False)
    seen |= {deeds.detail(office, bad).row.state}
    seen |= {*deeds.walk(office, bad, "return_letter", "withdraw", "void")}
    good = checked(office)
    seen |= {*deeds.walk(office, good, "confirm_accepted", "pause", "resume", "admit")}
    seen |= {*deeds.walk(office, good, "print_receipt", "send_receipt", "conclude", "archive")}
    young = brought(office, party_status="预备党员", probation_end="2027-06-30")
    deeds.act(office, young, "check_letter", **LETTER)
    seen |= {*deeds.walk(office, young, *TO_ADMISSION, "send_receipt", "conclude", "tell_branch")}
    states = set(office.catalog.workflows["transfer_in"].states)
    assert seen == states - {"new"}
    assert check(office).findings == ()


@pytest.mark.parametrize("wrong", FAULTS)
def test_a_letter_with_a_fault_goes_back_with_its_reason(shared_office: Office, wrong: str) -> None:
    done = checked(shared_office, **{wrong: False})
    assert "return_letter" in actions(shared_office, done)
    assert not {"confirm_accepted", "accept"} & actions(shared_office, done)
    with pytest.raises(ActionNotAllowed):
        deeds.act(shared_office, done, "confirm_accepted")
    begun = deeds.detail(shared_office, done).begun["return_letter"]
    assert begun == {"go_to": LETTER["issuing_org"]}
    told = deeds.paper(shared_office, deeds.act(shared_office, done, "return_letter").document)
    what, right = FAULTS[wrong]
    assert what in told
    assert right[:8] in told
    assert "下列 1 处" in told
    assert LETTER["letter_no"] in told
    others = [FAULTS[key][0] for key in FAULTS if key != wrong]
    assert not [text for text in others if text in told]


def test_days_that_are_over_are_seen_even_if_the_clerk_ticked_otherwise(
    shared_office: Office,
) -> None:
    """Issued on 11-02 for ten days, brought on 11-23."""
    done = checked(shared_office, letter_issued_on="2026-11-02", valid_days="10")
    assert "confirm_accepted" not in actions(shared_office, done)
    told = deeds.paper(shared_office, deeds.act(shared_office, done, "return_letter").document)
    assert FAULTS["ok_in_date"][0] in told


def test_a_good_letter_does_not_go_back(shared_office: Office) -> None:
    done = checked(shared_office)
    assert "return_letter" not in actions(shared_office, done)
    with pytest.raises(ActionNotAllowed):
        deeds.act(shared_office, done, "return_letter")
    with pytest.raises(ActionNotAllowed):
        deeds.act(shared_office, done, "admit")


def test_a_slip_in_the_check_can_be_mended(shared_office: Office) -> None:
    """What was ticked before stands there again."""
    done = checked(shared_office, ok_clean=False)
    begun = deeds.detail(shared_office, done).begun["check_letter"]
    assert (begun["ok_clean"], begun["ok_form"], begun["letter_no"]) == (
        False,
        True,
        LETTER["letter_no"],
    )
    deeds.act(shared_office, done, "check_letter", **LETTER, ok_clean=True)
    assert "confirm_accepted" in actions(shared_office, done)


def test_a_returned_letter_is_brought_anew(office: Office, clock: FixedClock) -> None:
    done = checked(office, ok_addressee=False)
    deeds.walk(office, done, "return_letter")
    clock.advance(days=4)
    assert deeds.walk(office, done, "present_again") == ["received"]
    assert "check_letter" in actions(office, done)
    assert "letter_no" not in deeds.detail(office, done).begun["check_letter"]
    assert "ok_addressee" not in deeds.detail(office, done).begun["check_letter"]


def test_a_transfer_without_paper_needs_no_check_of_a_letter(shared_office: Office) -> None:
    done = brought(shared_office, "系统内转来，没有纸质信")
    page = deeds.detail(shared_office, done)
    action = next(one for one in page.actions if one.key == "check_letter")
    assert action.label == "核对系统转接单"
    assert not {field.key for field in action.asks} & set(FAULTS)
    deeds.act(shared_office, done, "check_letter", letter_no="Z2026")
    deeds.walk(shared_office, done, *TO_ADMISSION)
    assert "print_receipt" not in actions(shared_office, done)
    assert deeds.walk(shared_office, done, "send_receipt", "conclude") == [
        "receipt_sent",
        "concluded",
    ]


def test_the_branch_is_told_and_the_receipt_is_due_within_a_month(
    office: Office, clock: FixedClock
) -> None:
    done = checked(office)
    deeds.walk(office, done, "confirm_accepted")
    assert deeds.detail(office, done).due_title == "承诺期限"
    finished = deeds.act(
        office,
        done,
        "admit",
        assign_branch="中共池阳社区第二支部委员会",
        secretary="李强",
        admitted_on="2026-11-23",
    )
    told = deeds.paper(office, finished.document)
    assert "中共池阳社区第二支部委员会" in told
    assert "李强" in told
    assert "2026 年 11 月 23 日" in told
    assert LETTER["reply_org"] in told
    page = deeds.detail(office, done)
    assert (page.row.due_on, page.due_title) == ("2026-12-23", "回执最迟寄出日期")
    assert (page.row.due.level, page.notices) == ("green", ())
    clock.advance(days=20)
    page = deeds.detail(office, done)
    assert page.row.due.level == "yellow"
    assert page.notices == ("回执最迟 2026 年 12 月 23 日 寄出，还有 10 天。",)
    assert done.case_id in {row.case_id for row in today.today(office).due}
    receipt = deeds.paper(office, deeds.act(office, done, "print_receipt").document)
    assert "回" in receipt
    assert LETTER["reply_org"] in receipt
    assert LETTER["letter_no"] in receipt
    assert deeds.walk(office, done, "send_receipt") == ["receipt_sent"]
    assert deeds.detail(office, done).row.due_on == ""


def test_the_end_of_a_probation_is_watched(office: Office, clock: FixedClock) -> None:
    done = brought(office, party_status="预备党员", probation_end="2027-01-31")
    deeds.act(office, done, "check_letter", **LETTER)
    finished = deeds.act(office, done, "confirm_accepted")
    finished = deeds.act(office, done, "admit")
    assert "2027 年 1 月 31 日" in deeds.paper(office, finished.document)
    deeds.walk(office, done, "send_receipt", "conclude")
    page = deeds.detail(office, done)
    assert (page.row.state_label, page.row.due_on) == ("等转正提醒", "2027-01-31")
    assert page.row.due.level == "green"
    clock.advance(days=39)
    page = deeds.detail(office, done)
    assert page.row.due.level == "yellow"
    assert page.notices[0].startswith("预备期 2027 年 1 月 31 日 满，还有 30 天。")
    assert cases.tick(office).value == 0
    assert deeds.walk(office, done, "tell_branch") == ["concluded"]
