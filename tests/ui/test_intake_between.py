"""The intake page before an item is chosen, while answers are on their way, and when an end is refused for good."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from desk.services import case_views, drafts
from desk.services.views import CaseFilter, DraftRow, IntakeValues
from tests.builders import id_number, intake_values, person, take_in
from tests.ui.desk_room import nothing_goes_on
from tests.ui.intake_desk import Desk, quiet
from ui.notices import Question
from ui.pages.intake.layout import CHOOSE, DONE, FILL

ITEM = "MZ-GL-01"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def filled(qtbot, desk: Desk) -> None:
    """Everything typed for one item."""
    values = intake_values(desk.office, ITEM)
    desk.page.take_up(DraftRow(0, "", "2026-11-23T11:42:00", values))
    qtbot.waitUntil(lambda: desk.page.live.view is not None)
    qtbot.waitUntil(quiet(desk))


def cases(desk: Desk) -> int:
    return len(case_views.page(desk.office, wanted=CaseFilter(group="all")).rows)


def press(desk: Desk, text: str) -> None:
    buttons = [one for one in desk.window.findChildren(QPushButton) if one.text() == text]
    next(one for one in buttons if one.isVisible()).click()


def test_before_an_item_is_chosen_no_key_makes_a_case(qtbot, desk):
    page = desk.page
    page.main_action()
    page.print_action()
    page.live.ask()
    page.live.draw_paper()
    assert not page.usual(99)
    for asked in (page.parts.done.save_asked, page.parts.done.case_asked):
        asked.emit()
    qtbot.waitUntil(quiet(desk))
    assert (page.parts.stage(), desk.went, desk.said(), cases(desk)) == (CHOOSE, [], [], 0)
    assert page.parts.paper.preview.pictures() == ()


def test_items_are_looked_through_by_keys(qtbot, desk):
    chooser = desk.page.parts.chooser
    qtbot.waitUntil(lambda: chooser.list.count() > 63)
    chooser.list.itemClicked.emit(chooser.list.item(0))
    assert desk.page.parts.stage() == CHOOSE, "a heading is no item"
    chooser.filter.setFocus()
    QTest.keyClick(chooser.filter, Qt.Key.Key_Down)
    assert chooser.list.hasFocus()
    for typed, found in (("zzzz", 0), ("glbt", 1)):
        chooser.filter.clear()
        QTest.keyClicks(chooser.filter, typed)
        # Faster than the list: Enter asks at once, and does not take what stood there before.
        QTest.keyClick(chooser.filter, Qt.Key.Key_Return)
        assert desk.page.parts.stage() == CHOOSE
        qtbot.waitUntil(quiet(desk))
        assert min(chooser.list.count(), 1) == found
        QTest.keyClick(chooser.filter, Qt.Key.Key_Return)
        qtbot.waitUntil(quiet(desk))
        assert (desk.page.parts.stage() == FILL) == bool(found)


def test_what_comes_after_the_visitor_left_is_passed_over(qtbot, desk):
    with nothing_goes_on(desk, "read"):
        desk.page.opened(item_code=ITEM)
        desk.page.start()
    qtbot.waitUntil(quiet(desk))
    assert desk.page.live.view is None
    assert desk.page.parts.stage() == CHOOSE
    filled(qtbot, desk)
    with nothing_goes_on(desk, "read"):
        desk.page.live.draw_paper()
        desk.page.main_action()
        qtbot.waitUntil(lambda: desk.page.parts.stage() == DONE)
    qtbot.waitUntil(quiet(desk))
    assert cases(desk) == 1
    press(desk, "看这件")
    assert [way for way, _facts in desk.went] == ["case"]
    desk.page.opened(item_code=ITEM)
    qtbot.waitUntil(quiet(desk))
    assert desk.page.parts.stage() == FILL, "another visitor, another case"
    assert desk.page.values().person.name == ""


def test_a_key_faster_than_the_rules_is_pressed_again_where_nothing_changed(qtbot, desk):
    filled(qtbot, desk)
    desk.type_into("phone", "")
    desk.page.parts.applicant.person.form.changed.emit()
    assert desk.page.live.stale
    desk.page.main_action()
    qtbot.waitUntil(lambda: desk.page.parts.stage() == DONE)
    qtbot.waitUntil(quiet(desk))
    assert cases(desk) == 1


def test_an_end_that_is_not_granted_says_so_and_keeps_what_was_typed(qtbot, desk):
    filled(qtbot, desk)
    typed = desk.page.values()
    desk.office.grants = ()
    desk.page.main_action()
    qtbot.waitUntil(lambda: bool(desk.page.banner.text))
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert desk.page.parts.stage() == FILL
    assert desk.page.values() == typed


def test_what_is_typed_while_a_draft_is_saved_is_saved_after_it(qtbot, office, desk):
    desk.page.drafts._save_now()
    assert desk.tasks.idle, "nothing was typed"
    desk.type_into("name", "冯玉")
    with nothing_goes_on(desk):
        desk.page.drafts._save_now()
        desk.type_into("name", "珍")
        desk.page.drafts._save_now()
    qtbot.waitUntil(lambda: desk.tasks.idle)
    (row,) = drafts.left_behind(office)
    assert row.values.person.name == "冯玉珍"


def test_of_many_drafts_three_are_offered_and_the_wanted_one_is_opened(qtbot, office, desk):
    names = ["刘一", "刘二", "刘三", "刘四"]
    saved = {
        name: drafts.save(office, draft_id=None, values=IntakeValues(person=person(name))).value
        for name in names
    }
    desk.page.offer.ask()
    strip = desk.page.parts.left_behind
    qtbot.waitUntil(strip.isVisible)
    assert any("另有 1 件没有办完" in one for one in texts(strip))
    desk.page.opened(draft_id=saved["刘二"])
    qtbot.waitUntil(lambda: desk.page.values().person.name == "刘二")


def texts(strip) -> list[str]:
    return [one.text() for one in strip.findChildren(QLabel)]


def test_everything_of_a_person_is_written_where_the_clerk_says(qtbot, office, desk, tmp_path):
    take_in(office, ITEM)
    desk.page.opened(id_no=id_number())
    qtbot.waitUntil(lambda: desk.page.parts.applicant.person_id is not None)
    qtbot.waitUntil(quiet(desk))
    for folder in (None, tmp_path / "out"):
        desk.chooser.path = folder
        if folder:
            folder.mkdir()
        desk.page.parts.applicant.history.export.click()
        (question,) = [one for one in desk.window.findChildren(Question) if one.isVisible()]
        (asked,) = [b for b in question.findChildren(QPushButton) if b.text() == "本人要求查询"]
        asked.click()
        qtbot.waitUntil(lambda: desk.tasks.idle)
    assert len(list((tmp_path / "out").iterdir())) == 3
    assert [one for one in desk.said() if one.startswith("已写出")] == [desk.said()[-1]]
