"""重号: both cases beside each other, and a button for each."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desk.services import hub_numbers
from desk.services.office import Office
from tests.builders import MONDAY, PROFILE, id_number, make_office, person, take_in
from tests.services.trips import enrolled, export, make_hub, receive, revoked
from tests.ui.desk_room import Room, open_room
from ui.main_window import MainWindow
from ui.pages.county.disputes import NUMBERS, DisputesPage
from ui.shell import Preferences


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path, qtbot, make_hub(tmp_path / "hub")) as made:
        yield made


def reported(room: Room, folder: Path, desk: Office, order: int, name: str) -> None:
    folder.mkdir()
    take_in(desk, who=person(name, id_no=id_number(order=order)))
    enrolled(desk, room.office, folder)
    export(desk, folder)
    receive(room.office, folder)


@pytest.fixture
def page(room: Room, office: Office, tmp_path: Path) -> DisputesPage:
    """待裁 with one number on the cases of two computers."""
    reported(room, tmp_path / "one", office, 200, "刘桂兰")
    revoked(room.office, "电脑坏了")
    later = make_office(tmp_path / "later", PROFILE, MONDAY + timedelta(minutes=1)).office
    reported(room, tmp_path / "two", later, 202, "张桂英")
    later.close()
    page = DisputesPage(room.shell("disputes"))
    room.show(page, page.shell)
    return page


def test_a_number_on_two_cases_is_given_to_one_by_a_person(room: Room, page: DisputesPage) -> None:
    tab = page.tabs.tabs[2]
    assert tab.text() == f"{NUMBERS} 1"
    tab.click()
    room.settle()
    number = hub_numbers.disputes(room.office)[0].number
    assert [page.numbers.table.rows.index(0, column).data() for column in range(4)] == [
        "SJ 1123-0001",
        "池阳社区 2 号窗口 刘桂兰 高龄补贴申请",
        "池阳社区 2 号窗口 张桂英 高龄补贴申请",
        "待定",
    ]
    for said in ("刘桂兰", "张桂英", number):
        assert said in page.said.text
    [first] = [one for one in page.said.findChildren(QPushButton) if one.text() == "定给前一件"]
    first.click()
    room.settle()
    assert page.numbers.table.rows.index(0, 3).data() == "定给前一件"
    assert tab.text() == NUMBERS
    [one] = hub_numbers.disputes(room.office)
    assert one.keeps == "first"
    page.numbers.table.setFocus()
    QTest.keyClick(page.numbers.table, Qt.Key.Key_Return)
    assert room.went == [("order", {"case_id": one.second.case_id})]


def test_the_side_bar_counts_a_number_that_waits(room: Room, page: DisputesPage) -> None:
    """Beside the conflicts: whoever looks at the bar alone must learn of it, and that it is settled."""
    window = MainWindow(room.operations, room.feed, room.notices, room.tasks, Preferences())
    room.qtbot.addWidget(window)
    room.qtbot.waitUntil(lambda: bool(badge(window)))
    room.settle()
    assert badge(window) == "1 处待裁"
    one = hub_numbers.disputes(room.office)[0]
    page.shell.write(hub_numbers.rule, number=one.number, second=one.second.case_id, keeps="first")
    room.settle()
    assert badge(window) == ""


def badge(window: MainWindow) -> str:
    return window.side.buttons["disputes"].accessibleDescription()
