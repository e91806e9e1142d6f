"""组织关系转出: every state by real deeds, the letter's days, what the timers do, and letters that count no more."""

from pathlib import Path

import pytest

from desk.clock import FixedClock
from desk.errors import ActionNotAllowed, FieldsRefused
from desk.services import case_views, cases, documents, today
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.views import CaseFilter, Finished
from tests.builders import intake_values, take_in
from tests.printing.reading import text_of
from tests.services import deeds

OUT = "DJ-ZZ-01"
PAPER = {"transfer_channel": "纸质介绍信（三联）"}
TO_DUES = ("confirm_accepted", "branch_agree")


def in_hand(office: Office, scope: str = "省内跨市") -> Finished:
    """A case whose dues are checked, so that its letter may be issued."""
    form = {**intake_values(office, OUT).form, "transfer_scope": scope}
    done = take_in(office, OUT, "receive", form=form)
    deeds.walk(office, done, *TO_DUES)
    deeds.act(office, done, "check_dues", **PAPER)
    return done


def issue(office: Office, done: Finished, **asks: object) -> Finished:
    """The letter, with what the county has for its validity and issuer unless `asks` says otherwise."""
    page = deeds.detail(office, done)
    typed = {"letter_no": "城党组介 2026-012", **asks}
    return cases.act(
        office, case_id=done.case_id, version=page.version, action="issue", asks=typed
    ).value


def on_the_way(office: Office, **asks: object) -> Finished:
    """A letter in the member's hand."""
    done = in_hand(office)
    issue(office, done, **asks)
    deeds.act(office, done, "hand_over")
    return done


def shown(office: Office, done: Finished) -> dict[str, str]:
    """The form as its page shows it."""
    return {line.label: line.value for line in deeds.detail(office, done).form}


def test_every_state_is_reached_by_real_deeds(office: Office, clock: FixedClock) -> None:
    seen = {deeds.detail(office, take_in(office, OUT, "receive")).row.state}
    told = take_in(office, OUT, "notify", handed_in=())
    seen |= {deeds.detail(office, told).row.state, *deeds.walk(office, told, "refuse", "archive")}
    declined = take_in(office, OUT, "receive")
    seen |= {*deeds.walk(office, declined, "confirm_accepted", "pause", "resume", "decline")}
    seen |= {*deeds.walk(office, declined, "conclude", "void")}
    inside = take_in(office, OUT, "receive")
    seen |= {*deeds.walk(office, inside, *TO_DUES, "check_dues", "issue", "conclude")}
    lost = on_the_way(office)
    seen |= {*deeds.walk(office, lost, "lose", "reissue", "hand_over", "return_letter", "withdraw")}
    letter = on_the_way(office, valid_days=10)
    seen |= {"issued", deeds.detail(office, letter).row.state}
    clock.advance(days=11)
    cases.tick(office)
    seen.add(deeds.detail(office, letter).row.state)
    seen |= {*deeds.walk(office, letter, "arrived")}
    clock.advance(days=32)
    cases.tick(office)
    seen |= {deeds.detail(office, letter).row.state}
    seen |= {*deeds.walk(office, letter, "receipt_in", "paste", "conclude", "archive")}
    silent = on_the_way(office)
    clock.advance(days=190)
    cases.tick(office)
    cases.tick(office)
    seen.add(deeds.detail(office, silent).row.state)
    states = set(office.catalog.workflows["transfer_out"].states)
    assert seen == states - {"new"}
    assert check(office).findings == ()


@pytest.mark.parametrize(
    ("scope", "days", "until", "issuer"),
    [
        ("县内", "10", "2026-12-03", "街道（镇）党（工）委"),
        ("省内跨市", "30", "2026-12-23", "街道（镇）党（工）委"),
        ("跨省", "90", "2027-02-21", "中共三原县委员会组织部"),
    ],
)
def test_the_county_says_how_long_the_letter_serves(
    office: Office, scope: str, days: str, until: str, issuer: str
) -> None:
    done = in_hand(office, scope)
    issue(office, done)
    page = deeds.detail(office, done)
    told = shown(office, done)
    assert (told["有效期（天）"], told["有效期至"], told["开信的党组织"]) == (days, until, issuer)
    assert (page.row.due_on, page.due_title) == (until, "有效期至")
    story = case_views.due_story(office, case_id=done.case_id)
    assert "有效期至" in story.lines[0]


@pytest.mark.parametrize("days", [91, 180])
def test_no_letter_serves_longer_than_three_months(shared_office: Office, days: int) -> None:
    done = in_hand(shared_office)
    with pytest.raises(FieldsRefused) as refused:
        issue(shared_office, done, valid_days=days)
    assert [(p.field, p.code) for p in refused.value.problems] == [("valid_days", "too_much")]
    issue(shared_office, done, valid_days=7)
    assert shown(shared_office, done)["有效期（天）"] == "7"


def test_the_letter_says_what_the_form_says(shared_office: Office) -> None:
    done = in_hand(shared_office)
    document = issue(shared_office, done).document
    told = deeds.paper(shared_office, document)
    # On each of the three parts and across the seam.
    assert told.count("城党组介 2026-012") == 4
    assert "贰零贰陆" in told
    assert "壹拾壹" in told
    assert "叁拾" in told
    assert "刘桂兰" in told
    assert "街道（镇）党（工）委" not in told
    papers = {paper.kind: paper.number for paper in deeds.detail(shared_office, done).documents}
    assert papers["transfer_letter"] == "城党组介 2026-012"


def test_a_transfer_within_the_network_has_no_letter(shared_office: Office) -> None:
    done = take_in(shared_office, OUT, "receive")
    deeds.walk(shared_office, done, *TO_DUES)
    deeds.act(shared_office, done, "check_dues", transfer_channel="系统内转接，不开纸质信")
    finished = deeds.act(shared_office, done, "issue")
    page = deeds.detail(shared_office, done)
    assert finished.document is None
    assert (page.row.state, page.row.due_on) == ("in_system", "2026-12-24")
    assert "remind" not in {action.key for action in page.actions}
    assert deeds.walk(shared_office, done, "conclude") == ["concluded"]


def test_the_page_warns_five_days_before_the_last(office: Office, clock: FixedClock) -> None:
    done = on_the_way(office, valid_days=10)
    assert (deeds.detail(office, done).row.due.level, deeds.detail(office, done).notices) == (
        "green",
        (),
    )
    clock.advance(days=5)
    page = deeds.detail(office, done)
    assert page.row.due.level == "yellow"
    assert page.notices == ("介绍信 2026 年 12 月 3 日 到期，还有 5 天。请打电话问党员报到没有。",)
    assert done.case_id in {row.case_id for row in today.today(office).due}


def test_the_timer_asks_for_a_call_once_the_letter_is_over(
    office: Office, clock: FixedClock
) -> None:
    done = on_the_way(office, valid_days=10)
    clock.advance(days=10)
    assert cases.tick(office).value == 0
    clock.advance(days=1)
    assert cases.tick(office).value == 1
    page = deeds.detail(office, done)
    assert (page.row.state_label, page.row.due.level) == ("信已过期", "overdue")
    assert page.history[0].who == "系统"
    assert cases.tick(office).value == 0
    deeds.act(office, done, "not_reached", reason="打手机没人接")
    deeds.act(office, done, "not_reached", reason="问了家属")
    page = deeds.detail(office, done)
    assert [row.text for row in page.history[:2]] == ["第 2 次没有联系上", "第 1 次没有联系上"]
    assert done.case_id in {row.case_id for row in today.today(office).due}


@pytest.mark.parametrize(("admitted", "due"), [("2026-11-25", "2026-12-26"), ("", "2027-01-03")])
def test_the_receipt_is_due_after_the_admission_or_after_the_letter(
    office: Office, clock: FixedClock, admitted: str, due: str
) -> None:
    """Issued on 11-23 for ten days: without a day of admission 10 and 31 days later."""
    done = on_the_way(office, valid_days=10)
    clock.advance(days=3)
    deeds.act(office, done, "arrived", admitted_on=admitted)
    page = deeds.detail(office, done)
    assert (page.row.state, page.row.due_on, page.due_title) == ("awaiting", due, "回执应到日期")


def test_reminders_are_counted_and_name_the_ones_before(office: Office, clock: FixedClock) -> None:
    done = on_the_way(office)
    deeds.act(office, done, "arrived", admitted_on="2026-11-23")
    first = deeds.act(office, done, "remind")
    assert first.said == "第 1 次催办回执"
    assert "此前已于" not in deeds.paper(office, first.document)
    clock.advance(days=32)
    assert cases.tick(office).value == 1
    assert cases.tick(office).value == 0
    page = deeds.detail(office, done)
    assert (page.row.state_label, page.actions[0].key) == ("回执到期", "remind")
    second = deeds.act(office, done, "remind")
    assert second.said == "第 2 次催办回执"
    told = deeds.paper(office, second.document)
    assert "此前已于 2026 年 11 月 23 日催办过" in told
    assert "最迟 2026 年 12 月 24 日" in told
    assert shown(office, done)["催办次数"] == "2"
    assert check(office).findings == ()


def test_a_new_letter_voids_the_old_one_which_stays(office: Office, clock: FixedClock) -> None:
    done = on_the_way(office, valid_days=10)
    page = deeds.detail(office, done)
    old = next(paper for paper in page.documents if paper.kind == "transfer_letter")
    before = documents.hand_out(office, document_id=old.id, medium="A4").value
    clock.advance(days=11)
    cases.tick(office)
    asks = {"reason": "出差没赶上", "letter_no": "城党组介 2026-031", "valid_days": "30"}
    fresh = deeds.act(office, done, "reissue", issue_date="2026-12-04", **asks)
    page = deeds.detail(office, done)
    letters = [paper for paper in page.documents if paper.kind == "transfer_letter"]
    assert {paper.number: paper.voided_on for paper in letters} == {
        "城党组介 2026-031": "",
        "城党组介 2026-012": "2026-12-04",
    }
    shown = text_of(documents.pdf(office, document_id=old.id, medium="A4"))
    assert "2026 年 12 月 4 日 已作废" in shown
    # What was handed out stays as it was.
    with reading(office) as connection:
        assert documents.original_in(office, connection, old.id, "A4") == before
    assert deeds.paper(office, fresh.document).count("城党组介 2026-031") == 4
    assert [(row.text, row.reason) for row in page.history[:2]] == [
        ("中国共产党党员组织关系介绍信（城党组介 2026-012）作废", "出差没赶上"),
        ("第 1 次重开，原信作废", "出差没赶上"),
    ]
    assert page.history[1].document == fresh.document
    assert (page.row.state, page.row.due_on) == ("issued", "2027-01-03")
    assert check(office).findings == ()


@pytest.mark.parametrize("handed", [True, False])
def test_a_voided_letter_cannot_be_printed_as_if_it_counted(office: Office, handed: bool) -> None:
    done = on_the_way(office)
    old = next(p for p in deeds.detail(office, done).documents if p.kind == "transfer_letter")
    if handed:
        documents.hand_out(office, document_id=old.id, medium="A4")
    assert ("作废" in text_of(documents.to_give(office, document_id=old.id).pdf)) is False
    fresh = deeds.act(office, done, "reissue", letter_no="城党组介 2026-031")
    again = documents.to_give(office, document_id=old.id)
    assert again.again
    assert "2026 年 11 月 23 日 已作废　·　补打第 1 次" in text_of(again.pdf)
    assert fresh.document
    assert not documents.to_give(office, document_id=fresh.document).again


def test_what_is_asked_begins_with_what_is_known(shared_office: Office) -> None:
    """The old letter's number is not offered again."""
    done = on_the_way(shared_office)
    deeds.walk(shared_office, done, "lose")
    begun = deeds.detail(shared_office, done).begun["reissue"]
    assert begun["valid_days"] == 30
    assert begun["issue_date"] == "2026-11-23"
    assert begun["dues_cleared"] == "2026-11"
    assert "letter_no" not in begun


@pytest.mark.parametrize(
    ("state", "forbidden"),
    [
        ("issued", ("receipt_in", "remind", "conclude", "issue", "arrived", "paste")),
        ("in_transit", ("issue", "remind", "conclude", "paste", "pass_validity", "branch_agree")),
        ("receipt_in", ("reissue", "withdraw", "remind", "conclude", "lose")),
    ],
)
def test_forbidden_moves_are_refused(
    shared_office: Office, state: str, forbidden: tuple[str, ...]
) -> None:
    done = in_hand(shared_office)
    with pytest.raises(ActionNotAllowed):
        deeds.act(shared_office, done, "hand_over")
    issue(shared_office, done)
    deeds.walk(shared_office, done, *{"issued": (), "in_transit": ("hand_over",)}.get(
        state, ("hand_over", "receipt_in")
    ))  # fmt: skip
    before = deeds.everything(shared_office)
    for action in forbidden:
        with pytest.raises(ActionNotAllowed):
            deeds.act(shared_office, done, action, reason="试")
    assert deeds.everything(shared_office) == before


def test_a_day_that_cannot_be_is_refused(shared_office: Office) -> None:
    done = in_hand(shared_office)
    for day in ("2026-11-22", "2027-11-23"):
        with pytest.raises(FieldsRefused) as refused:
            issue(shared_office, done, issue_date=day)
        assert [(p.field, p.code) for p in refused.value.problems] == [("issue_date", "day_range")]


def test_half_a_year_of_silence_only_makes_a_list(office: Office, clock: FixedClock) -> None:
    done = on_the_way(office, valid_days=10)
    clock.advance(days=11)
    assert cases.tick(office).value == 1
    clock.advance(days=160)
    assert cases.tick(office).value == 0
    clock.advance(days=11)
    assert cases.tick(office).value == 1
    assert cases.tick(office).value == 0
    rows = case_views.page(office, wanted=CaseFilter(group="open", state="silent")).rows
    assert [row.id for row in rows] == [done.case_id]
    said = " ".join(row.text for row in deeds.detail(office, done).history)
    assert "脱党" not in said
    deeds.act(office, done, "reached", reason="换了号码", last_contact=office.today.isoformat())
    assert deeds.walk(office, done, "arrived") == ["awaiting"]


def test_probation_ending_is_told_thirty_days_ahead(office: Office, clock: FixedClock) -> None:
    form = {
        **intake_values(office, OUT).form,
        "party_status": "预备党员",
        "probation_end": "2027-01-15",
    }
    done = take_in(office, OUT, "receive", form=form)
    deeds.walk(office, done, *TO_DUES)
    clock.advance(days=22)
    assert deeds.detail(office, done).notices == ()
    clock.advance(days=1)
    (told,) = deeds.detail(office, done).notices
    assert told.startswith("预备期 2027 年 1 月 15 日 满，还有 30 天。")


def test_withdrawn_letters_count_no_more(office: Office, tmp_path: Path) -> None:
    done = on_the_way(office)
    deeds.act(office, done, "withdraw", old_letter="已收回，注明作废")
    page = deeds.detail(office, done)
    assert page.row.state == "withdrawn"
    assert [p.voided_on for p in page.documents if p.kind == "transfer_letter"] == ["2026-11-23"]


def test_the_bar_goes_back_with_a_new_letter(office: Office) -> None:
    """What the first letter had reached lies ahead of the second."""
    done = on_the_way(office)
    deeds.walk(office, done, "lose")
    deeds.act(office, done, "reissue", letter_no="城党组介 2026-040")
    steps = {step.label: step.status for step in deeds.detail(office, done).bar}
    assert (steps["党费核清"], steps["已开信"], steps["在途"]) == ("done", "here", "ahead")
