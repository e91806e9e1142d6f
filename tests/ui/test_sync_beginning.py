"""Besides the daily work: the window's code, new keys, a new beginning after a copy."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from desk.services import settings
from desk.services.sync_send import DOUBT
from tests.ui.desk_room import Room, agree, open_room
from tests.ui.test_sync import view, with_key
from ui.notices import Question
from ui.pages.sync.page import SyncPage


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path / "office", qtbot) as one:
        yield one


@pytest.fixture
def page(room: Room, tmp_path: Path) -> SyncPage:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = with_key(room, stick)
    made.main_action()
    room.settle()
    assert view(made).step == "ready"
    return made


def test_the_code_on_the_page_is_this_windows_key(page: SyncPage, room: Room):
    assert page.keys.code.text == view(page).own_code
    assert page.keys.code.isVisibleTo(page)
    picture = page.keys.code.grab().toImage()
    shades = {picture.pixelColor(x, x).value() for x in range(picture.width())}
    assert {0, 255} <= shades


def test_new_keys_ask_for_the_enrolment_again(page: SyncPage, room: Room):
    before = view(page)
    page.beginning._renew()
    agree(room)
    after = view(page)
    assert after.step == "enrolment"
    assert after.own_words != before.own_words
    assert page.step.code.text == after.own_code
    assert after.own_code != before.own_code


def test_a_copied_database_is_told_and_starts_anew(page: SyncPage, room: Room):
    assert page.banner.text == ""
    settings.put(room.office, key=DOUBT, value=True)
    page.refresh()
    room.settle()
    assert page.banner.text.startswith("这台电脑的数据恢复过或被拷贝过")
    epoch = room.office.epoch
    assert not page.keys.anew.isVisibleTo(page)
    press(page.banner, "另起一套编号…")
    answer(room, "通过电话了，另起")
    assert room.office.epoch == epoch + 1
    assert (view(page).copied, view(page).waits) == (False, True)
    assert page.banner.text.startswith("原来的办件要等县里的补发包")


def test_the_county_says_by_telephone_that_the_data_is_old(page: SyncPage, room: Room):
    epoch = room.office.epoch
    page.keys.anew.click()
    answer(room, "不另起")
    assert room.office.epoch == epoch
    page.keys.anew.click()
    answer(room, "县里说了，另起")
    assert room.office.epoch == epoch + 1
    assert page.banner.text.startswith("原来的办件要等县里的补发包")
    assert not page.keys.anew.isVisibleTo(page)


def answer(room: Room, words: str) -> None:
    """Press the button with these words on the newest question."""
    press(room.window.findChildren(Question)[-1], words)
    room.settle()


def press(where: QWidget, words: str) -> None:
    """Press the one button there with these words."""
    [button] = [one for one in where.findChildren(QPushButton) if one.text() == words]
    button.click()
