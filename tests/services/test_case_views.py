"""Lists and pages of cases: filters, pages by key, counts, what a page shows."""

from desk.clock import FixedClock
from desk.services import case_views, cases
from desk.services.office import Office
from desk.services.views import CaseFilter
from tests.builders import all_papers, id_number, person, take_in
from tests.services import deeds


def test_pages_follow_one_another_without_gap_or_double(office: Office, clock: FixedClock) -> None:
    """Newest first; the last page says that it is the last."""
    taken, seen, after = [], [], None
    for _ in range(7):
        clock.advance(minutes=5)
        taken.append(take_in(office).case_id)
    for _ in range(4):
        page = case_views.page(office, wanted=CaseFilter(), after=after, limit=3)
        seen += [row.id for row in page.rows]
        after = page.last
        if after is None:
            break
    assert seen == taken[::-1]
    assert after is None


def test_groups_and_counts_agree(office: Office, clock: FixedClock) -> None:
    """Open, waiting for papers, overdue, closed, all."""
    take_in(office, "MZ-GL-01", "notify", handed_in=())
    take_in(office, "ZH-ZM-01", "conclude_now")
    late = take_in(office, "BB-DB-01", "accept")
    clock.advance(days=30)
    take_in(office)
    counted = case_views.counts(office, wanted=CaseFilter())
    assert counted == {"open": 3, "supplement": 1, "overdue": 1, "closed": 1, "all": 4}
    for group, count in counted.items():
        wanted = CaseFilter(group=group)  # type: ignore[arg-type]
        assert len(case_views.page(office, wanted=wanted).rows) == count, group
    overdue = case_views.page(office, wanted=CaseFilter(group="overdue")).rows
    assert [(row.id, row.due.level) for row in overdue] == [(late.case_id, "overdue")]


def test_filters_narrow_together(office: Office, clock: FixedClock) -> None:
    """Line, state, operator, days of opening, words."""
    first = take_in(office, "MZ-GL-01")
    clock.advance(days=2)
    second = take_in(
        office, "ZH-ZM-01", "conclude_now", who=person("李伟", id_no=id_number(order=11))
    )
    operator = office.hall.operator_id

    def found(**filters: object) -> list[object]:
        wanted = CaseFilter(group="all", **filters)  # type: ignore[arg-type]
        return [row.id for row in case_views.page(office, wanted=wanted).rows]

    assert found(line="civil") == [first.case_id]
    assert found(state="concluded") == [second.case_id]
    assert found(first="2026-11-24") == [second.case_id]
    assert found(last="2026-11-24") == [first.case_id]
    assert found(operator=operator) == [second.case_id, first.case_id]
    assert found(operator=office.origin) == []
    assert found(text="liwei", line="civil") == []
    assert case_views.operators(office) == ((operator, "王敏"),)


def test_the_page_offers_exactly_what_is_allowed(office: Office) -> None:
    """The primary first, nothing of the system's."""
    done = take_in(office, "MZ-GL-01")
    keys = [action.key for action in deeds.detail(office, done).actions]
    assert keys == ["confirm_accepted", "refuse", "withdraw", "void"]


def test_the_bar_tells_past_present_and_future(office: Office) -> None:
    """Passed states carry their time."""
    done = take_in(office, "MZ-GL-01")
    deeds.walk(office, done, "confirm_accepted", "start_review")
    steps = deeds.detail(office, done).bar
    assert [(step.label, step.status) for step in steps] == [
        ("已收件", "done"),
        ("已受理", "done"),
        ("社区初审", "here"),
        ("已转报", "ahead"),
        ("已批准", "ahead"),
        ("已办结", "ahead"),
        ("已送达", "ahead"),
    ]
    assert steps[0].at.startswith("2026-11-23T09:00")


def test_what_was_passed_over_is_not_ahead(office: Office) -> None:
    """Made public right after acceptance: the community's review does not come any more; a pause changes nothing of it."""
    done = take_in(office, "MZ-GL-01")
    deeds.walk(office, done, "confirm_accepted", "start_publicity")
    before = [("已收件", "done"), ("已受理", "done")]
    after = [(one, "ahead") for one in ("已转报", "已批准", "已办结", "已送达")]
    steps = [(step.label, step.status) for step in deeds.detail(office, done).bar]
    assert steps == [*before, ("公示中", "here"), *after]
    deeds.walk(office, done, "objection", "pause")
    steps = [(step.label, step.status) for step in deeds.detail(office, done).bar]
    assert steps == [*before, ("暂停计时", "here"), *after]


def test_a_pause_before_review_leaves_it_ahead(office: Office) -> None:
    """Back where it paused the case may still be reviewed."""
    done = take_in(office, "MZ-GL-01")
    deeds.walk(office, done, "confirm_accepted", "pause")
    steps = [(step.label, step.status) for step in deeds.detail(office, done).bar]
    assert ("社区初审", "ahead") in steps


def test_with_papers_missing_their_supply_comes_first(office: Office) -> None:
    """Acceptance by another body stands beside it; once complete it is the next step."""
    done = take_in(office, "MZ-GL-01", "notify", handed_in=())
    page = deeds.detail(office, done)
    assert "confirm_accepted" in {action.key for action in page.actions}
    assert not any(action.primary for action in page.actions)
    papers = all_papers(office.catalog.item("MZ-GL-01"))
    cases.bring_materials(office, case_id=done.case_id, version=page.version, handed_in=papers)
    assert deeds.detail(office, done).actions[0].primary


def test_a_withdrawn_case_shows_no_future(office: Office) -> None:
    """Only what was passed, and the end."""
    done = take_in(office, "MZ-GL-01")
    deeds.walk(office, done, "withdraw")
    steps = deeds.detail(office, done).bar
    assert [(step.label, step.status) for step in steps] == [("已收件", "done"), ("已撤回", "here")]


def test_the_history_tells_who_did_what(office: Office, clock: FixedClock) -> None:
    """Newest first, with reason and paper."""
    done = take_in(office, "MZ-GL-01")
    clock.advance(hours=2)
    deeds.act(office, done, "withdraw", reason="不办了")
    lines = deeds.detail(office, done).history
    assert [(line.who, line.document_title) for line in lines] == [
        ("王敏", "撤回登记回执"),
        ("王敏", "材料接收凭证"),
    ]
    assert lines[0].reason == "不办了"
    assert lines[0].at > lines[1].at


def test_the_page_masks_what_identifies(office: Office) -> None:
    """Number, telephone, account."""
    done = take_in(office, "MZ-GL-01")
    page = repr(deeds.detail(office, done))
    assert id_number() not in page
    assert "13800002734" not in page
    assert "6217000000001234567" not in page


def test_what_was_done_on_the_spot_has_no_date_but_says_so(office: Office) -> None:
    """即办 where it was concluded at once; one that waits for papers has neither."""
    at_once = take_in(office, "ZH-ZM-01", "conclude_now").case_id
    waiting = take_in(office, "MZ-GL-01", "notify", handed_in=()).case_id
    rows = case_views.page(office, wanted=CaseFilter(group="all")).rows
    assert {row.id: row.due.text for row in rows} == {at_once: "即办", waiting: ""}


def test_who_registers_ahead_is_told_for_which_day_the_case_waits(
    office: Office, clock: FixedClock
) -> None:
    """Until then a word on the page; from then on the button itself says it."""
    soon = person("冯玉珍", id_no=id_number(birth="19561127"), birth="1956-11-27")
    done = take_in(office, "MZ-GL-01", who=soon)
    told = "预登记：2026 年 11 月 27 日 才满规定的年龄，那天起可以受理，还有 4 天。"
    assert deeds.detail(office, done).notices == (told,)
    clock.advance(days=4)
    detail = deeds.detail(office, done)
    assert detail.notices == ()
    assert detail.actions[0].key == "confirm_accepted"


def test_a_closed_case_has_no_limit_any_more(office: Office) -> None:
    """While it runs it is named, afterwards it is not."""
    done = take_in(office, "MZ-GL-01")
    deeds.walk(office, done, "confirm_accepted")
    assert deeds.detail(office, done).due_title == "承诺期限"
    deeds.walk(office, done, "withdraw")
    assert deeds.detail(office, done).due_title == ""


def test_what_is_missing_stands_first(office: Office) -> None:
    """It is what the clerk waits for."""
    item = office.catalog.item("YB-MT-01")
    papers = tuple(paper for paper in all_papers(item) if paper.key != "diagnosis_proof")
    rows = deeds.detail(office, take_in(office, "YB-MT-01", "notify", handed_in=papers)).materials
    assert [row.key for row in rows if row.state == "还差"] == [rows[0].key]
    assert len(rows) > 3
