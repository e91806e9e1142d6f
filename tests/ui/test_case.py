"""One case at a real office: what is shown, what may be done, what comes of it."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desk.clock import FixedClock
from desk.errors import ChangedMeanwhile
from desk.services import case_views, cases
from desk.services.views import CaseDetail, DocumentRow
from desk.words.errors import words
from tests.builders import MONDAY, PASSWORD, intake_values, take_in
from tests.ui.desk_room import Room, open_room
from ui.pages.case.page import CasePage
from ui.second_person import SecondPersonBox


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path / "office", qtbot) as one:
        yield one


def opened(room: Room, case_id: UUID) -> CasePage:
    shell = room.shell("case")
    page = CasePage(shell, room.tray)
    room.show(page, shell, case_id=case_id)
    return page


def receive(room: Room) -> CasePage:
    return opened(room, take_in(room.office).case_id)


def on_file(room: Room, page: CasePage) -> CaseDetail:
    assert page.case_id is not None
    return case_views.detail(room.office, case_id=page.case_id)


def shown(page: CasePage) -> DocumentRow:
    document = page.papers.document()
    assert document is not None
    return document


def later(room: Room) -> None:
    room.office.clock = FixedClock(MONDAY + timedelta(minutes=30))


def press(room: Room, page: CasePage, words: str) -> None:
    buttons = [one for one in page.findChildren(QPushButton) if one.text() == words]
    (button,) = [one for one in buttons if one.isVisible()]
    room.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def accept(room: Room, page: CasePage) -> None:
    later(room)
    if not page.side.asking:
        page.main_action()
    page.side.ask_panel.form.show_values({"accepted_on": "2026-11-23"})
    page.main_action()
    room.settle()


def test_the_head_says_who_what_and_where_it_stands(room):
    page = receive(room)
    assert page.header.name.text() == "刘桂兰　高龄补贴申请"
    assert page.header.state.text() == "已收件"
    assert "SJ 1123-0001" in page.header.subtitle.text()
    assert page.header.due.isHidden()


def test_the_buttons_are_exactly_the_actions_of_now(room):
    page = receive(room)
    detail = on_file(room, page)
    bar = page.header.actions_bar
    assert bar.actions_shown == detail.actions
    shown = [button.text() for button in bar.buttons]
    hidden = [action.text() for action in bar.more.actions()] if bar.more else []
    assert shown + hidden == [action.label for action in detail.actions]


def test_f9_asks_in_place_and_does_it(room):
    page = receive(room)
    page.main_action()
    assert page.side.asking
    assert page.side.ask_panel.title.text() == "登记受理"
    accept(room, page)
    assert not page.side.asking
    assert page.header.state.text() == "已受理"
    assert room.toasts()[0].startswith("受理机关已受理 SL-")
    assert "承诺期限 2026-12-14" in page.header.due.text()


def test_what_is_missing_is_said_beside_the_field(room):
    page = receive(room)
    page.main_action()
    page.main_action()
    room.settle()
    cell = page.side.ask_panel.form.cell("accepted_on")
    assert cell is not None
    assert cell.problem.text() == "还没有填，请填写。"
    assert page.side.asking
    assert on_file(room, page).row.state == "received"


def test_esc_closes_the_form_and_leaves_the_case(room):
    page = receive(room)
    page.main_action()
    assert page.go_back()
    assert not page.side.asking
    assert not page.go_back()


def test_with_papers_missing_f9_takes_them_in(room):
    page = opened(room, take_in(room.office, "MZ-GL-01", "notify", handed_in=()).case_id)
    papers = page.papers.materials
    assert page.header.actions_bar.primary is None
    assert (papers.take.key, papers.take.property("role")) == ("F9", "primary")
    with_key = papers.take.sizeHint().width()
    page.main_action()
    first, *others = papers.ticks.values()
    assert page.window().focusWidget() is first
    for tick in (first, *others):
        tick.setChecked(True)
    later(room)
    page.main_action()
    room.settle()
    assert on_file(room, page).actions[0].key == "supplement_in"
    assert page.header.actions_bar.primary is not None
    assert papers.take.key == ""
    assert papers.take.sizeHint().width() < with_key
    assert not papers.take.grab().isNull()


def test_a_long_form_stands_in_the_place_of_the_history(room):
    values = intake_values(room.office, "DJ-ZZ-02")
    typed = {**values.form, "letter_form": "纸质介绍信"}
    done = take_in(room.office, "DJ-ZZ-02", form=typed)
    page = opened(room, done.case_id)
    narrow = page.side.width()
    page.main_action()
    room.settle()
    assert page.side.ask_panel.title.text() == "验信"
    assert not page.timeline.isVisible()
    assert page.side.width() > 2 * narrow
    form = page.side.ask_panel.form
    cells = [form.cell(key) for key in form.values()]
    assert len({cell.x() for cell in cells if cell is not None}) == 2
    assert page.go_back()
    room.settle()
    assert page.timeline.isVisible()
    assert page.side.width() == narrow


def test_a_step_for_two_is_asked_before_it_is_done(room):
    page = receive(room)
    (void,) = [one for one in page.header.actions_bar.actions_shown if one.key == "void"]
    page.header.actions_bar.asked.emit(void)
    page.side.ask_panel.form.show_values({"reason": "录错了人"})
    later(room)
    page.main_action()
    room.settle()
    (box,) = room.window.findChildren(SecondPersonBox)
    assert box.windowTitle() == "作废：要第二个人同意"
    box.submit()
    assert box.problem.text() == "请输入密码。"
    box.password.setText("不是这个密码，肯定不是")
    box.submit()
    room.settle()
    assert box.problem.text().startswith("姓名和密码对不上")
    assert page.header.state.text() != "已作废"
    box.password.setText(PASSWORD)
    room.qtbot.mouseClick(box.agree, Qt.MouseButton.LeftButton)
    room.settle()
    assert page.header.state.text() == "已作废"
    assert page.header.actions_bar.actions_shown == ()


def test_another_window_was_first(room):
    page = receive(room)
    later(room)
    asks = {"accepted_on": "2026-11-23"}
    before = on_file(room, page)
    cases.act(
        room.office,
        case_id=before.row.id,
        version=before.version,
        action="confirm_accepted",
        asks=asks,
    )
    page.main_action()
    page.side.ask_panel.form.show_values(asks)
    page.main_action()
    room.settle()
    assert page.banner.text.startswith(words(ChangedMeanwhile()).title)
    assert page.header.state.text() == "已受理"


def test_the_due_date_explains_itself(room):
    page = receive(room)
    accept(room, page)
    room.qtbot.mouseClick(page.header.due, Qt.MouseButton.LeftButton)
    room.settle()
    assert "第 15 天" in page.side.story.words()
    assert page.go_back()


def test_the_newest_paper_is_shown_and_the_history_opens_the_older(room):
    page = receive(room)
    first = page.papers.document_id()
    accept(room, page)
    assert shown(page).title == "受理通知书"
    assert page.papers.preview.pictures()
    page.timeline.paper_asked.emit(first)
    room.settle()
    assert page.papers.document_id() == first


def test_printing_and_printing_again(room):
    page = receive(room)
    page.print_action()
    room.settle()
    assert page.papers.said.text() == "已送到打印机。"
    press(room, page, "补打")
    room.settle()
    assert shown(page).prints == 1
    assert len(room.tray.prints()) == 2


def test_a_reprint_nobody_printed_is_not_counted(room):
    page = receive(room)
    page.print_action()
    room.settle()
    room.tray.chosen = False
    press(room, page, "补打")
    room.settle()
    assert shown(page).prints == 0
    room.tray.chosen = True
    press(room, page, "补打")
    room.settle()
    assert shown(page).prints == 1


def test_a_paper_is_saved_as_pdf(room, tmp_path):
    page = receive(room)
    room.answers.path = tmp_path / "凭证.pdf"
    press(room, page, "另存 PDF…")
    room.settle()
    room.settle()
    room.qtbot.waitUntil(lambda: page.papers.said.text() == "已存为“凭证.pdf”。")
    assert Path(tmp_path / "凭证.pdf").read_bytes().startswith(b"%PDF")


def test_missing_papers_are_taken_in_when_they_come(room):
    finished = take_in(room.office, "MZ-CJ-01", "notify", handed_in=())
    page = opened(room, finished.case_id)
    ticks = page.papers.materials.ticks
    assert ticks
    later(room)
    for tick in ticks.values():
        tick.setChecked(True)
    count = len(ticks)
    press(room, page, f"登记补交 {count} 份")
    room.settle()
    assert room.toasts() == [f"已登记补交 {count} 份材料"]
    assert page.papers.materials.ticks == {}
    assert page.timeline.widget().isVisible()
    assert "supplement_in" in [one.key for one in page.header.actions_bar.actions_shown]


def test_going_to_another_case_forgets_the_one_before(room):
    page = receive(room)
    page.main_action()
    later(room)
    other = take_in(room.office, "YB-CB-01").case_id
    page.opened(case_id=other)
    room.settle()
    assert not page.side.asking
    assert "居民医保" in page.header.name.text()


def test_a_case_that_is_not_there_says_so(room):
    page = opened(room, UUID(int=5))
    assert page.banner.text.startswith("这里没有找到")
    assert page._content.isHidden()


def test_a_state_beside_the_bar_has_its_place_in_it(room):
    finished = take_in(room.office, "MZ-CJ-01", "notify", handed_in=())
    page = opened(room, finished.case_id)
    steps = on_file(room, page).bar
    assert [step.label for step in steps if step.status == "here"] == ["待补正"]
    assert steps[0].label == "待补正"
    assert {step.status for step in steps[1:]} == {"ahead"}


def test_the_applicant_is_made_confidential_and_known_again(room):
    done = take_in(room.office)
    page = opened(room, done.case_id)
    assert page.side.shield.text() == "申请人保密"
    page.side.shield.click()
    room.settle()
    assert page.side.shield.text() == "取消保密"
    assert "申请人已设为保密，只有你看得到是谁" in room.toasts()
    page.side.shield.click()
    room.settle()
    assert not case_views.detail(room.office, case_id=done.case_id).shielded
