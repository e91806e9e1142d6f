"""The list of what did not come out: why, and printing again; and the question before a box is printed."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton

from desk.services import case_views, print_jobs, printers
from desk.services.printers import EVERY, PrinterProfile
from tests.builders import person, take_in
from tests.ui.desk_room import Room, open_room
from tests.ui.printer_tray import NAME
from ui.notices import Question
from ui.pages.print_jobs import PrintJobsPage
from ui.papers import PaperDesk


@pytest.fixture
def room(tmp_path, qtbot) -> Iterator[Room]:
    with open_room(tmp_path / "office", qtbot) as opened:
        yield opened


def failed(room: Room, name: str = "刘桂兰"):
    """A case whose paper went to a printer that is not there."""
    printers.save_profile(room.office, profile=PrinterProfile(EVERY, printer=NAME))
    done = take_in(room.office, who=person(name))
    assert done.document is not None
    room.tray.there = False
    desk = PaperDesk(room.shell("case"), room.tray, room.window)
    desk.hand_out(done.document, "")
    room.settle()
    return done


def open_list(room: Room) -> PrintJobsPage:
    shell = room.shell("print_jobs")
    page = PrintJobsPage(shell, room.tray)
    room.show(page, shell)
    return page


def press(page, text: str) -> None:
    next(b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def count(room: Room, done) -> int:
    return case_views.detail(room.office, case_id=done.case_id).documents[0].prints


def test_an_empty_list_says_so(room):
    page = open_list(room)
    assert page.empty.isVisible()
    page.main_action()
    room.settle()
    assert room.tray.prints() == []


def test_a_paper_that_did_not_come_out_is_printed_again_from_the_list(room):
    done = failed(room)
    page = open_list(room)
    assert [(job.printer, job.why) for job in page.jobs] == [(NAME, "missing")]
    assert page.jobs[0].title == f"材料接收凭证　{done.number}"
    press(page, "重打")
    room.settle()
    assert [job.why for job in page.jobs] == ["missing"], "still off"
    room.tray.there = True
    page.main_action()
    room.settle()
    assert page.empty.isVisible()
    assert len(room.tray.prints()) == 1
    assert count(room, done) == 0
    assert "已送到打印机。" in room.toasts()


def test_another_printer_may_be_taken_or_nothing_at_all(room):
    failed(room)
    page = open_list(room)
    room.tray.there, room.tray.chosen = True, False
    press(page, "换一台打印机…")
    room.settle()
    assert len(page.jobs) == 1
    room.tray.chosen = True
    press(page, "换一台打印机…")
    room.settle()
    assert page.empty.isVisible()
    assert len(room.tray.prints()) == 1


def test_a_paper_is_taken_off_the_list(room):
    failed(room)
    page = open_list(room)
    press(page, "删除")
    room.settle()
    assert page.jobs == ()
    assert room.toasts()[-1] == "不打了，文书还在办件里"
    assert print_jobs.failed(room.office) == 0


def test_a_character_no_font_has_is_asked_about_first(room):
    printers.save_profile(room.office, profile=PrinterProfile(EVERY, printer=NAME))
    done = take_in(room.office, who=person("刘\ue000兰"))
    assert done.document is not None
    desk = PaperDesk(room.shell("case"), room.tray, room.window)
    said: list[str] = []
    desk.said.connect(said.append)
    for answer, sheets in (("先不打印", 0), ("照样打印", 1)):
        desk.hand_out(done.document, "")
        room.settle()
        asked = room.notices.shown[-1]
        assert (asked.kind, asked.title) == ("question", "有 1 个字打不出来")
        assert "《材料接收凭证》" in asked.text
        assert "编码 E000" in asked.text
        (box,) = [b for b in room.window.findChildren(Question) if b.isVisible()]
        press(box, answer)
        room.settle()
        assert len(room.tray.prints()) == sheets
    assert said == ["没有打印。", "已送到打印机。"]
    assert count(room, done) == 0


def test_a_second_press_while_a_paper_is_on_its_way_prints_nothing_more(room):
    printers.save_profile(room.office, profile=PrinterProfile(EVERY, printer=NAME))
    done = take_in(room.office)
    assert done.document is not None
    desk = PaperDesk(room.shell("case"), room.tray, room.window)
    desk.print_out(done.document, "")
    desk.print_out(done.document, "")
    room.settle()
    assert len(room.tray.prints()) == 1
    desk.print_out(done.document, "")
    room.settle()
    assert count(room, done) == 1


def test_each_paper_has_its_own_line(room):
    names = [failed(room, name).number for name in ("刘桂兰", "张桂英")]
    page = open_list(room)
    assert sorted(job.title.rpartition("　")[2] for job in page.jobs) == sorted(names)
    assert sum(b.text() == "重打" for b in page.findChildren(QPushButton) if b.isVisible()) == 2
