"""The county's pages at a real county with real sticks: report, receiving, conflicts, orders, windows, catalogue."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from db.models import OrderGiven
from desk.clock import FixedClock
from desk.exchange.key_code import key_code
from desk.keyring import prove_recovery
from desk.paths import OfficePaths
from desk.services import case_editing, case_store, case_views, hub, hub_report, orders, sync
from desk.services.hub_desk_rows import DeskRow
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.views import CaseFilter
from tests.builders import MONDAY, PASSWORD, take_in
from tests.services.trips import (
    create_hub,
    enrolled,
    export,
    make_hub,
    on_stick,
    put,
    receive,
    rows,
)
from tests.ui.desk_room import Room, agree, open_room
from ui.navigation import PAGES
from ui.pages.county.desks import DesksPage
from ui.pages.county.disputes import DisputesPage
from ui.pages.county.order import OrderPage
from ui.pages.county.publish import PublishPage
from ui.pages.county.receive import PULL, ReceivePage
from ui.pages.county.report import ReportPage, troubles
from ui.pages.county.settings import CountySettingsPage
from ui.pages.ledgers.page import LedgersPage
from ui.pages.sign_in import SignInPage
from ui.startup import Start


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
    """A case of a window the county knows; its package lies on the stick."""
    made: UUID = take_in(office).case_id
    enrolled(office, room.office, stick)
    export(office, stick)
    return made


def version(office: Office, case_id: UUID) -> int:
    with reading(office) as connection:
        return case_store.load(office, connection, case_id).standing.version


def given(room: Room) -> list[tuple[str, dict[str, object]]]:
    with reading(room.office) as connection:
        query = select(OrderGiven.kind, OrderGiven.body).order_by(OrderGiven.n)
        return [(kind, dict(body)) for kind, body in connection.execute(query)]


def test_the_report_names_windows_and_counts_cases(room, case, stick):
    page = ReportPage(room.shell("report"))
    room.show(page, page.shell)
    assert [figure.text() for figure in page.figures.values()] == ["1", "1", "0", "0", "0", "0"]
    [line] = page.desks.table.rows.rows
    assert page.desks.table.rows.index(0, 1).data() == "没有上报过"
    receive(room.office, stick)
    page.main_action()
    room.settle()
    assert [figure.text() for figure in page.figures.values()] == ["1", "0", "0", "0", "0", "1"]
    assert page.desks.table.rows.index(0, 1).data() == "今天"
    labels = []
    for tab in page.tabs.tabs:
        tab.click()
        labels += [row.label for row in page.totals.table.rows.rows]
    assert labels == ["池阳社区", "高龄补贴申请", "民政", "2026-11"]
    assert line.name == "池阳社区"


def test_a_stick_is_looked_into_before_it_is_received(room, case, stick):
    put(stick, "坏的.bmq", b"?")
    page = ReceivePage(room.shell("receive"), lambda: ())
    room.show(page, page.shell)
    page.stick.use(stick)
    before = rows(room.office)
    page.main_action()
    room.settle()
    assert rows(room.office) == before
    assert page.headline.text().startswith("看过了，还没有收：可以收 1 个包、")
    assert page.headline.text().endswith("；收不了 1 个。")
    assert [row.state for row in page.files] == ["可以收", "不是上报包"]
    assert page.next.text() == "接收"
    page.main_action()
    room.settle()
    assert [row.state for row in page.files] == ["已收下", "不是上报包"]
    assert page.strip.words.text() == f"收完了。{PULL}"
    assert on_stick(stick, "ack")
    assert page.next.text() == "看一看"


def test_a_folder_that_is_gone_is_told_of(room, stick):
    page = ReceivePage(room.shell("receive"), lambda: ())
    room.show(page, page.shell)
    page.stick.use(stick / "gone")
    page.main_action()
    room.settle()
    assert "读 U 盘时出错" in page.banner.text
    assert page.next.isEnabled()


@pytest.fixture
def dispute(room: Room, office: Office, case: UUID, stick: Path) -> UUID:
    """The desk and the county changed the same field."""
    receive(room.office, stick)
    orders.give_edit(
        room.office,
        case_id=case,
        version=version(room.office, case),
        fields={"kin_phone": "13991872734"},
    )
    case_editing.edit(
        office,
        case_id=case,
        version=version(office, case),
        fields={"kin_phone": "13572918816"},
        why="家属当面更正",
    )
    for _ in range(2):
        export(office, stick)
        receive(room.office, stick)
        sync.read_answers(office, folder=stick)
    export(office, stick)
    receive(room.office, stick)
    return case


def test_a_conflict_is_decided_by_an_order(room, dispute):
    page = DisputesPage(room.shell("disputes"))
    room.show(page, page.shell)
    assert page.tabs.tabs[0].text() == "待裁的冲突 1"
    assert "社区和县里填的不一样" in page.box.title.text()
    assert page.box.keep.text() == "留社区的"
    [desk] = hub_report.report(room.office).desks
    assert list(troubles(desk)) == ["冲突 1 处"]
    page.box.take.click()
    room.settle()
    assert given(room)[-1][0] == "decide"
    assert given(room)[-1][1]["choice"] == "county"
    assert page.box.isHidden()
    assert page.disputes.table.rows.index(0, 6).data() == "已裁：采用县里的"
    assert page.tabs.tabs[0].text() == "待裁的冲突"
    page.tabs.tabs[1].click()
    assert len(page.orders.table.rows.rows) == 2
    page.orders.table.choose(page.orders.table.rows.rows[0].id)
    page.orders.table.opened.emit(None)
    assert room.went[-1] == ("order", {"case_id": dispute})


def opened_case(room: Room, case: UUID, stick: Path) -> OrderPage:
    receive(room.office, stick)
    page = OrderPage(room.shell("order"))
    room.show(page, page.shell, case_id=case)
    return page


def press(page: OrderPage, text: str) -> None:
    next(verb for verb in page.verbs if verb.text() == text).click()


def test_a_move_is_ordered_with_what_it_asks(room, case, stick):
    page = opened_case(room, case, stick)
    assert "刘桂兰" in page.title.text()
    press(page, "登记受理")
    page.main_action()
    room.settle()
    assert given(room) == []
    assert not page.form.isHidden()
    page.form.form.show_values({"accepted_on": "2026-11-23", "reason": "镇上已受理"})
    page.main_action()
    room.settle()
    [(kind, body)] = given(room)
    assert (kind, body["action"], body["reason"]) == ("move", "confirm_accepted", "镇上已受理")
    assert page.form.isHidden()
    assert page.told is not None
    assert page.told.orders[0].state == "未下发"


def test_an_edit_sends_what_was_changed_alone(room, case, stick):
    page = opened_case(room, case, stick)
    press(page, "改这件的内容")
    page.form.form.show_values({"kin_phone": "13991872734"})
    page.main_action()
    room.settle()
    assert given(room) == [("edit", {"fields": {"kin_phone": "13991872734"}, "reason": ""})]


def test_a_field_of_the_desk_is_asked_about_with_a_reason(room, case, stick):
    page = opened_case(room, case, stick)
    press(page, "请社区更正")
    page.form.form.show_values({"field": "live_state"})
    page.main_action()
    room.settle()
    assert given(room) == []
    page.form.form.show_values({"reason": "入户看到是独居"})
    page.main_action()
    room.settle()
    assert given(room) == [("request", {"field": "live_state", "reason": "入户看到是独居"})]
    press(page, "请社区更正")
    assert page.go_back()
    assert page.form.isHidden()


def windows(page: DesksPage) -> list[DeskRow]:
    assert page.view is not None
    return list(page.view.rows)


def introduced(room: Room, office: Office, stick: Path) -> Path:
    sync.take_county_key(office, path=hub.write_public_key(room.office, folder=stick))
    return stick / sync.write_enrolment(office, folder=stick).value


def test_a_window_is_registered_after_its_words_or_its_code(room, office, stick):
    room.answers.path = introduced(room, office, stick)
    page = DesksPage(room.shell("desks"))
    room.show(page, page.shell)
    page.main_action()
    room.settle()
    own = sync.view(office)
    assert page.enrol.told is not None
    assert page.enrol.told.words == own.own_words
    page.enrol.typed.setText(key_code("D", bytes(32)))
    assert not page.enrol.yes.isEnabled()
    page.main_action()
    room.settle()
    assert windows(page) == []
    page.enrol.typed.setText(own.own_code)
    page.main_action()
    room.settle()
    assert room.toasts()[-1].startswith("已登记")
    [row] = windows(page)
    assert (row.name, row.window, row.state) == ("池阳社区", 2, "在用")


def test_a_window_is_registered_for_a_time(room, office, stick):
    """What is no day is said at once; past its day the window is shown as such."""
    room.answers.path = introduced(room, office, stick)
    page = DesksPage(room.shell("desks"))
    room.show(page, page.shell)
    page.main_action()
    room.settle()
    page.enrol.term.setText("明年")
    assert not page.enrol.yes.isEnabled()
    assert "2027-06-30" in page.enrol.judged.text()
    page.enrol.term.setText("2026-12-３１")
    page.main_action()
    room.settle()
    assert [row.state for row in windows(page)] == ["在用，到 2026-12-31"]
    room.office.clock.advance(days=60)
    page.refresh()
    room.settle()
    assert [row.state for row in windows(page)] == ["到期了"]


def test_a_countys_office_bears_its_own_name_and_has_the_ledgers(room, case, stick):
    receive(room.office, stick)
    assert room.office.hall.hall == "三原县数据中心"
    assert ("ledgers", "台账") in [(one.key, one.label) for one in PAGES["county"].entries]
    page = LedgersPage(room.shell("ledgers"), room.tray)
    room.show(page, page.shell)
    book = page.book()
    assert book is not None
    assert len(page.table.rows.rows) >= 8
    assert [row.applicant for row in case_rows_of(room)] == ["刘桂兰"]


def case_rows_of(room):
    return case_views.page(room.office, wanted=CaseFilter(group="all")).rows


def test_a_scanned_window_is_chosen(room, office, case):
    page = DesksPage(room.shell("desks"))
    room.show(page, page.shell, code=sync.view(office).own_code)
    assert room.toasts() == ["是 池阳社区 2 号窗口的密钥，在用"]
    page.opened(code=key_code("D", bytes(32)))
    assert "不是已登记窗口的密钥" in room.toasts()[-1]


def test_a_window_has_its_answer_as_a_code_and_is_revoked_with_a_reason(room, office, case, stick):
    receive(room.office, stick)
    page = DesksPage(room.shell("desks"))
    room.show(page, page.shell)
    page.panel.show_code.click()
    room.settle()
    assert page.panel.ack.text
    page.panel.stop.click()
    page.panel._revoke()
    assert not page.panel.problem.isHidden()
    page.panel.why.setText("电脑被偷")
    page.panel._revoke()
    room.settle()
    assert windows(page)[0].state != "已停用", "not before somebody consented"
    agree(room)
    [row] = windows(page)
    assert (row.state, row.why) == ("已停用", "电脑被偷")
    assert page.panel.stop.isHidden()


def test_a_catalogue_is_looked_through_and_published(room, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    room.answers.path = folder
    page = PublishPage(room.shell("publish"))
    room.show(page, page.shell)
    page._write_files()
    room.settle()
    assert room.toasts()[-1].startswith("写好 ")
    page._write_files()
    room.settle()
    assert "换一个空文件夹" in page.banner.text
    page.main_action()
    room.settle()
    assert page.ready is None
    assert "没有发布" in page.faults.aside.text()
    head = folder / "catalog" / "catalog.toml"
    head.write_text(head.read_text("utf-8").replace("version = 1", "version = 2", 1), "utf-8")
    page.main_action()
    room.settle()
    assert page.ready is not None
    assert page.next.text() == "发布"
    page.main_action()
    room.settle()
    assert room.toasts()[-1].startswith("第 2 版目录已发布")
    assert page.ready is None


def test_the_countys_text_size_is_kept(room):
    page = CountySettingsPage(room.shell("settings"), {})
    room.show(page, page.shell)
    page.large.click()
    room.settle()
    assert room.toasts() == ["已保存"]


def test_a_county_opens_as_its_own_window(qtbot, qapp, tmp_path):
    made = create_hub(tmp_path / "hub")
    made.office.close()
    prove_recovery(tmp_path / "hub", made.recovery_key)
    start = Start(qapp, OfficePaths(tmp_path / "hub"), FixedClock(MONDAY))
    qtbot.addWidget(start.host)
    with qtbot.waitSignal(start.loaded, timeout=20_000):
        start.show()
    page = start.host.centralWidget()
    assert isinstance(page, SignInPage)
    page.password.setText(PASSWORD)
    with qtbot.waitSignal(start.opened, timeout=20_000):
        page.submit()
    window = start.window
    assert window is not None
    assert list(window.side.buttons) == [entry.key for entry in PAGES["county"].entries]
    assert window.side.hall.text() == "三原县数据中心"
    assert isinstance(window.navigation.current, ReportPage)
    for key in window.side.buttons:
        window.go(key)
    window.bar.search.asked.emit(key_code("D", bytes(32)))
    assert isinstance(window.navigation.current, DesksPage)
    start.close()
