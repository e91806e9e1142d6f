"""What the county asks and what it gave back, where it is answered: the exchange page and the case."""

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from db.models import CaseFile, Conflict, OrderTaken
from desk.services import case_editing, case_store, orders, sync
from desk.services.operation import reading
from tests.builders import take_in
from tests.services.trips import enrolled, export, make_hub, receive
from tests.ui.desk_room import Room, open_room
from ui.pages.case.page import CasePage
from ui.pages.sync.page import SyncPage


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path / "office", qtbot) as made:
        yield made


@pytest.fixture
def case_id(room: Room, tmp_path: Path) -> UUID:
    """A case the county asked to correct, and of which it changed what the desk changed too."""
    stick = tmp_path / "stick"
    stick.mkdir()
    desk, county = room.office, make_hub(tmp_path / "hub")
    case = take_in(desk).case_id
    enrolled(desk, county, stick)
    export(desk, stick)
    receive(county, stick)
    orders.give_request(county, case_id=case, field="live_state", reason="入户看到是独居")
    orders.give_edit(
        county, case_id=case, version=version(county, case), fields={"kin_phone": "13991872734"}
    )
    case_editing.edit(
        desk,
        case_id=case,
        version=version(desk, case),
        fields={"kin_phone": "13572918816"},
        why="家属当面更正",
    )
    export(desk, stick)
    receive(county, stick)
    sync.read_answers(desk, folder=stick)
    county.close()
    return case


def version(office, case: UUID) -> int:
    with reading(office) as connection:
        return case_store.load(office, connection, case).standing.version


def opened_case(room: Room, case_id: UUID) -> CasePage:
    page = CasePage(room.shell("case"), room.tray)
    room.show(page, page.shell, case_id=case_id)
    return page


def form(room: Room, case_id: UUID) -> dict[str, object]:
    with reading(room.office) as connection:
        row = select(CaseFile.form).where(CaseFile.id == case_id)
        return dict(connection.execute(row).scalar_one())


def outcome(room: Room, kind: str) -> str:
    with reading(room.office) as connection:
        row = select(OrderTaken.outcome).where(OrderTaken.kind == kind)
        return str(connection.execute(row).scalar_one())


def choice(room: Room) -> str:
    with reading(room.office) as connection:
        return str(connection.execute(select(Conflict.choice)).scalar_one())


def test_the_case_shows_both_values_and_takes_the_choice(room, case_id):
    page = opened_case(room, case_id)
    box = page.county.conflict
    assert page.header.sync.text() == "有冲突"
    assert (box.before.text(), box.ours.text(), box.theirs.text()) == (
        "13900001234",
        "13572918816",
        "13991872734",
    )
    box.take.click()
    room.settle()
    assert form(room, case_id)["kin_phone"] == "13991872734"
    assert choice(room) == "county"
    assert box.isHidden()
    assert page.header.sync.text() == "未导出"


def toast_verbs(room) -> list[str]:
    room.settle()
    hand = room.notices._toast.hand
    return [one.text() for one in hand.findChildren(QPushButton) if one.isVisible()]


def test_a_request_is_answered_by_correcting_the_field(room, case_id):
    page = opened_case(room, case_id)
    assert "请社区更正“居住情况”" in page.county.request.text
    page.county.correct_asked.emit("live_state")
    room.settle()
    panel = page.side.correct_panel
    assert panel.form.keys() == ("live_state", "why")
    page.main_action()
    room.settle()
    assert page.side.correcting
    panel.form.show_values({"live_state": "独居", "why": "入户看过"})
    page.main_action()
    room.settle()
    assert not page.side.correcting
    assert form(room, case_id)["live_state"] == "独居"
    assert outcome(room, "request") == "done"
    assert page.county.request.text == ""
    # The county hears of it, so it stays.
    assert toast_verbs(room) == []


def test_a_request_is_answered_by_saying_why_not(room, case_id):
    page = opened_case(room, case_id)
    assert page.detail is not None
    page.county.decline_asked.emit(page.detail.requests[0])
    page.side.correct_panel.form.show_values({"why": "入户看过，没有变"})
    page.main_action()
    room.settle()
    assert outcome(room, "request") == "declined"


def test_any_field_of_the_desk_may_be_corrected_with_a_reason(room, case_id):
    page = opened_case(room, case_id)
    page.side.correct_asked.emit()
    room.settle()
    panel = page.side.correct_panel
    assert not {"first_pay_month", "bank_other"}.intersection(panel.form.keys())
    panel.form.show_values({"kin_name": "刘小梅"})
    page.main_action()
    room.settle()
    assert form(room, case_id).get("kin_name") != "刘小梅"
    panel.form.show_values({"why": "申请人来更正"})
    page.main_action()
    room.settle()
    assert form(room, case_id)["kin_name"] == "刘小梅"
    assert page.detail is not None
    assert "更正：联系家属改为“刘小梅”" in page.detail.history[0].text
    assert room.toasts()[-1] == "已更正，记在“经过”里"
    assert toast_verbs(room) == ["撤销"]


def test_escape_leaves_a_correction(room, case_id):
    page = opened_case(room, case_id)
    page.side.correct_asked.emit()
    room.settle()
    assert page.side.correcting
    assert page.go_back()
    assert not page.side.correcting


def test_the_exchange_page_lists_orders_and_decides_conflicts(room, case_id):
    page = SyncPage(room.shell("sync"), lambda: ())
    room.show(page, page.shell)
    side = page.county
    assert [chip.text() for chip in side.chips] == ["上报的包", "县里的通知 1", "没有并入的 0"]
    side.chips[1].click()
    assert side.stack.currentWidget() is side.orders
    rows = side.orders.list.table.rows.rows
    assert sorted(row.state for row in rows) == ["有冲突", "等社区答复"]
    place = next(n for n, row in enumerate(rows) if row.code == "asked")
    side.orders.list.table.choose(rows[place].id)
    assert "县里的理由：入户看到是独居" in side.orders.said.text
    side.orders.list.table.opened.emit(rows[place].id)
    assert room.went[-1] == ("case", {"case_id": case_id})
    assert "1123-0001 刘桂兰" in side.conflict.title.text()
    side.conflict.keep.click()
    room.settle()
    assert choice(room) == "desk"
    assert side.conflict.isHidden()
    assert form(room, case_id)["kin_phone"] == "13572918816"


def test_without_orders_the_page_is_as_it_was(room):
    page = SyncPage(room.shell("sync"), lambda: ())
    room.show(page, page.shell)
    assert [chip.isHidden() for chip in page.county.chips] == [True, True, True]
    assert page.county.conflict.isHidden()
