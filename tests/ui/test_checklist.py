"""The table of papers: ticks by keyboard, what is held already, details of a row."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk.domain.materials import HandedIn
from tests.ui.forms import held, in_window, material, needed, press
from ui.widgets.checklist import Checklist
from ui.widgets.checklist_model import NAME, STATE, TICK, TONE

CARD, BOOK, FORM = (
    material("身份证"),
    material("户口簿", tolerable=True),
    material("申请表", "original"),
)


def checklist(qtbot, *rows):
    view = Checklist()
    view.show_needed(rows)
    in_window(qtbot, view)
    return view


def state(view, row):
    index = view.model.index(row, STATE)
    return index.data(), index.data(TONE)


def test_papers_that_must_be_there_are_red_until_ticked(qtbot):
    view = checklist(qtbot, *needed(CARD, BOOK))
    assert state(view, 0) == ("未带", "late")
    with qtbot.waitSignal(view.changed):
        press(view.table, Qt.Key.Key_Space)
    assert state(view, 0) == ("已收", "good")
    assert view.handed_in() == (HandedIn("身份证", "身份证", True, False, 1, False),)


def test_space_goes_on_to_the_next_paper(qtbot):
    view = checklist(qtbot, *needed(CARD, BOOK, FORM))
    press(view.table, Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Space)
    assert [paper.key for paper in view.handed_in()] == ["身份证", "户口簿", "申请表"]
    press(view.table, Qt.Key.Key_Space)
    assert [paper.key for paper in view.handed_in()] == ["身份证", "户口簿"]


def test_an_original_that_is_taken_is_handed_in_as_kept(qtbot):
    view = checklist(qtbot, *needed(FORM))
    press(view.table, Qt.Key.Key_Space)
    assert view.handed_in() == (HandedIn("申请表", "申请表", True, True, 0, False),)


def test_a_paper_held_from_last_time_ticks_itself(qtbot):
    view = checklist(qtbot, held(CARD))
    assert view.model.is_ticked(0)
    assert state(view, 0) == ("有效至 2036-05", "good")
    assert view.handed_in() == ()


def test_a_held_paper_brought_anew_counts_as_brought(qtbot):
    view = checklist(qtbot, held(CARD))
    press(view.table, Qt.Key.Key_Space)
    assert [paper.key for paper in view.handed_in()] == ["身份证"]
    press(view.table, Qt.Key.Key_Space)
    assert view.handed_in() == ()
    assert view.model.is_ticked(0)


def test_all_ticks_what_must_be_there_and_nothing_else(qtbot):
    view = checklist(qtbot, held(CARD), *needed(BOOK), *needed(FORM, state="optional"))
    with qtbot.waitSignal(view.changed):
        view.tick_all()
    assert [paper.key for paper in view.handed_in()] == ["户口簿"]


def test_ticks_of_papers_that_stay_are_kept_when_others_come(qtbot):
    view = checklist(qtbot, *needed(CARD))
    press(view.table, Qt.Key.Key_Space)
    with qtbot.assertNotEmitted(view.changed):
        view.show_needed(needed(BOOK, CARD))
    assert [paper.key for paper in view.handed_in()] == ["身份证"]


def test_a_paper_no_longer_asked_for_is_not_handed_in(qtbot):
    view = checklist(qtbot, *needed(CARD, BOOK))
    view.tick_all()
    view.show_needed(needed(BOOK))
    assert [paper.key for paper in view.handed_in()] == ["户口簿"]


def test_a_missing_paper_may_be_promised(qtbot):
    view = checklist(qtbot, *needed(BOOK))
    press(view.table, Qt.Key.Key_Return)
    assert view.details.isVisible()
    QTest.keyClicks(view.details.form.cell("promised_by").editor.input, "2026-12-7")
    (paper,) = view.handed_in()
    assert (paper.promised_by, paper.copies) == ("2026-12-07", 0)
    assert state(view, 0) == ("2026-12-07 前补", "soon")
    assert not view.model.is_ticked(0)


def test_the_details_of_a_ticked_paper_change_copies_and_original(qtbot):
    view = checklist(qtbot, *needed(CARD))
    press(view.table, Qt.Key.Key_Space, Qt.Key.Key_Return)
    copies = view.details.form.cell("copies").editor.input
    copies.selectAll()
    QTest.keyClicks(copies, "3")
    press(view.details.form.cell("original_kept").editor.input, Qt.Key.Key_Left)
    assert view.handed_in() == (HandedIn("身份证", "身份证", True, True, 3, False),)


def test_escape_closes_the_details_and_goes_back_to_the_table(qtbot):
    view = checklist(qtbot, *needed(CARD))
    press(view.table, Qt.Key.Key_Space, Qt.Key.Key_Return)
    press(view.details.form.cell("copies").editor.input, Qt.Key.Key_Escape)
    assert not view.details.isVisible()
    assert view.table.hasFocus()


def test_filling_from_a_draft_emits_nothing(qtbot):
    view = checklist(qtbot, *needed(CARD, BOOK))
    with qtbot.assertNotEmitted(view.changed):
        view.fill((HandedIn("户口簿", "户口簿", True, False, 2, False),))
        assert [paper.key for paper in view.handed_in()] == ["户口簿"]
        view.show_needed(needed(CARD, BOOK))
    assert view.handed_in() == (HandedIn("户口簿", "户口簿", True, False, 2, False),)


def test_the_table_is_as_high_as_its_rows(qtbot):
    long = replace(CARD, name="社会保障卡（金融账户已激活）或本人银行账户" * 3)
    view = checklist(qtbot, *needed(long, BOOK))
    qtbot.waitUntil(lambda: view.table.rowHeight(0) > view.table.rowHeight(1))
    shown = view.table.horizontalHeader().height() + view.table.verticalHeader().length()
    assert view.table.height() >= shown


def test_a_click_ticks_only_on_the_tick_and_other_keys_do_nothing(qtbot):
    view = checklist(qtbot, *needed(CARD, BOOK))
    for column, count in ((NAME, 0), (TICK, 1)):
        place = view.table.visualRect(view.model.index(0, column)).center()
        QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert len(view.handed_in()) == count
    press(view.table, Qt.Key.Key_F9)
    assert len(view.handed_in()) == 1
    assert not view.details.isVisible()
    index = view.model.index(0, NAME)
    assert "身份证" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert index.data(Qt.ItemDataRole.ToolTipRole) is not None


def test_an_empty_checklist_opens_no_details(qtbot):
    view = checklist(qtbot)
    view.open_details()
    assert not view.details.isVisible()
