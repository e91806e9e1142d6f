"""The page of registers at a real office: lists, one person whole, moving up, stopping, paper and tables."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from python_calamine import CalamineWorkbook

from desk.clock import FixedClock
from desk.errors import ChangedMeanwhile
from desk.services import audit_views, roll_deeds, rolls
from desk.services.audit_views import AuditFilter
from desk.services.covering import COVER
from desk.services.roll_views import RollFilter, RollVerb
from desk.words.errors import words
from tests.builders import MONDAY
from tests.printing.reading import text_of
from tests.services.roll_people import granted, known, names, recognised, resident
from tests.ui.desk_room import nothing_goes_on, open_room
from ui.notices import Question
from ui.pages.rolls.output import NO_NOTICE
from ui.pages.rolls.page import RollsPage

LIU = resident("刘桂兰", "1956-03-12", 2)
WANG = resident("王德福", "1946-11-25", 1)


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path / "office", qtbot) as one:
        yield one


def opened(room, **facts) -> RollsPage:
    shell = room.shell("rolls")
    page = RollsPage(shell, room.tray)
    page.output.files._open_folder = room.folders.append
    room.show(page, shell, **facts)
    choose_register(room, page, "elderly")
    return page


def choose_register(room, page, key: str) -> None:
    page.filters.registers.chips[key].click()
    room.settle()


def choose(room, page, key: str) -> None:
    page.filters.lists.chips[key].click()
    room.settle()


def shown(page) -> list[str]:
    return names(page.table.rows.rows)


def press(page, text: str) -> None:
    next(one for one in page.panel.verbs if one.text() == text).click()


def test_every_empty_list_says_what_to_do(room):
    page = opened(room)
    for register in page.filters.choices:
        choose_register(room, page, register)
        for key in page.filters.lists.chips:
            choose(room, page, key)
            filled = page.tables.filled()
            assert filled.currentWidget() is filled.empty
            assert filled.empty.text.text() == page.filters.shown.empty
    assert page.panel.entry is None


def test_the_chosen_one_stands_whole_at_the_right(room):
    granted(room.office, LIU)
    granted(room.office, WANG)
    page = opened(room)
    assert sorted(shown(page)) == ["刘桂兰", "王德福"]
    assert page.count.text() == "共 2 人"
    assert page.filters.lists.chips["roll"].text() == "在册 2"
    row = next(row for row in page.table.rows.rows if row.name == "刘桂兰")
    page.table.choose(row.id)
    room.settle()
    assert page.panel.name.text() == "刘桂兰"
    assert [one.text() for one in page.panel.verbs] == [
        "办高龄补贴复核",
        "办高龄补贴停发",
        "登记停发",
    ]


def test_f9_opens_the_intake_of_the_yearly_check_for_this_person(room):
    granted(room.office, LIU)
    page = opened(room)
    page.main_action()
    [(where, facts)] = room.went
    assert (where, facts["item_code"]) == ("intake", "MZ-GL-02")
    assert facts["person_id"] == page.table.rows.rows[0].person_id


def test_enter_on_a_newcomer_takes_in_the_application(room):
    known(room.office, resident("快满的", "1956-12-20"))
    page = opened(room)
    choose(room, page, "newcomers")
    assert shown(page) == ["快满的"]
    room.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert room.went[0][1]["item_code"] == "MZ-GL-01"


def test_all_move_up_at_once_after_a_question(room):
    granted(room.office, WANG)
    granted(room.office, resident("马秀英", "1946-11-28", 9))
    page = opened(room)
    choose(room, page, "raise")
    assert page.raise_all.text() == "全部升档 2 人"
    page.raise_all.click()
    question = room.window.findChild(Question)
    next(one for one in question.findChildren(QPushButton) if one.text() == "全部升档").click()
    room.settle()
    room.settle()
    assert shown(page) == []
    assert "已升档 2 人" in room.toasts()
    choose(room, page, "roll")
    assert {row.values[0] for row in page.table.rows.rows} == {"80—89周岁"}


def test_stopping_asks_for_its_reason_in_place(room):
    granted(room.office, LIU)
    page = opened(room)
    press(page, "登记停发")
    assert page.panel.asking
    page.main_action()
    room.settle()
    assert page.panel.asking
    page.panel.form.form.show_values(
        {"stop_reason": "去世", "stop_date": "2026-11-20", "why": "家属电话告知"}
    )
    page.main_action()
    room.settle()
    room.settle()
    assert not page.panel.asking
    assert shown(page) == []
    assert room.toasts()[-1] == "刘桂兰：登记停发，已记入名册"
    choose(room, page, "stopped")
    assert shown(page) == ["刘桂兰"]
    assert "恢复发放" in [one.text() for one in page.panel.verbs]


def test_esc_leaves_the_form_and_everything_as_it_is(room):
    granted(room.office, LIU)
    page = opened(room)
    press(page, "登记停发")
    assert page.go_back()
    assert not page.panel.asking
    assert shown(page) == ["刘桂兰"]


def test_a_month_is_told_in_figures(room):
    granted(room.office, LIU)
    page = opened(room)
    choose(room, page, "changes")
    assert shown(page) == []
    page.filters.month.setCurrentIndex(page.filters.month.findData("2026-12"))
    page.filters.changed.emit()
    room.settle()
    assert shown(page) == ["刘桂兰"]
    assert page.count.text() == "上月 0 人 · 本月 1 人 · 应发 50.00 元"


def test_an_illness_is_covered_until_it_is_asked_for(room):
    recognised(room.office, LIU, "D02")
    page = opened(room)
    choose_register(room, page, "chronic")
    [row] = page.table.rows.rows
    cells = [page.table.rows.index(0, n).data() for n in range(len(page.table.rows.columns))]
    assert "糖尿病" not in "".join(cells)
    told = [one.text() for one in page.panel.findChildren(QLabel)]
    assert (row.name, COVER in told, any("糖尿病" in one for one in told)) == (
        "刘桂兰",
        True,
        False,
    )
    revealed = page.panel.revealed
    revealed.open.click()
    revealed.purpose.setCurrentIndex(revealed.purpose.findData("verify"))
    revealed.purpose.activated.emit(revealed.purpose.currentIndex())
    room.settle()
    assert any("糖尿病" in one.text() for one in revealed.findChildren(QLabel))
    [noted] = audit_views.page(room.office, wanted=AuditFilter(what="reveal")).rows
    assert (noted.purpose, noted.facts) == ("核对身份或材料", "名册")
    revealed.close_values()
    assert not revealed.shown


def test_the_list_comes_out_as_a_table_with_ids_as_text(room):
    granted(room.office, LIU)
    page = opened(room)
    path = room.office.paths.folder.parent / "名单.xlsx"
    room.answers.path = path
    page.output.save.click()
    room.settle()
    head, row = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    cells = dict(zip(head, row, strict=True))
    assert cells["证件号码"] == LIU.id_no
    assert cells["楼栋"] == "3号楼"
    assert cells["账号"] == "****4567"
    assert "表格已导出，共 1 人：名单.xlsx" in room.toasts()


def test_a_list_can_be_kept_as_pdf_where_no_printer_is(room):
    granted(room.office, LIU)
    room.tray.there = False
    page = opened(room)
    page.output.print.click()
    room.settle()
    path = room.office.paths.folder.parent / "名单.pdf"
    room.answers.path = path
    [save] = [one for one in room.window.findChildren(QPushButton) if one.text() == "另存 PDF…"]
    save.click()
    room.settle()
    assert LIU.name in text_of(path.read_bytes())
    assert "已存为“名单.pdf”。" in room.toasts()


def test_a_notice_needs_somebody_to_be_made_public(room):
    page = opened(room)
    page.output.notice.click()
    room.settle()
    assert NO_NOTICE in room.toasts()


def test_the_page_opens_at_the_entry_asked_for(room):
    granted(room.office, LIU)
    room.office.clock = FixedClock(MONDAY + timedelta(days=350))
    granted(room.office, resident("赵秀英", "1950-01-01", 5))
    [row] = rolls.page(room.office, wanted=RollFilter("elderly", "due")).rows
    shell = room.shell("rolls")
    page = RollsPage(shell, room.tray)
    room.show(page, shell, register="elderly", list="due", record_id=row.id)
    room.settle()
    assert page.filters.shown.key == "due"
    assert page.panel.name.text() == "刘桂兰"


def test_far_more_than_a_page_is_read_as_far_as_one_looks(room):
    for order in range(53):
        who = resident(f"居民{order}", "1950-05-05", order)
        known(room.office, who)
    page = opened(room)
    choose(room, page, "newcomers")
    assert page.table.rows.rowCount() == 50
    assert page.count.text() == "共 50 人以上"
    page.table.scrollToBottom()
    page.table.rows.fetchMore(page.table.rootIndex())
    room.settle()
    assert page.table.rows.rowCount() == 53


def test_nobody_on_the_list_asks_for_nothing(room):
    page = opened(room)
    page.main_action()
    page.panel.asked.emit(RollVerb("item", "MZ-GL-02", "复核"))
    assert room.went == []
    assert not page.panel.asking


def test_a_stop_is_written_once_and_told_when_it_comes_too_late(room):
    granted(room.office, LIU)
    granted(room.office, WANG)
    page = opened(room)
    first, second = page.table.rows.rows
    why = {"stop_reason": "去世", "stop_date": "2026-11-20", "why": "家属电话告知"}
    press(page, "登记停发")
    page.panel.form.form.show_values(why)
    page.refresh()
    room.settle()
    assert page.panel.asking, "what is being typed stays while the list is read again"
    with nothing_goes_on(room):
        page.main_action()
        page.main_action()
    room.settle()
    room.settle()
    assert shown(page) == [second.name]
    assert room.toasts().count(f"{first.name}：登记停发，已记入名册") == 1
    press(page, "登记停发")
    page.panel.form.form.show_values(why)
    entry: Any = page.panel.entry
    roll_deeds.do(
        room.office,
        register="elderly",
        record_id=entry.row.record_id,
        version=entry.version,
        deed="stop",
        asks=why,
    )
    page.main_action()
    room.settle()
    room.settle()
    assert page.banner.text.startswith(words(ChangedMeanwhile()).title)
    assert not page.panel.asking


def test_a_list_is_issued_once(room):
    granted(room.office, LIU)
    page = opened(room)
    with nothing_goes_on(room):
        page.print_action()
        page.print_action()
        page.output.print_notice()
    room.settle()
    room.settle()
    assert len(room.tray.prints()) == 1
    page.filters.open_with("nobody", "none")
    assert page.filters.shown.key == "roll"
