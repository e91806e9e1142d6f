"""Cases on file: every state through real deeds, clocks that stop and run, moves that are not allowed."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

import pytest

from desk.clock import FixedClock
from desk.errors import ActionNotAllowed, ChangedMeanwhile, FieldsRefused, NotFound
from desk.paths import OfficePaths
from desk.services import case_views, cases, setup, timers
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.rules import Rules
from desk.services.views import CaseFilter, Finished
from tests.builders import (
    MONDAY,
    PASSWORD,
    PROFILE,
    QUICK,
    all_papers,
    intake_values,
    rules,
    take_in,
)
from tests.services import deeds

OLD_AGE, LOW_INCOME, HOME_CARE = "MZ-GL-01", "MZ-DB-01", "MZ-YL-01"


def accepted(office: Office, code: str) -> Finished:
    """A case accepted today, by whoever accepts it."""
    if office.catalog.item(code).acceptor == "community":
        return take_in(office, code, "accept")
    done = take_in(office, code, "receive")
    deeds.act(office, done, "confirm_accepted")
    return done


def lapsing() -> Rules:
    """The shipped rules, but the low-income item counts as withdrawn when nothing is brought."""
    shipped = rules()
    item = shipped.catalog.item(LOW_INCOME)
    changed = replace(item, limits=replace(item.limits, lapses=True))
    items = MappingProxyType({**shipped.catalog.items, item.code: changed})
    return replace(shipped, catalog=replace(shipped.catalog, items=items))


def test_every_state_is_reached_by_real_deeds(office: Office, clock: FixedClock) -> None:
    """A few tours pass through all states the life-cycle has."""
    seen = {deeds.detail(office, take_in(office, OLD_AGE, "receive")).row.state}
    told = take_in(office, OLD_AGE, "notify", handed_in=())
    seen |= {deeds.detail(office, told).row.state, *deeds.walk(office, told, "refuse", "archive")}
    decided = ("decide_ok", "conclude", "deliver", "archive")
    tours = (
        (OLD_AGE, "start_review", "start_publicity", "end_publicity", "register_street",
         "register_county", "pause", "resume", *decided),
        (LOW_INCOME, "start_publicity", "objection", "settle_objection", "decide_no", "conclude"),
        (HOME_CARE, "withdraw", "void"),
    )  # fmt: skip
    for code, *actions in tours:
        seen |= {"accepted", *deeds.walk(office, accepted(office, code), *actions)}
    states = set(office.catalog.workflows["application"].states)
    assert seen == states - {"new"}
    assert check(office).findings == ()


def test_publicity_that_counts_does_not_move_the_due_date(
    office: Office, clock: FixedClock
) -> None:
    """Old-age allowance: the days of publicity are part of the limit."""
    done = accepted(office, OLD_AGE)
    due = deeds.detail(office, done).row.due_on
    deeds.walk(office, done, "start_publicity")
    assert deeds.detail(office, done).row.due_on == due
    clock.advance(days=3)
    deeds.walk(office, done, "end_publicity")
    assert deeds.detail(office, done).row.due_on == due


@pytest.mark.parametrize("end", ["end_publicity", "objection"])
def test_publicity_that_does_not_count_moves_the_due_date(
    office: Office, clock: FixedClock, end: str
) -> None:
    """Low income: seven days of publicity, five of them working days, from 2026-11-23 to 11-29."""
    done = accepted(office, LOW_INCOME)
    before = date.fromisoformat(deeds.detail(office, done).row.due_on)
    deeds.walk(office, done, "start_publicity")
    assert deeds.detail(office, done).row.due_on == ""
    assert deeds.detail(office, done).due_title == "计时已暂停"
    clock.advance(days=7)
    deeds.walk(office, done, end)
    after = date.fromisoformat(deeds.detail(office, done).row.due_on)
    assert working_days(office, before, after) == 4


def working_days(office: Office, first: date, last: date) -> int:
    """Working days after `first` up to `last`."""
    days = (date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1))
    return sum(office.holidays.is_workday(day) for day in days)


@pytest.mark.parametrize(("days", "moved"), [(0, 0), (1, 1), (3, 3), (5, 3), (14, 10)])
def test_a_pause_moves_the_due_date_by_its_working_days(
    office: Office, clock: FixedClock, days: int, moved: int
) -> None:
    """Paused on Wednesday the 25th; the day of resuming counts again."""
    done = accepted(office, OLD_AGE)
    clock.advance(days=2)
    before = date.fromisoformat(deeds.detail(office, done).row.due_on)
    deeds.act(office, done, "pause", reason="鉴定", expected_end="2026.12.1")
    assert deeds.detail(office, done).row.due.level == "paused"
    clock.advance(days=days)
    deeds.act(office, done, "resume")
    page = deeds.detail(office, done)
    assert page.row.state == "accepted"
    assert working_days(office, before, date.fromisoformat(page.row.due_on)) == moved


POSTED = ("start_publicity",)
FORWARDED = (*POSTED, "end_publicity")
CONCLUDED = (*FORWARDED, "decide_ok", "conclude")


@pytest.mark.parametrize(
    ("before", "action", "asked", "wrong"),
    [
        ((), "pause", "expected_end", ("2026-11-22", "2062-12-01")),
        (POSTED, "end_publicity", "handed_on", ("2026-11-22", "2026-11-24")),
        (FORWARDED, "decide_ok", "decided_on", ("1990-01-01", "2026-11-24")),
        (CONCLUDED, "deliver", "delivered_on", ("2026-11-22", "2099-01-01")),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    office: Office, before: tuple[str, ...], action: str, asked: str, wrong: tuple[str, str]
) -> None:
    """What was done lies between receipt and today, what is expected lies ahead."""
    done = accepted(office, OLD_AGE)
    deeds.walk(office, done, *before)
    rows = deeds.everything(office)
    for day in wrong:
        with pytest.raises(FieldsRefused) as refused:
            deeds.act(office, done, action, **{asked: day})
        assert [(p.field, p.code) for p in refused.value.problems] == [(asked, "day_range")]
    assert deeds.everything(office) == rows
    deeds.act(office, done, action)


def test_a_pause_goes_back_to_where_it_came_from(office: Office) -> None:
    """From any state with a running clock."""
    done = accepted(office, OLD_AGE)
    deeds.walk(office, done, "start_review", "pause")
    assert deeds.walk(office, done, "resume") == ["community_review"]


def test_the_story_of_a_due_date_names_every_day(office: Office, clock: FixedClock) -> None:
    """Before acceptance none is told; afterwards the count ends on the due date."""
    done = take_in(office, OLD_AGE)
    assert case_views.due_story(office, case_id=done.case_id).lines == (case_views.NOT_RUNNING,)
    deeds.act(office, done, "confirm_accepted")
    story = case_views.due_story(office, case_id=done.case_id)
    assert "15 个工作日" in story.lines[0]
    assert story.days


def test_silence_accepts_from_the_day_of_receipt(office: Office, clock: FixedClock) -> None:
    """Where the item says so, after five working days, by the system, dated back."""
    done = take_in(office, HOME_CARE, "receive")
    clock.advance(days=7)
    assert cases.tick(office).value == 0
    clock.advance(days=1)
    assert cases.tick(office).value == 1
    page = deeds.detail(office, done)
    assert (page.row.state, page.history[0].who) == ("accepted", "系统")
    assert page.row.due_on == "2026-11-26"
    assert cases.tick(office).value == 0
    assert check(office).findings == ()


def test_only_whose_time_is_over_is_read_whole(office: Office, clock: FixedClock) -> None:
    """Thousands may wait where a timer runs: those whose day has not come, and those no timer moves, are told by their rows."""
    done = take_in(office, HOME_CARE, "receive")
    take_in(office, OLD_AGE, "receive")
    clock.advance(days=7)
    assert ripe(office) == ()
    clock.advance(days=1)
    assert ripe(office) == (done.case_id,)


def ripe(office: Office) -> tuple[UUID, ...]:
    with reading(office) as connection:
        return timers.ripe(office, connection)


def test_silence_accepts_nobody_who_was_told_in_time(office: Office, clock: FixedClock) -> None:
    """Who had his one-time notice and brought the paper later waits for a word, not for a timer."""
    papers = all_papers(office.catalog.item(HOME_CARE))[1:]
    done = take_in(office, HOME_CARE, "notify", handed_in=papers)
    clock.advance(days=10)
    bring(office, done, HOME_CARE)
    deeds.act(office, done, "supplement_in")
    assert cases.tick(office).value == 0
    assert deeds.detail(office, done).row.state == "received"


def test_silence_accepts_nothing_else(office: Office, clock: FixedClock) -> None:
    """An item without that rule stays received for ever."""
    done = take_in(office, OLD_AGE, "receive")
    clock.advance(days=60)
    assert cases.tick(office).value == 0
    assert deeds.detail(office, done).row.state == "received"


def test_a_case_lapses_where_the_item_says_so(tmp_path: Path) -> None:
    """Ten working days after the notice it counts as withdrawn, once."""
    clock = FixedClock(MONDAY)
    made = setup.create_office(
        OfficePaths(tmp_path / "office"),
        profile=PROFILE,
        operator_name="王敏",
        password=PASSWORD,
        clock=clock,
        rules=lapsing(),
        params=QUICK,
    )
    office = made.office
    setup.prove_recovery(office.paths, typed=made.recovery_key)
    done = take_in(office, LOW_INCOME, "notify", handed_in=())
    clock.advance(days=14)
    assert cases.tick(office).value == 0
    clock.advance(days=1)
    assert cases.tick(office).value == 1
    page = deeds.detail(office, done)
    assert (page.row.state, page.history[0].document_title) == ("withdrawn", "撤回登记回执")
    assert cases.tick(office).value == 0
    office.close()


def bring(office: Office, done: Finished, code: str) -> None:
    """All papers of the item come now."""
    cases.bring_materials(
        office,
        case_id=done.case_id,
        version=deeds.detail(office, done).version,
        handed_in=all_papers(office.catalog.item(code)),
    )


def test_a_closed_case_takes_no_papers(office: Office) -> None:
    """Nobody would look at them there."""
    done = take_in(office, LOW_INCOME, "notify", handed_in=())
    deeds.act(office, done, "void")
    before = deeds.everything(office)
    with pytest.raises(ActionNotAllowed):
        bring(office, done, LOW_INCOME)
    assert deeds.everything(office) == before


def test_a_stale_page_moves_nothing(office: Office) -> None:
    """Two windows: the second is told, nothing is written."""
    done = take_in(office)
    old = deeds.detail(office, done).version
    deeds.act(office, done, "confirm_accepted")
    before = deeds.everything(office)
    with pytest.raises(ChangedMeanwhile):
        cases.act(office, case_id=done.case_id, version=old, action="void", asks={"reason": "错"})
    with pytest.raises(ChangedMeanwhile):
        cases.bring_materials(office, case_id=done.case_id, version=old, handed_in=())
    assert deeds.everything(office) == before


@pytest.mark.parametrize(
    "action", ["deliver", "decide_ok", "resume", "silent_accept", "accept", "fly", ""]
)
def test_a_move_the_life_cycle_does_not_have_is_refused(shared_office: Office, action: str) -> None:
    """From 已收件 of an item the street accepts."""
    done = take_in(shared_office)
    before = deeds.everything(shared_office)
    with pytest.raises(ActionNotAllowed):
        deeds.act(shared_office, done, action, reason="试")
    assert deeds.everything(shared_office) == before


@pytest.mark.parametrize("state", ["archive", "void"])
def test_an_ended_case_has_no_moves_left(office: Office, state: str) -> None:
    """Archived and void are the last word."""
    done = take_in(office, "ZH-ZM-01", "conclude_now")
    deeds.walk(office, done, *(["deliver", "archive"] if state == "archive" else ["void"]))
    page = deeds.detail(office, done)
    assert page.actions == ()
    for action in {a.key for a in office.catalog.workflows["application"].actions}:
        with pytest.raises(ActionNotAllowed):
            deeds.act(office, done, action, reason="再试")


@pytest.mark.parametrize("typed", ["2026-11-24", "2099-01-01", "2026-11-22", "1999-01-01"])
def test_an_acceptance_lies_between_receipt_and_today(shared_office: Office, typed: str) -> None:
    """The due date is counted from it, so a slip of the year must not pass."""
    done = take_in(shared_office)
    with pytest.raises(FieldsRefused) as refused:
        deeds.act(shared_office, done, "confirm_accepted", accepted_on=typed)
    assert [(p.field, p.code) for p in refused.value.problems] == [("accepted_on", "day_range")]


def test_an_acceptance_registered_later_counts_from_its_own_day(
    office: Office, clock: FixedClock
) -> None:
    """Accepted on Wednesday, registered on Friday."""
    done = take_in(office)
    clock.advance(days=4)
    deeds.act(office, done, "confirm_accepted", accepted_on="2026.11.25", acceptor_no="街 12")
    assert deeds.detail(office, done).row.due_on == "2026-12-16"


def test_a_missing_reason_is_named(office: Office) -> None:
    """Nothing moves without it."""
    done = take_in(office)
    with pytest.raises(FieldsRefused) as refused:
        deeds.act(office, done, "withdraw", reason=" ")
    assert [problem.field for problem in refused.value.problems] == ["reason"]
    assert deeds.detail(office, done).row.state == "received"


def test_what_the_applicant_said_is_not_written_over(office: Office) -> None:
    """The form's own `reason` and the reason of a move are two things."""
    done = take_in(office, "BB-DB-01", "accept")
    before = deeds.detail(office, done).form
    deeds.act(office, done, "withdraw", reason="不办了")
    page = deeds.detail(office, done)
    assert page.form == before
    assert page.history[0].reason == "不办了"


def test_a_blank_result_leaves_the_earlier_one(office: Office) -> None:
    """A decision's text is no choice of the form, so the form keeps what it has."""
    done = accepted(office, "YB-MT-01")
    deeds.walk(office, done, "forward", "register_county")
    deeds.act(office, done, "decide_ok", result="通过")
    deeds.act(office, done, "conclude", result="")
    shown = {line.label: line.value for line in deeds.detail(office, done).form}
    assert shown["认定结果"] == "通过"


def test_an_unknown_case_is_not_found(office: Office) -> None:
    """By reading and by acting alike."""
    nobody = UUID(int=7)
    with pytest.raises(NotFound):
        case_views.detail(office, case_id=nobody)
    with pytest.raises(NotFound):
        cases.act(office, case_id=nobody, version=1, action="void", asks={})


def test_papers_brought_later_are_known_and_end_the_waiting(office: Office) -> None:
    """Part of them keeps the case waiting; all of them let it go on."""
    item = office.catalog.item(OLD_AGE)
    done = take_in(office, OLD_AGE, "notify", handed_in=())
    version = deeds.detail(office, done).version
    first = intake_values(office, OLD_AGE).handed_in[:1]
    cases.bring_materials(office, case_id=done.case_id, version=version, handed_in=first)
    assert deeds.walk(office, done, "supplement_in") == ["supplement"]
    assert [m.state for m in deeds.detail(office, done).materials].count("还差") >= 1
    bring(office, done, OLD_AGE)
    assert deeds.walk(office, done, "supplement_in") == ["received"]
    rows = deeds.detail(office, done).materials
    assert {m.key for m in rows} == {m.key for m in item.materials}
    assert not [m for m in rows if m.state == "还差"]


def test_consultations_are_counted_by_day(office: Office, clock: FixedClock) -> None:
    """One key, one count, no case."""
    assert [cases.log_consultation(office, item_code=OLD_AGE).value for _ in range(3)] == [1, 2, 3]
    clock.advance(days=1)
    assert cases.log_consultation(office, item_code=OLD_AGE).value == 1
    assert case_views.counts(office, wanted=CaseFilter())["all"] == 0


def test_a_consultation_changes_no_setting(office: Office) -> None:
    """So no page asks for its settings anew."""
    assert not cases.log_consultation(office, item_code=OLD_AGE).changes.settings
