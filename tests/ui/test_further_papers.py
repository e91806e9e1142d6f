"""What else a case's page prints: chosen from a menu, filled, shown at once."""

import pytest
from PySide6.QtWidgets import QMenu

from tests.builders import take_in
from tests.ui.desk_room import Room, open_room
from ui.pages.case.page import CasePage


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path / "office", qtbot) as one:
        yield one


def menu_of(room: Room, page: CasePage) -> QMenu:
    menu = page.papers.further.menu()
    room.qtbot.waitUntil(lambda: bool(menu.actions()))
    return menu


def test_the_application_form_is_printed_from_the_case(room: Room):
    shell = room.shell("case")
    page = CasePage(shell, room.tray)
    room.show(page, shell, case_id=take_in(room.office, "MZ-GL-01").case_id)
    menu = menu_of(room, page)
    titles = [action.text() for action in menu.actions()]
    assert titles[0] == "陕西省高龄老人生活保健补贴申请（审批）表"
    assert "代办委托书" in titles
    assert not any("{" in title for title in titles)
    menu.actions()[0].trigger()

    def its_form_is_shown() -> bool:
        paper = page.papers.document()
        return paper is not None and paper.kind == "application_form"

    room.qtbot.waitUntil(its_form_is_shown)
