"""The frame: side bar, keys, search to page, counts, and what is told to hidden pages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk.changes import Changes
from desk.services import case_views, print_jobs, printers, settings
from desk.services.check import Finding
from tests.builders import id_number, take_in
from ui.actions import COMMANDS
from ui.navigation import BUILDERS, PAGES
from ui.notices import Question
from ui.pages.print_jobs import PrintJobsPage
from ui.pages.settings.page import SettingsPage
from ui.widgets.page_frame import PageFrame


class Noted(PageFrame):
    """A page that notes what the window does to it."""

    help_text = "这是测试页。"

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[object] = []

    def opened(self, **facts: object) -> None:
        self.noted.append(("opened", facts))

    def refresh(self) -> None:
        self.noted.append("refresh")

    def main_action(self) -> None:
        self.noted.append("F9")

    def print_action(self) -> None:
        self.noted.append("print")

    def usual(self, place: int) -> bool:
        self.noted.append(place)
        return place != 9


@pytest.fixture
def noted(window):
    """Noting pages in place of the real ones, which have tests of their own."""
    pages = {entry.key: Noted() for entry in PAGES["desk"].entries} | {"case": Noted()}
    for key, page in pages.items():
        window.navigation.adopt(key, page)
    window.go("today")
    return pages


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.window(), key, modifier)


def test_the_side_bar_says_whose_desk_it_is(window):
    assert window.side.hall.text() == "池阳社区\n便民服务大厅"
    assert window.side.seat.text() == "2 号窗口 · 王敏"
    assert window.bar.time.text() == "11 月 23 日 周一 09:00"


@pytest.mark.parametrize("kind", PAGES)
def test_every_entry_has_its_page(kind):
    assert {entry.key for entry in PAGES[kind].entries} | {PAGES[kind].case} <= set(BUILDERS)


@pytest.mark.parametrize(("key", "page"), [(Qt.Key.Key_F2, "intake"), (Qt.Key.Key_F3, "cases")])
def test_function_keys_open_pages(qtbot, window, noted, key, page):
    press(qtbot, window, key)
    assert window.navigation.current is noted[page]
    assert window.side.buttons[page].property("current") is True
    assert window.side.buttons["today"].property("current") is False


def test_the_pages_own_keys_reach_it(qtbot, window, noted):
    page = noted["today"]
    page.noted.clear()
    press(qtbot, window, Qt.Key.Key_F9)
    press(qtbot, window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert page.noted == ["F9", "print", 3]


def test_a_usual_item_the_page_does_not_take_opens_the_intake(qtbot, window, noted, office):
    press(qtbot, window, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    assert window.navigation.current is noted["intake"]
    assert ("opened", {"item_code": office.catalog.usual[8]}) in noted["intake"].noted


def test_escape_goes_back_the_way_one_came(qtbot, window, noted):
    window.go("cases")
    window.go("case", case_id="x")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.navigation.current is noted["cases"]
    press(qtbot, window, Qt.Key.Key_Escape)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.navigation.current is noted["today"]


def test_escape_first_clears_what_the_page_says(qtbot, window, noted):
    window.go("cases")
    noted["cases"].banner.say("磁盘满了")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.navigation.current is noted["cases"]
    assert noted["cases"].banner.text == ""


def test_escape_in_the_search_box_closes_the_search_and_stays_on_the_page(qtbot, window, noted):
    window.go("cases")
    window.go("settings")
    press(qtbot, window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = window.bar.search
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, "lgl")
    qtbot.waitUntil(lambda: search.results is not None and search.results.isVisible())
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert not search.results.isVisible()
    assert window.navigation.current is noted["settings"]


def test_help_names_the_page_and_the_keys(qtbot, window, noted, notices):
    press(qtbot, window, Qt.Key.Key_F1)
    said = notices.shown[-1]
    assert said.text.startswith("这是测试页。")
    assert all(command.cap in said.text for command in COMMANDS)
    box = window.window().findChild(Question)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_a_case_is_found_and_opened(qtbot, window, noted, office, tasks):
    finished = take_in(office)
    search = window.bar.search
    press(qtbot, window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, case_views.detail(office, case_id=finished.case_id).row.short_no)
    qtbot.waitUntil(lambda: search.results is not None and search.results.isVisible())
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert ("opened", {"case_id": finished.case_id}) in noted["case"].noted
    assert search.text() == ""
    assert not search.results.isVisible()


def test_a_scanned_number_opens_its_case_without_waiting(qtbot, window, noted, office):
    finished = take_in(office)
    search = window.bar.search
    search.setFocus()
    qtbot.keyClicks(search, finished.number.replace("-", ""))
    qtbot.keyClick(search, Qt.Key.Key_Return)
    opened = ("opened", {"case_id": finished.case_id})
    qtbot.waitUntil(lambda: opened in noted["case"].noted)


def test_a_known_person_leads_to_the_intake(qtbot, window, noted, office):
    finished = take_in(office)
    case = case_views.detail(office, case_id=finished.case_id)
    search = window.bar.search
    search.setFocus()
    qtbot.keyClicks(search, "lgl")
    qtbot.waitUntil(lambda: search.results is not None and search.results.isVisible())
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert ("opened", {"person_id": case.person_id}) in noted["intake"].noted


def test_an_item_is_found_by_its_initials(qtbot, window, noted):
    search = window.bar.search
    search.setFocus()
    qtbot.keyClicks(search, "glbt")
    qtbot.waitUntil(lambda: search.results is not None and search.results.isVisible())
    hit = search.results.current()
    assert hit.kind == "item"
    assert "高龄" in hit.title


def test_an_unknown_card_is_a_new_visitor(qtbot, window, noted):
    number = id_number(birth="19620505")
    search = window.bar.search
    search.setFocus()
    qtbot.keyClicks(search, number)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("opened", {"id_no": number}) in noted["intake"].noted)


def test_a_name_nobody_has_is_told(qtbot, window, noted, notices):
    search = window.bar.search
    search.setFocus()
    search.setText("查无此人甲")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("没有找到" in said.text + said.title for said in notices.shown))


def test_hidden_pages_refresh_when_they_are_shown(window, noted):
    window.go("cases")
    for page in noted.values():
        page.noted.clear()
    window.feed.tell(Changes(drafts=True), "intake")
    assert "refresh" in noted["cases"].noted
    assert "refresh" not in noted["today"].noted
    window.go("today")
    assert "refresh" in noted["today"].noted


def test_counts_follow_the_office(qtbot, window, noted, office):
    assert not window.bar.unsent.isVisible()
    take_in(office)
    window.feed.tell(Changes(packages=True))
    qtbot.waitUntil(window.bar.unsent.isVisible)
    assert window.bar.unsent.text() == "待上报 1 件"
    qtbot.mouseClick(window.bar.unsent, Qt.MouseButton.LeftButton)
    assert window.navigation.current is noted["sync"]


def test_papers_that_did_not_come_out_are_told_in_the_top_bar(qtbot, window, office):
    order = print_jobs.begin_pdf(office, title="名单", pdf=b"%PDF", medium="A4", printer="甲").value
    failed = print_jobs.job_failed(office, job_id=order.job_id, why="missing")
    window.feed.tell(failed.changes)
    qtbot.waitUntil(window.bar.unprinted.isVisible)
    assert window.bar.unprinted.text() == "1 份没打出来"
    qtbot.mouseClick(window.bar.unprinted, Qt.MouseButton.LeftButton)
    assert isinstance(window.navigation.current, PrintJobsPage)
    window.feed.tell(print_jobs.drop(office, job_id=order.job_id).changes)
    qtbot.waitUntil(lambda: not window.bar.unprinted.isVisible())


def test_large_text_asks_for_a_new_window(qtbot, window, office):
    settings.put(office, key="large_text", value=True)
    with qtbot.waitSignal(window.text_size_changed) as switched:
        window.feed.tell(Changes(settings=True))
    assert switched.args[0].large_text


def test_settings_are_kept_the_moment_they_are_chosen(qtbot, window, notices, office):
    window.go("settings")
    page = window.navigation.current
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: bool(page.printing.rows))
    medium = page.printing.rows[0].medium
    medium.setCurrentIndex(medium.findData("80mm"))
    medium.activated.emit(medium.currentIndex())
    qtbot.waitUntil(lambda: any(said.title == "已保存" for said in notices.shown))
    assert printers.profile(office, kind="receipt_slip").medium == "80mm"


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720), (1093, 574), (960, 540)])
def test_nothing_sticks_out_of_the_window(qtbot, window, host, size):
    window.go("settings")
    host.resize(*size)
    QApplication.processEvents()
    assert (host.width(), host.height()) == size
    assert window.bar.search.width() > 300
    assert window.rect().contains(window.stack.geometry())


def test_a_page_too_large_for_the_screen_scrolls(qtbot, window, host, noted):
    noted["today"].setMinimumSize(1500, 900)
    host.resize(1093, 574)
    QApplication.processEvents()
    area = window.stack.currentWidget()
    assert noted["today"].size().width() == 1500
    assert area.verticalScrollBar().maximum() > 0
    assert window.rect().contains(window.stack.geometry())


def test_before_the_first_page_a_key_does_nothing_and_a_damaged_file_is_told(
    qtbot, window, notices
):
    assert window.navigation.current is None
    press(qtbot, window, Qt.Key.Key_F9)
    assert notices.shown == []
    window._tell_findings((Finding("第 3 页读出来不对"),))
    [told] = notices.shown
    assert told.title == "数据文件要检查"
    assert "第 3 页读出来不对" in told.text
