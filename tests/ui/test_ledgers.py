"""The page of ledgers at a real office: looking, writing, since last time, printing, one of one's own."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from desk.services import ledger_book
from desk.services.ledger_book import BookRow
from tests.services.ledger_desk import LIU, morning
from tests.ui.desk_room import nothing_goes_on, open_room
from ui.notices import Question
from ui.pages.ledgers.page import NEVER, LedgersPage
from ui.pages.ledgers.preview import NO_DAYS, NOTHING_NEW


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path / "office", qtbot) as one:
        morning(one.office)
        yield one


def opened(room, **facts) -> LedgersPage:
    shell = room.shell("ledgers")
    page = LedgersPage(shell, room.tray)
    page.files._open_folder = room.folders.append
    room.show(page, shell, **facts)
    return page


def chosen(page: LedgersPage) -> BookRow:
    book = page.book()
    assert book is not None
    return book


def choose(room, page, key: str, kind: str = "") -> None:
    page.table.choose(key)
    room.settle()
    if kind:
        page.spans.kind.setCurrentIndex(page.spans.kind.findData(kind))
        page.spans.kind.activated.emit(page.spans.kind.currentIndex())
        room.settle()


def table_of(tmp_path: Path, *headings: str) -> Path:
    path = tmp_path / "民政局花名册.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, heading in enumerate(headings):
            sheet.write(0, place, heading)
    return path


def test_the_list_stands_there_and_the_first_is_looked_at(room):
    page = opened(room)
    rows = page.table.rows.rows
    assert len(rows) >= 8
    assert chosen(page).key == ledger_book.DAY_BOOK
    assert page.card.count.text() == "共 8 行"
    assert {row.last for row in rows} == {""}
    assert page.table.rows.rows[0].last or NEVER == "还没有写过"


def test_it_opens_with_the_ledger_asked_for(room):
    assert chosen(opened(room, ledger="veterans")).key == "veterans"


def test_numbers_are_covered_on_the_screen(room):
    page = opened(room, ledger="elderly_roster")
    assert page.card.table is not None
    seen = str(page.card.table.rows.rows)
    assert "刘桂兰" in seen
    assert LIU.id_no not in seen


def test_a_ledger_goes_out_and_the_list_says_when(room, tmp_path):
    page = opened(room, ledger="elderly_roster")
    room.answers.path = tmp_path / "名册"
    page.main_action()
    room.settle()
    rows = CalamineWorkbook.from_path(str(tmp_path / "名册.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[3][4] == LIU.id_no
    assert room.toasts() == ["台账已导出，共 1 行：名册.xlsx"]
    assert chosen(page).last == "11-23 09:00 · 全部 · 1 行"
    assert page.write.isEnabled()


def test_since_last_time_there_is_nothing_new(room, tmp_path):
    page = opened(room)
    choose(room, page, "veterans", "since")
    assert page.card.count.text() == "共 1 行"
    room.answers.path = tmp_path / "a.xlsx"
    page.main_action()
    room.settle()
    assert page.card.count.text() == "共 0 行"
    assert page.card.empty.title.text() == NOTHING_NEW[0]


def test_days_that_are_not_whole_write_nothing(room):
    page = opened(room)
    choose(room, page, "day_book", "days")
    assert page.card.empty.title.text() == NO_DAYS[0]
    assert not page.write.isEnabled()
    page.spans.days.first.show_value("2026-11-01")
    page.spans.days.last.show_value("2026-11-30")
    page.spans.changed.emit()
    room.settle()
    assert page.card.count.text() == "共 8 行"
    assert page.write.isEnabled()


def test_the_other_kinds_of_files(room, tmp_path):
    page = opened(room)
    for action, ending in zip(
        page.others.menu().actions(), (".csv", ".csv", ".zip", ".pdf"), strict=True
    ):
        room.answers.path = tmp_path / f"x{action.text()[:3]}"
        action.trigger()
        room.settle()
        assert (tmp_path / f"x{action.text()[:3]}{ending}").stat().st_size > 0


def test_a_file_is_written_once_and_what_stands_in_its_way_is_told(room, tmp_path):
    page = opened(room)
    room.answers.path = tmp_path / "a.xlsx"
    with nothing_goes_on(room, "files"):
        page.main_action()
        for again in (page.main_action, page.print_action, page.files.start):
            again()
    room.settle()
    assert room.toasts() == ["台账已导出，共 8 行：a.xlsx"]
    assert room.tray.prints() == []
    room.answers.path = tmp_path / "gone" / "a.xlsx"
    page.main_action()
    room.settle()
    assert page.banner.text
    assert page.write.isEnabled()


def test_a_ledger_is_printed(room):
    page = opened(room, ledger="elderly_roster")
    page.print_action()
    room.settle()
    room.settle()
    assert len(room.tray.prints()) == 1


def test_a_department_table_becomes_a_ledger_of_its_own(room, tmp_path):
    page = opened(room)
    room.answers.path = table_of(
        tmp_path, "序号", "姓名", "身份证号（18位）", "社保卡账号", "审核意见"
    )
    page.own.start()
    room.settle()
    assert page.right.currentWidget() is page.making
    assert not page.making.save.isEnabled()
    page.making.rows.show_value("register:elderly")
    page.making.rows.edited.emit()
    room.settle()
    shown = [combo.currentText() for combo in page.making.combos]
    assert shown == ["序号", "姓名", "证件号码", "账号", "（空着，手工填）"]
    page.main_action()
    room.settle()
    book = chosen(page)
    assert (book.title, book.own, book.goes_to) == ("民政局花名册", True, "民政")
    room.answers.path = tmp_path / "out.xlsx"
    page.main_action()
    room.settle()
    rows = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[0] == ["序号", "姓名", "身份证号（18位）", "社保卡账号", "审核意见"]
    assert rows[1] == [1, "刘桂兰", LIU.id_no, "6217000000001234567", ""]


def test_a_choice_may_be_corrected_and_a_name_is_needed(room, tmp_path):
    page = opened(room)
    room.answers.path = table_of(tmp_path, "甲", "乙")
    page.own.start()
    room.settle()
    page.making.rows.show_value("people")
    page.making.rows.edited.emit()
    room.settle()
    page.making.name.setText(" ")
    page.main_action()
    room.settle()
    assert "起个名字" in page.making.problem.text()
    assert "至少要有一列" in page.making.problem.text()
    page.making.name.setText("甲乙表")
    combo = page.making.combos[0]
    combo.setCurrentIndex(combo.findData("person.name"))
    page.main_action()
    room.settle()
    assert chosen(page).title == "甲乙表"


def test_esc_leaves_the_making(room, tmp_path):
    page = opened(room)
    room.answers.path = table_of(tmp_path, "姓名")
    page.own.start()
    room.settle()
    assert page.go_back()
    assert page.right.currentWidget() is page.card


def test_what_is_no_table_is_said(room, tmp_path):
    page = opened(room)
    room.answers.path = tmp_path / "x.xlsx"
    room.answers.path.write_bytes(b"PK\x03\x04 no")
    page.own.start()
    room.settle()
    assert page.right.currentWidget() is page.card
    assert page.banner.text


def test_ones_own_is_dropped_after_a_question(room, tmp_path):
    page = opened(room)
    room.answers.path = table_of(tmp_path, "姓名")
    page.own.start()
    room.settle()
    page.making.rows.show_value("people")
    page.making.rows.edited.emit()
    room.settle()
    page.main_action()
    room.settle()
    assert page.forget.isVisible()
    page.forget.click()
    question = room.window.findChildren(Question)[-1]
    next(one for one in question.findChildren(QPushButton) if one.text() == "删掉").click()
    room.settle()
    assert chosen(page).key == ledger_book.DAY_BOOK
    assert not page.forget.isVisible()


def test_a_table_of_ones_own_is_not_kept_before_its_rows_are_known(room, tmp_path):
    page = opened(room)
    page.own.start()
    room.settle()
    assert page.right.currentWidget() is page.card, "no file was chosen"
    room.answers.path = table_of(tmp_path, "姓名")
    page.own.start()
    room.settle()
    before = len(page.table.rows.rows)
    page.main_action()
    room.settle()
    assert page.right.currentWidget() is page.making
    assert page.window().focusWidget() is page.making.rows.focusProxy()
    assert len(page.table.rows.rows) == before
