"""A case's page while something is under way, between two cases, and before there is any."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from desk.clock import FixedClock
from desk.errors import ChangedMeanwhile
from desk.services import case_editing, case_views
from desk.services.views import CaseDetail
from desk.words.errors import words
from tests.builders import MONDAY, take_in
from tests.ui.desk_room import Room, nothing_goes_on, open_room
from ui.pages.case.page import CasePage

ACCEPTED = {"accepted_on": "2026-11-23"}


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path / "office", qtbot) as one:
        yield one


def opened(room: Room, case_id: UUID | None) -> CasePage:
    shell = room.shell("case")
    page = CasePage(shell, room.tray)
    facts = {"case_id": case_id} if case_id else {}
    room.show(page, shell, **facts)
    return page


def two(room: Room) -> tuple[UUID, UUID]:
    """Two cases received half an hour ago."""
    made = take_in(room.office).case_id, take_in(room.office, "YB-CB-01").case_id
    room.office.clock = FixedClock(MONDAY + timedelta(minutes=30))
    return made


def on_file(room: Room, case_id: UUID) -> CaseDetail:
    return case_views.detail(room.office, case_id=case_id)


def test_before_a_case_is_opened_no_key_and_no_button_does_anything(room):
    page = opened(room, None)
    for deed in (page.refresh, page.main_action, page.print_action, page.side.shield.click):
        deed()
    for button in page.papers.buttons:
        button.click()
    page.papers.further_chosen.emit("any")
    page.side.correct_asked.emit()
    page.side.correct_panel.sent.emit()
    page.header.due.click()
    assert room.tasks.idle
    assert not page.go_back()
    assert room.went == []
    assert page.detail is None


def test_a_deed_is_done_once_however_often_it_is_pressed(room):
    case, _ = two(room)
    page = opened(room, case)
    (void,) = [one for one in page.header.actions_bar.actions_shown if one.key == "void"]
    page.main_action()
    page.side.ask_panel.form.show_values(ACCEPTED)
    with nothing_goes_on(room):
        page.main_action()
        page.main_action()
        page.header.actions_bar.asked.emit(void)
        assert page.side.ask_panel.title.text() == "登记受理"
    room.settle()
    assert page.header.state.text() == "已受理"
    assert len(room.toasts()) == 1
    papers = len(on_file(room, case).documents)
    page.papers.choose(uuid4())
    page.opened(case_id=case)
    room.settle()
    assert len(on_file(room, case).documents) == papers
    assert page.papers.document() is not None


def test_missing_papers_are_taken_in_once(room):
    case = take_in(room.office, "MZ-CJ-01", "notify", handed_in=()).case_id
    room.office.clock = FixedClock(MONDAY + timedelta(minutes=30))
    page = opened(room, case)
    for tick in page.papers.materials.ticks.values():
        tick.setChecked(True)
    with nothing_goes_on(room):
        page.papers.materials.supply()
        page.papers.materials.supply()
    room.settle()
    assert len(room.toasts()) == 1
    assert page.banner.text == ""


def test_what_was_asked_of_the_case_before_does_not_show_at_the_next(room):
    first, second = two(room)
    page = opened(room, first)
    page.main_action()
    page.side.ask_panel.form.show_values(ACCEPTED)
    with nothing_goes_on(room):
        page.main_action()
        page.opened(case_id=second)
    room.settle()
    assert on_file(room, first).row.state == "accepted"
    assert room.toasts()[0].startswith("受理机关已受理")
    assert "居民医保" in page.header.name.text()
    assert page.header.state.text() == "已收件"
    with nothing_goes_on(room):
        page.side.correct_asked.emit()
        page.opened(case_id=first)
    room.settle()
    assert not page.side.correcting


def test_what_is_read_of_the_case_before_is_passed_over(room):
    first, second = two(room)
    page = opened(room, first)
    shown = page.papers.document()
    assert shown is not None
    with nothing_goes_on(room, "read"):
        page.papers.choose(shown.id)
        page.refresh()
        page.hide()
        page.opened(case_id=second)
    room.settle()
    assert page.detail is None
    assert page.papers.preview.pictures() == ()


def test_a_form_closed_before_it_was_refused_says_so_above(room):
    case, _ = two(room)
    page = opened(room, case)
    page.main_action()
    with nothing_goes_on(room):
        page.main_action()
        assert page.go_back()
    room.settle()
    assert page.banner.text.startswith("有 1 处要改")
    assert on_file(room, case).row.state == "received"


def test_a_correction_that_comes_too_late_is_told(room):
    case, _ = two(room)
    page = opened(room, case)
    page.side.correct_asked.emit()
    room.settle()
    found = case_editing.correctable(room.office, case_id=case).value
    case_editing.edit(
        room.office,
        case_id=case,
        version=found.version,
        fields={"kin_name": "刘小梅"},
        why="申请人来更正",
    )
    page.side.correct_panel.form.show_values({"kin_name": "刘大梅", "why": "家属来更正"})
    page.main_action()
    room.settle()
    assert page.banner.text.startswith(words(ChangedMeanwhile()).title)
    assert on_file(room, case).version == found.version + 1
