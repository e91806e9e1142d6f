"""操作员 and 我的登录 in 设置: added, changed, let go with consent; one's own password and the lock's minutes."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from desk.services import locking, operators, sign_in
from tests.builders import PASSWORD, consent, take_in
from tests.services import staff
from tests.ui.desk_room import Room, agree, nothing_goes_on, open_room
from ui.notices import Question
from ui.pages.settings.operators_card import OperatorsCard
from ui.pages.settings.page import SettingsPage
from ui.second_person import SecondPersonBox


@pytest.fixture
def room(tmp_path, qtbot) -> Iterator[Room]:
    with open_room(tmp_path / "office", qtbot) as opened:
        yield opened


@pytest.fixture
def page(room) -> SettingsPage:
    shell = room.shell("settings")
    made = SettingsPage(shell, room.tray)
    room.show(made, shell)
    return made


def test_a_colleague_is_added(room, page):
    card = page.operators
    assert isinstance(card, OperatorsCard)
    card.name.setText("李静")
    card.password.setText("太短了")
    card.add()
    agree(room)
    assert card.problem.text().startswith("密码至少要")
    card.password.setText(PASSWORD)
    card.add()
    agree(room)
    assert [one.name for one in sign_in.operators(room.office.paths)] == ["王敏", "李静"]
    assert [one.name for one in card.rows] == ["李静", "王敏"]
    assert card.password.text() == ""


def test_a_leaver_hands_on_his_cases(room, page):
    clerk = staff.add(room.office)
    staff.add(room.office, "张强", "lead")
    take_in(room.office)
    operators.hand_on(room.office, leaver=room.office.actor, to=clerk)
    page.refresh()
    room.settle()
    row = next(one for one in page.operators.rows if one.id == clerk)
    page.operators.switch_off(row)
    (question,) = [one for one in room.notices.shown if one.kind == "question"]
    assert question.text == "他名下还有 1 件没有办完，转给谁接着办？"
    taker = next(one for one in page.operators.rows if one.name == "王敏")
    page.operators._let_go(row, taker)
    agree(room)
    assert [(one.name, one.open_cases) for one in page.operators.rows if one.active] == [
        ("张强", 0),
        ("王敏", 1),
    ]


def test_what_a_leaver_left_behind_is_handed_on(room, page):
    """He was let go before somebody could take over."""
    clerk = staff.add(room.office)
    take_in(room.office)
    operators.hand_on(room.office, leaver=room.office.actor, to=clerk)
    operators.switch_off(room.office, operator_id=clerk, approved_by=consent(room.office))
    page.refresh()
    room.settle()
    [over] = [one for one in page.operators.findChildren(QPushButton) if one.text() == "转出…"]
    over.click()
    assert room.notices.shown[-1].title == "李静没办完的件"
    [asked] = room.notices.window.findChildren(Question)
    [take] = [one for one in asked.findChildren(QPushButton) if one.text() == "转给王敏"]
    take.click()
    room.settle()
    assert [(one.name, one.open_cases) for one in page.operators.rows] == [
        ("王敏", 1),
        ("李静", 0),
    ]


def test_ones_own_password_and_minutes(room, page):
    own = page.own
    assert own.minutes.value() == 5
    own.minutes.setValue(3)
    own.minutes.editingFinished.emit()
    room.settle()
    assert locking.minutes(room.office) == 3
    assert "还能用 180 天" in own.left.text()
    own.old.setText(PASSWORD)
    own.new.setText(PASSWORD)
    own.change()
    room.settle()
    assert own.problem.text() == "新密码和原来的一样，请换一个。"
    own.old.setText(PASSWORD + "?")
    own.new.setText(PASSWORD + "新")
    own.change()
    room.settle()
    assert page.banner.text, "that is not his password"
    own.old.setText(PASSWORD)
    own.change()
    room.settle()
    assert "密码已换，下次登录用新的" in room.toasts()
    locking.unlock(room.office, password=PASSWORD + "新")


def test_lines_and_a_password_for_one_time(room, page):
    clerk = staff.add(room.office, "李静", "clerk", "civil")
    page.refresh()
    room.settle()
    card = page.operators
    row = next(one for one in card.rows if one.id == clerk)
    card.lines.ask(row)
    assert not card.lines.ticks["medical"].isChecked()
    card.lines.ticks["medical"].setChecked(True)
    card.lines.done.click()
    agree(room)
    row = next(one for one in card.rows if one.id == clerk)
    assert row.lines == ("civil", "medical")
    assert card.lines.isHidden()
    card.once.ask(row)
    card.once.password.setText("短")
    card.once.done.click()
    agree(room)
    assert card.problem.text().startswith("密码至少要")
    card.once.password.setText(PASSWORD + "once")
    card.once.done.click()
    agree(room)
    assert card.once.isHidden()
    with staff.signed_in(room.office, clerk, PASSWORD + "once") as at_desk:
        assert at_desk.password_due == "once"


def test_another_role_is_asked_for_and_shown_once_it_is_given(room, page):
    clerk = staff.add(room.office)
    page.refresh()
    room.settle()
    card = page.operators
    row = next(one for one in card.rows if one.id == clerk)
    (choice,) = [
        one
        for one in card.findChildren(QComboBox)
        if one is not card.role and one.currentData() == row.role and one.isEnabled()
    ]
    card.change_role(row, choice)
    room.settle()
    assert room.window.findChildren(SecondPersonBox) == [], "it is his role already"
    choice.setCurrentIndex(choice.findData("lead"))
    card.change_role(row, choice)
    assert choice.currentData() == "clerk"
    agree(room)
    assert {one.name: one.role for one in card.rows} == {"李静": "lead", "王敏": "lead"}


def test_the_second_person_is_tried_once_at_a_time_and_paused(room, page):
    card = page.operators
    card.name.setText("李静")
    card.password.setText(PASSWORD)
    card.add()
    room.settle()
    (box,) = room.window.findChildren(SecondPersonBox)
    box.password.setText("不是这个密码，肯定不是")
    with nothing_goes_on(room, "read"):
        box.submit()
        box.submit()
    room.settle()
    for _ in range(5):
        box.submit()
        room.settle()
    assert box.problem.text().startswith("试的次数太多")
    assert [one.name for one in sign_in.operators(room.office.paths)] == ["王敏"]


def test_the_only_lead_is_not_let_go(room, page):
    card = page.operators
    (own,) = card.rows
    card.switch_off(own)
    agree(room)
    assert page.banner.text
    assert [one.active for one in operators.everybody(room.office)] == [True]
