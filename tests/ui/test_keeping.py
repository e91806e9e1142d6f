"""到期删除: the list, the erasure by two, holds put and lifted; 撤销 asked and done."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.services import keeping, orders, sync
from tests.builders import take_in
from tests.services import deeds, trips
from tests.services.erasing_desk import NAME, refused, refused_long_ago, says
from tests.ui.desk_room import Room, agree, open_room
from ui.main_window import MainWindow
from ui.notices import Question
from ui.pages.keeping.page import KeepingPage
from ui.shell import Preferences
from ui.undoing import ask_undo


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path / "office", qtbot) as made:
        yield made


def opened(room: Room) -> KeepingPage:
    shell = room.shell("keeping")
    page = KeepingPage(shell)
    room.show(page, shell)
    return page


def press(room: Room, text: str) -> None:
    """A verb of the question that stands open."""
    buttons = room.window.findChildren(Question)[-1].findChildren(QPushButton)
    next(one for one in buttons if one.text() == text).click()
    room.settle()


def test_the_list_says_what_is_due_and_two_erase_it(room: Room) -> None:
    done = refused_long_ago(room.office)
    page = opened(room)
    assert [one.id for one in page.table.rows.rows] == [done.case_id]
    assert "不予受理" in page.about.text()
    page.main_action()
    assert room.toasts()[-1] == "请先写删除的依据，它会留在“经过”里。"
    page.basis.setText("保管期限已满")
    page.main_action()
    press(room, "请第二个人同意")
    agree(room)
    assert page.table.rows.rows == ()
    assert "社区证明" in page.gone.text()
    assert says(room.office, NAME) == []


def test_all_of_the_list_goes_at_once(room: Room) -> None:
    refused(room.office)
    refused_long_ago(room.office)
    page = opened(room)
    page.basis.setText("保管期限已满")
    page.all.click()
    press(room, "请第二个人同意")
    agree(room)
    assert room.toasts()[-1] == "已删除 2 条。编号、事项和日期还在。"


def test_a_hold_takes_it_off_and_lifting_puts_it_back(room: Room) -> None:
    done = refused_long_ago(room.office)
    page = opened(room)
    page.held.put.click()
    assert room.toasts()[-1] == "请先写原因，它会留在这件的“经过”里。"
    page.held.why.setText("法院调卷")
    page.held.put.click()
    room.settle()
    view = keeping.view(room.office)
    assert (view.due, [one.id for one in view.held]) == ((), [done.case_id])
    page.held.why.setText("已还卷")
    lift = next(one for one in page.held.findChildren(QPushButton) if one.text() == "解除")
    lift.click()
    room.settle()
    assert keeping.view(room.office).held == ()
    assert [one.id for one in page.table.rows.rows] == [done.case_id]


def test_the_county_is_told_why_it_is_kept(room: Room) -> None:
    """Without an order there is nothing to answer."""
    refused_long_ago(room.office)
    page = opened(room)
    assert page.keep.isHidden()


def test_nothing_is_listed_while_the_date_is_in_doubt(room: Room) -> None:
    refused_long_ago(room.office)
    clock: Any = room.office.clock
    clock.moment += timedelta(days=400)
    page = opened(room)
    assert page.table.rows.rows == ()
    assert "日期" in page.count.text()


def test_ctrl_z_asks_and_leaves_text_fields_their_own(room: Room) -> None:
    """A text field undoes its own typing; elsewhere the key asks about the last step."""
    take_in(room.office)
    window = MainWindow(room.operations, room.feed, room.notices, room.tasks, Preferences())
    room.qtbot.addWidget(window)
    window.resize(1178, 700)
    window.show()
    window.go("cases")
    room.settle()
    window.activateWindow()
    window.bar.search.setFocus()
    room.qtbot.keyClicks(window.bar.search, "liu")
    before = len(room.notices.shown)
    room.qtbot.keyClick(window.bar.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert window.bar.search.text() == ""
    assert len(room.notices.shown) == before
    page = window.navigation.current
    assert page is not None
    page.setFocus()
    room.qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert room.notices.shown[-1].title == "撤销“刘桂兰 已收件”？"


def test_undo_is_asked_and_done(room: Room) -> None:
    shell = room.shell("")
    done = take_in(room.office)
    ask_undo(shell)
    room.settle()
    assert room.notices.shown[-1].title == "撤销“刘桂兰 已收件”？"
    press(room, "撤销")
    assert deeds.detail(room.office, done).row.state == "void"
    assert room.toasts()[-1] == "已撤销：已收件"
    ask_undo(shell)
    room.settle()
    assert room.notices.shown[-1].title == "这一步不能撤销"


def test_an_empty_list_erases_nothing_and_another_number_may_be_held(room: Room) -> None:
    done = refused(room.office)
    page = opened(room)
    page.main_action()
    page.all.click()
    page.keep.click()
    room.settle()
    assert room.notices.shown == []
    page.held.number.setText(str(done.number))
    page.held.why.setText("法院调卷")
    page.held.put.click()
    room.settle()
    assert [one.id for one in keeping.view(room.office).held] == [done.case_id]
    page.held.why.clear()
    next(one for one in page.held.findChildren(QPushButton) if one.text() == "解除").click()
    room.settle()
    assert room.toasts()[-1] == "请先写原因，它会留在这件的“经过”里。"
    assert len(keeping.view(room.office).held) == 1


def test_a_number_being_typed_is_not_written_over(room: Room) -> None:
    refused_long_ago(room.office)
    page = opened(room)
    page.window().activateWindow()
    page.held.number.setFocus()
    room.qtbot.waitUntil(page.held.number.hasFocus)
    page.held.number.setText("1123-")
    page.refresh()
    room.settle()
    assert page.held.number.text() == "1123-"


def test_an_order_of_the_county_is_answered_with_why_it_is_kept(room: Room, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk, county = room.office, trips.make_hub(tmp_path / "hub")
    case = refused(desk).case_id
    trips.enrolled(desk, county, stick)
    trips.export(desk, stick)
    trips.receive(county, stick)
    orders.give_erasure(county, case_id=case, reason="保管期满")
    trips.export(desk, stick)
    trips.receive(county, stick)
    county.close()
    sync.read_answers(desk, folder=stick)
    page = opened(room)
    assert [one.id for one in page.table.rows.rows] == [case]
    page.keep.click()
    assert room.toasts()[-1] == "请先写为什么先不删，县里要看。"
    page.basis.setText("正在复议")
    page.keep.click()
    room.settle()
    assert room.toasts()[-1] == "已记下，随下一个上报包告诉县里。"
    assert page.keep.isHidden()
