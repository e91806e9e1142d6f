"""The list of cases at a real office: groups, filters, pages by key, the due story, the ledger file."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desk.clock import FixedClock
from desk.errors import Cancelled
from desk.services import case_views, cases
from desk.services.office import Office
from tests.builders import MONDAY, id_number, person, take_in
from tests.ui.desk_room import ids, open_room
from ui.pages.cases import page as cases_page
from ui.pages.cases.days import first_and_last
from ui.pages.cases.page import CasesPage


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path / "office", qtbot) as one:
        yield one


def opened(room, **facts) -> CasesPage:
    shell = room.shell("cases")
    page = CasesPage(shell)
    page.export.files._open_folder = room.folders.append
    room.show(page, shell, **facts)
    return page


def visitors(office: Office, count: int, first: int = 0) -> list[UUID]:
    """So many residents a minute apart, oldest first."""
    made = []
    for n in range(first, first + count):
        office.clock = FixedClock(MONDAY + timedelta(minutes=n))
        who = person(f"居民{n}", id_no=id_number(order=n))
        made.append(take_in(office, who=who).case_id)
    return made


def accept(office, case_id) -> None:
    detail = case_views.detail(office, case_id=case_id)
    cases.act(
        office,
        case_id=case_id,
        version=detail.version,
        action="confirm_accepted",
        asks={"accepted_on": "2026-11-23"},
    )


def test_open_cases_stand_newest_first_with_counts(room):
    made = visitors(room.office, 3)
    page = opened(room)
    assert ids(page.table.rows.rows) == made[::-1]
    assert page.filters.chips["open"].text() == "在办 3"
    assert page.count.text() == "共 3 件"


def test_a_chip_shows_another_group(room):
    visitors(room.office, 1)
    take_in(room.office, "MZ-CJ-01", "notify", handed_in=())
    page = opened(room)
    room.qtbot.mouseClick(page.filters.chips["supplement"], Qt.MouseButton.LeftButton)
    room.settle()
    assert [row.state_label for row in page.table.rows.rows] == ["待补正"]


def test_the_frame_may_open_a_group_with_words(room):
    visitors(room.office, 3)
    page = opened(room, group="all", text="居民1")
    assert [row.applicant for row in page.table.rows.rows] == ["居民1"]
    assert page.count.text() == "找到 1 件"


def test_filters_narrow_the_list(room):
    visitors(room.office, 1)
    take_in(room.office, "YB-CB-01")
    page = opened(room)
    line = page.filters.line
    line.setCurrentIndex(line.findData("civil"))
    line.activated.emit(line.currentIndex())
    room.settle()
    assert {row.line for row in page.table.rows.rows} == {"civil"}


def test_days_of_ones_own_choice(room):
    visitors(room.office, 1)
    page = opened(room)
    stretch = page.filters.stretch
    stretch.setCurrentIndex(stretch.findData("own"))
    stretch.activated.emit(stretch.currentIndex())
    assert not page.filters.own_days.isHidden()
    page.filters.own_days.last.show_value("2026-11-22")
    page.filters.own_days.changed.emit()
    room.settle()
    assert page.table.rows.rows == ()
    assert page.list.currentWidget() is page.empty


@pytest.mark.parametrize(
    ("stretch", "days"),
    [
        ("", ("", "")),
        ("day", ("2026-11-25", "2026-11-25")),
        ("week", ("2026-11-23", "2026-11-29")),
        ("month", ("2026-11-01", "2026-11-30")),
        ("year", ("2026-01-01", "2026-12-31")),
    ],
)
def test_stretches_of_days(stretch, days):
    assert first_and_last(stretch, date(2026, 11, 25)) == days


def test_december_ends_with_its_31st():
    assert first_and_last("month", date(2026, 12, 5)) == ("2026-12-01", "2026-12-31")


def test_more_is_read_by_key_when_the_end_is_reached(room, monkeypatch):
    monkeypatch.setattr(cases_page, "PAGE", 4)
    made = visitors(room.office, 10)
    page = opened(room)
    page.resize(1178, 320)
    rows = page.table.rows
    while rows.canFetchMore(page.table.rootIndex()):
        rows.fetchMore(page.table.rootIndex())
        room.settle()
    assert ids(rows.rows) == made[::-1]
    assert rows.ended


def test_a_refresh_keeps_the_chosen_case_and_all_that_was_read(room, monkeypatch):
    monkeypatch.setattr(cases_page, "PAGE", 4)
    made = visitors(room.office, 6)
    page = opened(room)
    page.table.rows.fetchMore(page.table.rootIndex())
    room.settle()
    page.table.choose(made[1])
    visitors(room.office, 1, first=77)
    page.refresh()
    room.settle()
    assert page.table.chosen_key() == made[1]
    assert set(made) <= set(ids(page.table.rows.rows))


def test_the_due_date_of_the_chosen_case_is_explained(room):
    waiting, accepted = visitors(room.office, 2)
    accept(room.office, accepted)
    page = opened(room)
    page.table.choose(accepted)
    room.settle()
    told = " ".join(page.due.story.words())
    assert "承诺 15 个工作日" in told
    assert "第 15 天" in told
    assert "依据：" in told
    page.table.choose(waiting)
    room.settle()
    assert page.due.story.words() == (case_views.NOT_RUNNING,)


def test_enter_opens_the_case(room):
    (made,) = visitors(room.office, 1)
    page = opened(room)
    room.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert room.went == [("case", {"case_id": made})]


@pytest.mark.parametrize(("kind", "ending"), [("xlsx", ".xlsx"), ("csv", ".csv")])
def test_the_list_becomes_a_file(room, tmp_path, kind, ending):
    visitors(room.office, 3)
    page = opened(room)
    room.answers.path = tmp_path / "台账"
    page.export.files.start(kind)
    room.settle()
    assert (tmp_path / f"台账{ending}").stat().st_size > 0
    assert room.toasts() == [f"台账已导出，共 3 件：台账{ending}"]
    assert page.export.files.strip.isHidden()


def test_the_toast_opens_the_folder(room, tmp_path):
    visitors(room.office, 1)
    page = opened(room)
    room.answers.path = tmp_path / "台账.csv"
    page.export.files.start("csv")
    room.settle()
    buttons = room.window.findChildren(QPushButton)
    (show,) = [one for one in buttons if one.text() == "打开所在文件夹"]
    room.qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert room.folders == [tmp_path]


def test_thinking_better_of_it_writes_nothing(room, tmp_path):
    page = opened(room)
    page.export.files.start("csv")
    assert page.export.button.isEnabled()
    assert room.notices.shown == []


def test_cancelling_says_that_nothing_is_left(room):
    page = opened(room)
    page.export.files._stopped(Cancelled())
    assert room.toasts() == ["已停下，没有留下文件。"]
    assert page.export.button.isEnabled()


def test_more_than_a_page_is_found_and_enter_on_nothing_opens_nothing(room):
    page = opened(room)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.table.opened.emit(None)
    assert room.went == []
    visitors(room.office, 51)
    page.filters.text.setText("居民")
    page.filters.changed.emit()
    room.settle()
    assert page.count.text() == "找到 50 件以上"
