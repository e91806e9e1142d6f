"""The county's pages when somebody thinks better of it, when there is nothing, and when something does not fit."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk.exchange.stick import SUBFOLDER
from desk.services import case_editing, case_store, hub, intake, orders, sync
from desk.services.office import Office
from desk.services.operation import reading
from tests.builders import intake_values, person, take_in
from tests.services.forging import following, log_of, package
from tests.services.trips import enrolled, export, make_hub, on_stick, put, receive, rows
from tests.ui.desk_room import Room, nothing_goes_on, open_room
from ui.pages.county.desks import DesksPage
from ui.pages.county.disputes import DisputesPage
from ui.pages.county.enrol_panel import FITS
from ui.pages.county.order import ERASE, OrderPage
from ui.pages.county.publish import PublishPage
from ui.pages.county.receive import AGAIN, AT_ONCE, NOTHING, PULL, ReceivePage
from ui.pages.county.report import ReportPage, troubles


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path, qtbot, make_hub(tmp_path / "hub")) as made:
        yield made


@pytest.fixture
def stick(tmp_path) -> Path:
    folder: Path = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def case(room: Room, office: Office, stick: Path) -> UUID:
    """One case of a window that is known, its package on the stick."""
    made: UUID = take_in(office).case_id
    enrolled(office, room.office, stick)
    export(office, stick)
    return made


def receiving(room: Room) -> ReceivePage:
    page = ReceivePage(room.shell("receive"), lambda: ())
    room.show(page, page.shell)
    return page


def test_nothing_is_received_without_a_stick_or_from_an_empty_one(room, stick):
    page = receiving(room)
    before = rows(room.office, "setting")
    page.main_action()
    page.other.click()
    page.strip.cancel_asked.emit()
    room.settle()
    assert page.strip.isHidden()
    page.stick.use(stick)
    page.main_action()
    room.settle()
    assert page.headline.text() == NOTHING
    assert page.other.text() == AGAIN
    page.other.click()
    room.settle()
    assert page.other.text() == AGAIN
    page.main_action()
    room.settle()
    assert page.headline.text() == NOTHING
    assert rows(room.office, "setting") == before


def test_looking_and_receiving_are_stopped_and_begun_anew(room, case, stick):
    page = receiving(room)
    page.stick.use(stick)
    before = rows(room.office, "setting")
    with nothing_goes_on(room):
        page.main_action()
        page.strip.stop.click()
    room.settle()
    assert room.toasts()[-1] == "已停下，什么也没有改。"
    assert page.other.text() == AT_ONCE, "nothing was looked into"
    with nothing_goes_on(room):
        page.other.click()
        page.strip.stop.click()
    room.settle()
    assert page.strip.words.text() == "停下了。"
    assert rows(room.office, "setting") == before
    assert on_stick(stick, "ack") == {}
    page.main_action()
    room.settle()
    assert page.other.text() == AGAIN
    page.stick.chosen.emit(str(stick))
    room.settle()
    assert page.other.text() == AT_ONCE, "a stick chosen anew is looked into anew"
    with nothing_goes_on(room):
        page.other.click()
        # Whoever turns to another stick now does not change what is under way.
        page.stick.chosen.emit(str(stick))
        assert not page.next.isEnabled()
    room.settle()
    assert [row.state for row in page.files] == ["已收下"]
    assert page.strip.words.text() == f"收完了。{PULL}"


def test_records_given_back_are_told_with_their_package(room, office, case, tmp_path):
    page = receiving(room)
    folder = tmp_path / "forged"
    folder.mkdir()
    put(folder, "x.bmq", package(office, following(log_of(office), "case.moved", case, {})))
    page.stick.use(folder)
    page.main_action()
    room.settle()
    assert "退回 1 条" in page.said.text
    page.main_action()
    room.settle()
    assert page.said.text.startswith("池阳社区 2 号窗口第 1 号包，退回 1 条")
    report = ReportPage(room.shell("report"))
    # Turned before the figures are there.
    report.tabs.tabs[1].click()
    room.show(report, report.shell)
    [line] = report.desks.table.rows.rows
    assert list(troubles(line)) == ["退回 1 条"]


def test_a_package_that_is_missing_is_named(room, office, case, stick):
    first = next(name for name in on_stick(stick) if name.endswith(".bmq"))
    take_in(office, who=person("张桂英"))
    export(office, stick)
    (stick / SUBFOLDER / first).unlink()
    receive(room.office, stick)
    page = ReportPage(room.shell("report"))
    room.show(page, page.shell)
    [line] = page.desks.table.rows.rows
    assert list(troubles(line)) == ["缺第 1 号包"]


def ordering(room: Room, case: UUID) -> OrderPage:
    page = OrderPage(room.shell("order"))
    room.show(page, page.shell, case_id=case)
    return page


def press(page: OrderPage, text: str) -> None:
    next(verb for verb in page.verbs if verb.text() == text).click()


def test_an_order_page_without_a_case_asks_nothing(room):
    page = OrderPage(room.shell("order"))
    room.show(page, page.shell)
    page.main_action()
    page.refresh()
    room.settle()
    assert page.told is None
    assert not page.go_back()


def test_the_newest_case_asked_for_is_the_one_shown(room, case, stick):
    receive(room.office, stick)
    page = ordering(room, case)
    title = page.title.text()
    page.opened(case_id=case)
    room.settle()
    assert page.title.text() == title
    page.told = None
    with nothing_goes_on(room, "read"):
        page.refresh()
        page.hide()
        page.opened(case_id=uuid4())
    room.settle()
    assert page.told is None, "the answer about the one before is passed over"
    page.show()
    page.refresh()
    room.settle()
    assert page.banner.text


def test_an_order_that_comes_too_late_is_told(room, office, case, stick):
    """While the form stood open the desk told of a newer version."""
    receive(room.office, stick)
    page = ordering(room, case)
    press(page, "改这件的内容")
    page.form.form.show_values({"kin_phone": "13991872734"})
    with reading(office) as connection:
        version = case_store.load(office, connection, case).standing.version
    correct(office, case, version)
    export(office, stick)
    receive(room.office, stick)
    page.main_action()
    room.settle()
    assert page.banner.text
    assert page.told is not None
    assert page.told.orders == ()


def correct(office: Office, case: UUID, version: int) -> None:
    case_editing.edit(
        office, case_id=case, version=version, fields={"kin_name": "刘小梅"}, why="来更正"
    )


def test_a_closed_case_may_be_asked_to_be_erased_with_a_reason(room, office, stick):
    values = intake_values(office, "ZH-ZM-01")
    asks = {"reason": "房屋不在本社区"}
    made = intake.finish(office, values=values, end="refuse", asks=asks).value.case_id
    enrolled(office, room.office, stick)
    export(office, stick)
    receive(room.office, stick)
    page = ordering(room, made)
    press(page, ERASE)
    page.main_action()
    room.settle()
    assert not page.form.isHidden(), "not without a reason"
    page.form.form.show_values({"reason": "保管期满"})
    page.main_action()
    room.settle()
    assert page.form.isHidden()
    assert page.told is not None
    assert [one.what for one in page.told.orders] == ["要求按保管期限删除这件"]


def test_a_request_is_shown_with_its_reason_and_opens_its_case(room, case, stick):
    receive(room.office, stick)
    page = DisputesPage(room.shell("disputes"))
    room.show(page, page.shell)
    orders.give_request(room.office, case_id=case, field="live_state", reason="入户看到是独居")
    page.refresh()
    room.settle()
    page.tabs.tabs[1].click()
    [row] = page.orders.table.rows.rows
    page.orders.table.choose(row.id)
    assert "理由：入户看到是独居" in page.said.text
    QTest.keyClick(page.orders.table, Qt.Key.Key_Return)
    assert room.went == [("order", {"case_id": case})]


def known_windows(room: Room, path: Path | None = None) -> DesksPage:
    room.answers.path = path
    page = DesksPage(room.shell("desks"))
    room.show(page, page.shell)
    return page


def test_registering_is_left_and_taken_up_again(room, office, stick):
    page = known_windows(room)
    page.main_action()
    room.settle()
    assert page.side.currentWidget() is page.nobody, "no file was chosen"
    assert not page.go_back()
    sync.take_county_key(office, path=hub.write_public_key(room.office, folder=stick))
    room.answers.path = stick / sync.write_enrolment(office, folder=stick).value
    page.main_action()
    room.settle()
    page.refresh()
    room.settle()
    assert page.side.currentWidget() is page.enrol, "it stays while the windows are read again"
    page.opened(code=sync.view(office).own_code)
    assert page.enrol.judged.text() == FITS
    assert page.go_back()
    assert page.side.currentWidget() is page.nobody
    page.opened(code=sync.view(office).own_code)
    assert "不是已登记窗口的密钥" in room.toasts()[-1]


def test_the_countys_key_and_what_a_window_sent_are_written_into_a_folder(room, case, stick):
    receive(room.office, stick)
    page = known_windows(room)
    for write in (page.deeds.write_key, page.panel.again.click):
        write()
        room.settle()
    assert room.toasts() == [], "no folder was chosen"
    folder = room.answers.path = stick.parent / "out"
    folder.mkdir()
    page.deeds.write_key()
    room.settle()
    assert room.toasts()[-1].startswith("公钥文件已写好：")
    page.panel.again.click()
    room.settle()
    assert room.toasts()[-1].startswith("补发 ")
    assert len(list(folder.rglob("*.bm*"))) >= 2


def test_a_release_is_dropped_before_it_is_published(room, case, tmp_path):
    page = PublishPage(room.shell("publish"))
    room.show(page, page.shell)
    assert not page.go_back()
    for deed in (page.main_action, page._write_files, page._write_packages):
        deed()
        room.settle()
    assert room.toasts() == [], "no folder was chosen"
    folder = room.answers.path = tmp_path / "files"
    folder.mkdir()
    page._write_files()
    room.settle()
    head = folder / "catalog" / "catalog.toml"
    head.write_text(head.read_text("utf-8").replace("version = 1", "version = 2", 1), "utf-8")
    for typed in ("", "明天"):
        page.days.show_values({"begins": typed})
        page.main_action()
        room.settle()
        assert page.ready is None
    page.days.show_values({"begins": "2026-12-01"})
    page.main_action()
    room.settle()
    assert page.ready is not None
    assert page.go_back()
    assert page.ready is None
    for _ in ("read", "publish"):
        page.main_action()
        room.settle()
    page._write_packages()
    room.settle()
    assert room.toasts()[-1] == "写好 1 个窗口的目录包"
