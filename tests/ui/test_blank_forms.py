"""空白表格: found, looked at, printed, saved; and the ways to the page."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desk.services import print_jobs, printers
from desk.services.printers import EVERY, PrinterProfile
from tests.printing.reading import text_of
from tests.ui.desk_room import Room, nothing_goes_on, open_room
from tests.ui.printer_tray import NAME
from ui.pages.blank_forms.page import BlankFormsPage
from ui.pages.intake.page import IntakePage
from ui.pages.settings.page import SettingsPage

ELDERLY = "陕西省高龄老人生活保健补贴申请（审批）表"


@pytest.fixture
def room(tmp_path, qtbot) -> Iterator[Room]:
    with open_room(tmp_path / "office", qtbot) as opened:
        yield opened


def open_page(room: Room, **facts: object) -> BlankFormsPage:
    shell = room.shell("blank_forms")
    page = BlankFormsPage(shell, room.tray)
    room.show(page, shell, **facts)
    return page


def search(room: Room, page: BlankFormsPage, text: str) -> None:
    page.forms.filter.clear()
    QTest.keyClicks(page.forms.filter, text)
    room.qtbot.waitUntil(lambda: not page.forms._rest.isActive())
    room.settle()


def press(page, text: str) -> None:
    next(b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def test_the_first_form_is_shown_at_once(room):
    page = open_page(room)
    assert page.title.text() == ELDERLY
    assert page.medium.text() == "A4 纸"
    assert page.preview.pictures()
    assert page.forms.found.text().startswith("共 ")


def test_a_form_is_found_by_letters_and_walked_to_with_the_arrows(room):
    page = open_page(room)
    search(room, page, "glbt")
    assert page.forms.found.text() == "找到 3 种"
    first = page.preview.pictures()
    QTest.keyClick(page.forms.filter, Qt.Key.Key_Down)
    QTest.keyClick(page.forms.list, Qt.Key.Key_Down)
    room.settle()
    assert page.title.text() == "高龄补贴年度资格复核（生存认证）申请表"
    assert page.preview.pictures() != first


def test_headings_are_stepped_over(room):
    page = open_page(room)
    seen = []
    for _ in range(page.forms.list.count()):
        seen.append(page.forms.form())
        QTest.keyClick(page.forms.list, Qt.Key.Key_Down)
    room.settle()
    assert None not in seen
    assert seen[-1] is not None
    assert seen[-1].group == "窗口用表"


def test_what_is_not_there_says_so_and_cannot_be_printed(room):
    page = open_page(room)
    search(room, page, "qqqq")
    assert page.forms.empty.isVisible()
    assert page.preview.pictures() == ()
    assert not page.print.isEnabled()
    page.main_action()
    page.print_action()
    room.settle()
    assert room.tray.prints() == []


def test_escape_first_clears_the_letters_then_leaves(room):
    page = open_page(room)
    search(room, page, "qqqq")
    assert page.go_back()
    room.settle()
    assert page.forms.text() == ""
    assert page.title.text() == ELDERLY
    assert not page.go_back()


@pytest.mark.parametrize("way", ["key", "enter", "button"])
def test_the_form_is_printed_and_leaves_no_document(room, way):
    printers.save_profile(room.office, profile=PrinterProfile(EVERY, printer=NAME))
    page = open_page(room, item_code="YB-MT-01")
    assert page.title.text() == "基本医疗保险门诊慢特病病种待遇认定申请表"
    if way == "key":
        page.print_action()
    elif way == "enter":
        QTest.keyClick(page.forms.list, Qt.Key.Key_Return)
    else:
        press(page, "打印")
    room.settle()
    assert len(room.tray.prints()) == 1
    assert room.toasts() == ["已送到打印机。"]
    assert print_jobs.failed(room.office) == 0


def test_a_printer_that_is_off_leaves_it_in_the_list(room):
    printers.save_profile(room.office, profile=PrinterProfile(EVERY, medium="A4", printer=NAME))
    page = open_page(room)
    room.tray.there = False
    page.main_action()
    room.settle()
    assert [job.title for job in print_jobs.jobs(room.office)] == [ELDERLY]


def test_the_form_is_saved_as_pdf(room, tmp_path):
    page = open_page(room)
    press(page, "另存 PDF…")
    room.settle()
    assert room.toasts() == []
    room.answers.path = tmp_path / "空白表.pdf"
    press(page, "另存 PDF…")
    room.settle()
    assert ELDERLY in text_of(room.answers.path.read_bytes())
    assert room.toasts() == ["已存为“空白表.pdf”。"]


def test_the_settings_lead_to_the_forms(room):
    shell = room.shell("settings")
    page = SettingsPage(shell, room.tray)
    room.show(page, shell)
    press(page, "打印空白表格…")
    assert room.went == [("blank_forms", {})]


def test_the_choice_of_items_leads_to_the_form_of_the_one_found(room):
    shell = room.shell("intake")
    page = IntakePage(shell, room.tray)
    room.show(page, shell)
    chooser = page.parts.chooser
    QTest.keyClicks(chooser.filter, "lnz")
    room.qtbot.waitUntil(lambda: chooser.list.count() == 1)
    press(page, "打印空白申请表")
    assert room.went == [("blank_forms", {"item_code": "WJ-LN-01"})]
    QTest.keyClicks(chooser.filter, "qqqq")
    room.qtbot.waitUntil(lambda: chooser.list.count() == 0)
    assert not chooser.blank.isEnabled()


def test_enter_the_arrows_and_the_save_key_are_faster_than_the_list(room):
    page = open_page(room)
    page.forms.filter.setFocus()
    QTest.keyClicks(page.forms.filter, "glbt")
    assert page.forms._rest.isActive()
    with nothing_goes_on(room, "read"):
        QTest.keyClick(page.forms.filter, Qt.Key.Key_Down)
        assert not page.forms._rest.isActive()
        page._draw(page.forms.form())
        page._save()
    room.settle()
    assert page.forms.found.text() == "找到 3 种"
    assert room.toasts() == [], "what is not drawn is not saved"
    page.forms.list.setCurrentRow(0)
    assert page.forms.form() is None, "a heading"
    assert page.title.text() != ""
