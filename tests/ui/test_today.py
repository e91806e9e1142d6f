"""The first page at a real office: what is due, who reaches an age, today's cases, the usual items."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desk.clock import FixedClock
from desk.services import audit_views, drafts, intake
from desk.services.audit_views import AuditFilter
from desk.services.views import IntakeValues
from tests.builders import MONDAY, id_number, intake_values, person, take_in
from tests.services.roll_people import granted, resident
from tests.ui.desk_room import open_room
from ui.pages.today.page import NOBODY_KNOWN, TodayPage
from ui.widgets.data_table import DataTable


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path, qtbot) as one:
        yield one


def opened(room) -> TodayPage:
    shell = room.shell("today")
    page = TodayPage(shell)
    room.show(page, shell)
    return page


def texts(table: DataTable, column: int) -> list[str]:
    return [table.rows.index(row, column).data() for row in range(table.rows.rowCount())]


def test_a_new_office_says_what_will_stand_where(room):
    page = opened(room)
    for part in (page.due, page.proactive, page.cases):
        assert part.currentWidget() is part.empty
    assert page.proactive.empty.text.text() == NOBODY_KNOWN
    assert page.cases_card.aside.text() == "受理 0 · 办结 0 · 补正 0"


def test_todays_cases_stand_newest_first_with_their_counts(room):
    take_in(room.office)
    room.office.clock = FixedClock(MONDAY + timedelta(minutes=9))
    take_in(room.office, "MZ-CJ-01", "notify", handed_in=())
    page = opened(room)
    assert texts(page.cases.table, 1) == ["1123-0002", "1123-0001"]
    assert texts(page.cases.table, 4) == ["待补正", "已收件"]
    assert page.cases_card.aside.text() == "受理 0 · 办结 0 · 补正 1"


def test_a_new_case_elsewhere_comes_onto_the_page(room):
    page = opened(room)
    shell = room.shell("intake")
    values = intake_values(room.office, "MZ-GL-01")
    shell.write(intake.finish, values=values, end="receive", asks={})
    room.qtbot.waitUntil(lambda: page.cases.table.rows.rowCount() == 1)


def test_enter_opens_the_case(room):
    finished = take_in(room.office)
    page = opened(room)
    page.cases.table.choose(finished.case_id)
    room.qtbot.keyClick(page.cases.table, Qt.Key.Key_Return)
    assert room.went == [("case", {"case_id": finished.case_id})]


def test_who_reaches_an_age_is_taken_in_with_enter(room):
    born = "1946-11-25"
    take_in(room.office, who=person("王德福", birth=born, id_no=id_number(birth="19461125")))
    page = opened(room)
    (row,) = page.proactive.table.rows.rows
    assert (row.name, row.text, row.item_code) == ("王德福", "11-25 满 80 周岁", "MZ-GL-01")
    page.proactive.table.choose((row.person_id, row.item_code))
    room.qtbot.keyClick(page.proactive.table, Qt.Key.Key_Return)
    assert room.went == [("intake", {"person_id": row.person_id, "item_code": "MZ-GL-01"})]


def test_the_usual_items_stand_with_their_digits(room):
    page = opened(room)
    buttons = page.usual_card.buttons
    assert [button.cap.text() for button in buttons] == [str(place) for place in range(1, 10)]
    room.qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert room.went == [("intake", {"item_code": room.office.catalog.usual[0]})]


def test_what_was_left_behind_is_offered_and_nothing_when_there_is_none(room):
    page = opened(room)
    assert not page.unfinished.isVisible()
    for name in ("张建国", "刘桂兰"):
        values = IntakeValues(item_code="MZ-GL-01", person=person(name))
        room.shell("intake").write(drafts.save, draft_id=None, values=values)
    room.qtbot.waitUntil(lambda: "另有 1 件" in page.unfinished.words.text())
    rows = drafts.left_behind(room.office)
    assert page.unfinished.words.text() == f"没有办完：{rows[0].label}，09:00 存的草稿；另有 1 件"
    room.qtbot.mouseClick(page.unfinished.go_on, Qt.MouseButton.LeftButton)
    assert room.went == [("intake", {"draft_id": rows[0].id})]
    for row in rows:
        room.shell("intake").write(drafts.drop, draft_id=row.id)
    room.qtbot.waitUntil(lambda: not page.unfinished.isVisible())


def test_a_draft_of_another_day_says_so(room):
    values = IntakeValues(item_code="MZ-GL-01")
    drafts.save(room.office, draft_id=None, values=values)
    room.office.clock = FixedClock(MONDAY + timedelta(days=1))
    page = opened(room)
    assert "，11-23 09:00 存的草稿" in page.unfinished.words.text()


def test_f9_takes_in(room):
    opened(room).main_action()
    assert room.went == [("intake", {})]


def test_a_new_day_empties_the_list_of_today(room):
    take_in(room.office)
    page = opened(room)
    assert page.cases.table.rows.rowCount() == 1
    room.office.clock = FixedClock(MONDAY + timedelta(days=1))
    page._see_the_day()
    room.qtbot.waitUntil(lambda: page.cases.table.rows.rowCount() == 0)


def test_the_days_of_a_register_lead_to_its_list(room):
    granted(room.office, resident("刘桂兰", "1950-03-12"))
    room.office.clock = FixedClock(MONDAY + timedelta(days=340))
    page = opened(room)
    table = page.due.table
    table.choose("elderly")
    room.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert room.went == [("rolls", {"register": "elderly", "list": "due"})]


def test_who_moves_up_is_found_on_the_roll(room):
    granted(room.office, resident("王德福", "1946-11-25", 1))
    page = opened(room)
    table = page.proactive.table
    table.choose(table.rows.key_at(0))
    room.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert room.went == [("rolls", {"register": "elderly", "list": "raise"})]


def test_the_closing_slip_goes_to_the_printer(room):
    take_in(room.office)
    shell = room.shell("today")
    page = TodayPage(shell, room.tray)
    room.show(page, shell)
    page.closing.click()
    room.settle()
    [printed] = room.tray.prints()
    assert printed.stat().st_size > 0
    [line] = audit_views.page(room.office, wanted=AuditFilter(what="closing_slip")).rows
    assert line.who == "王敏"
