"""导入 and 网上申请 as a clerk works with them: file, columns, look, take in; requests taken up, refused, answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from desk.resources import resource_bytes
from desk.services import case_views, imports, people, requests
from desk.services.import_views import ImportJob
from desk.services.views import CaseFilter
from tests.builders import id_number, take_in
from tests.importing.books import book
from tests.services.importing import taken
from tests.ui.desk_room import Room, nothing_goes_on, open_room
from ui.pages.case.page import CasePage
from ui.pages.importing.page import ImportingPage
from ui.pages.intake.page import IntakePage
from ui.pages.requests.page import RequestsPage

HEAD = ("姓名", "号码", "电话")
LIU = ("刘桂兰", id_number(), "13800002734")
BAD = ("王建国", "123", "")


@pytest.fixture
def room(tmp_path, qtbot) -> Iterator[Room]:
    with open_room(tmp_path / "office", qtbot) as opened:
        yield opened


def open_page(room: Room, **facts: object) -> ImportingPage:
    shell = room.shell("importing")
    page = ImportingPage(shell)
    room.show(page, shell, **facts)
    return page


def choose(room: Room, page: ImportingPage, path: Path) -> None:
    room.answers.path = path
    page.main_action()
    room.settle()


def press(page, text: str) -> None:
    next(b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def set_column(page: ImportingPage, key: str, place: int) -> None:
    combo = page.mapping.combos[key]
    combo.setCurrentIndex(combo.findData(place))


def test_from_file_to_people(room, tmp_path):
    page = open_page(room, kind="people")
    choose(room, page, book(tmp_path / "名单.xlsx", [HEAD, LIU, BAD]))
    assert page.steps.currentWidget() is page.mapping
    assert page.mapping.columns() == {"name": 0, "phone": 2}
    assert "身份证号" in page.mapping.problem.text()
    assert not page.mapping.look.isEnabled()
    set_column(page, "id_no", 1)
    assert page.mapping.problem.text() == ""
    page.main_action()
    room.settle()
    assert page.preview.card.aside.text() == "新增 1 · 不收 1"
    assert page.preview.take.text() == "导入 1 行"
    page.main_action()
    room.settle()
    assert page.preview.card.title.text() == "已导入"
    assert people.known(room.office, id_no=LIU[1]) is not None
    page.main_action()
    assert page.steps.currentWidget() is page.choose


def test_what_was_mapped_is_kept_on_the_way_back_and_for_the_next_file(room, tmp_path):
    page = open_page(room, kind="people")
    path = book(tmp_path / "名单.xlsx", [HEAD, LIU])
    choose(room, page, path)
    set_column(page, "id_no", 1)
    set_column(page, "phone", -1)
    page.main_action()
    room.settle()
    assert page.go_back()
    assert page.mapping.columns() == {"name": 0, "id_no": 1}
    assert page.go_back()
    choose(room, page, path)
    assert page.mapping.columns() == {"name": 0, "id_no": 1}


def test_a_chosen_wrong_row_is_told_whole(room, tmp_path):
    page = open_page(room, kind="people")
    choose(room, page, book(tmp_path / "名单.xlsx", [("姓名", "身份证号"), LIU[:2], BAD[:2]]))
    page.main_action()
    room.settle()
    page.preview.table.choose(3)
    assert page.preview.whole.text().startswith("第 3 行：身份证号：身份证号应是 18 位")


def test_numbers_are_starred_in_the_examples(room, tmp_path):
    page = open_page(room, kind="people")
    choose(room, page, book(tmp_path / "名单.xlsx", [("姓名", "身份证号"), LIU[:2]]))
    words = [one.text() for one in page.mapping.findChildren(type(page.mapping.problem))]
    assert "刘桂兰" in words
    assert not any(LIU[1] in one for one in words)


def test_a_refused_file_is_told_and_leaves_the_page_ready(room, tmp_path):
    page = open_page(room)
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"nothing of the kind\0")
    choose(room, page, path)
    assert "这个文件没有收" in page.banner.text
    assert page.choose.choose.isEnabled()
    assert page.steps.currentWidget() is page.choose


def test_the_list_is_saved(room, tmp_path):
    page = open_page(room, kind="people")
    choose(room, page, book(tmp_path / "名单.xlsx", [("姓名", "身份证号"), LIU[:2], BAD[:2]]))
    page.main_action()
    room.settle()
    room.answers.path = tmp_path / "清单"
    press(page, "保存清单…")
    room.settle()
    assert (tmp_path / "清单.xlsx").is_file()


def test_unknown_items_stand_for_one(room, tmp_path):
    rows = [("姓名", "事项", "日期"), ("刘桂兰", "老年优待", "2019-3-4")]
    page = open_page(room, kind="cases")
    choose(room, page, book(tmp_path / "旧.xlsx", rows))
    page.main_action()
    room.settle()
    assert page.preview.other.isVisible()
    assert not page.preview.take.isEnabled()
    place = page.preview.other.findData("MZ-GL-01")
    page.preview.other.setCurrentIndex(place)
    page.preview.other.activated.emit(place)
    room.settle()
    assert page.preview.take.text() == "导入 1 行"


def brought(room: Room, folder: Path) -> None:
    path = folder / "申请.json"
    path.write_bytes(resource_bytes("importing/requests.example.json"))
    opened = imports.open_file(room.office, path=path, kind="requests")
    taken(room.office, ImportJob("requests", opened.table, opened.columns, "", opened.source))


def open_requests(room: Room) -> RequestsPage:
    shell = room.shell("requests")
    page = RequestsPage(shell)
    room.show(page, shell)
    return page


def test_a_request_opens_the_intake_with_what_it_says(room, tmp_path):
    brought(room, tmp_path)
    page = open_requests(room)
    assert page.count.text() == "待处理 2 条"
    row = next(one for one in page.table.rows.rows if one.name == "刘桂兰")
    page.table.choose(row.id)
    page.main_action()
    assert room.went[-1] == ("intake", {"request_id": row.id})
    shell = room.shell("intake")
    intake = IntakePage(shell, room.tray)
    room.show(intake, shell, request_id=row.id)
    room.settle()
    values = intake.values()
    assert (values.request_id, values.channel, values.item_code) == (row.id, "小程序", "MZ-GL-01")
    assert values.person.name == "刘桂兰"
    intake.start()
    assert intake.values().request_id is None


def test_a_request_is_refused_with_a_reason_and_answered(room, tmp_path):
    brought(room, tmp_path)
    page = open_requests(room)
    row = next(one for one in page.table.rows.rows if one.name == "王建国")
    page.table.choose(row.id)
    assert not page.panel.refuse.isEnabled()
    page.panel.reason.setText("请打物业电话报修")
    page.panel.refuse.click()
    room.settle()
    assert page.count.text() == "待处理 1 条"
    room.answers.path = tmp_path
    press(page, "写出答复…")
    room.settle()
    assert list(tmp_path.glob("答复-*.json"))
    states = {one.name: one.state for one in requests.listed(room.office)}
    assert states == {"刘桂兰": "new", "王建国": "answered"}


def test_without_a_file_or_a_column_f9_goes_nowhere(room, tmp_path):
    page = open_page(room, kind="people")
    assert not page.go_back()
    page.main_action()
    assert page.steps.currentWidget() is page.choose, "no file was chosen"
    choose(room, page, book(tmp_path / "名单.xlsx", [HEAD, LIU]))
    page.main_action()
    room.settle()
    assert page.steps.currentWidget() is page.mapping
    press(page, "换一个文件")
    page.mapping.look_asked.emit()
    page.preview.onward_asked.emit()
    page.preview.save_asked.emit()
    room.settle()
    assert page.steps.currentWidget() is page.choose
    assert room.went == []


def test_a_take_in_is_stopped_and_done_once(room, tmp_path):
    page = open_page(room, kind="cases")
    rows = [("姓名", "事项", "日期"), ("刘桂兰", "MZ-GL-01", "2019-3-4"), ("王建国", "", "")]
    choose(room, page, book(tmp_path / "旧.xlsx", rows))
    page.main_action()
    room.settle()
    press(page, "保存清单…")
    page.preview.strip.cancel_asked.emit()
    room.answers.path = None
    press(page, "保存清单…")
    room.settle()
    assert "清单已保存" not in "".join(room.toasts()[1:])
    with nothing_goes_on(room):
        page.main_action()
        page.main_action()
        page.preview.take_asked.emit()
        assert page.go_back()
        assert page.steps.currentWidget() is page.preview
        page.preview.strip.stop.click()
    room.settle()
    assert room.toasts()[-1] == "已停下，一行也没有导入。"
    assert case_views.page(room.office, wanted=CaseFilter(group="all")).rows == ()
    page.main_action()
    room.settle()
    assert room.toasts()[-1] == "已导入 1 行。"
    press(page, "去看看")
    assert room.went == [("cases", {"group": "closed"})]
    [row] = case_views.page(room.office, wanted=CaseFilter(group="all")).rows
    case = CasePage(room.shell("case"), room.tray)
    room.show(case, case.shell, case_id=row.id)
    assert case.papers.document() is None
    assert case.papers.hint.isVisible()


@pytest.mark.parametrize(
    ("kind", "rows", "where"),
    [
        ("elderly", [("姓名", "身份证号", "开始月份"), (*LIU[:2], "2026-01")], "rolls"),
        ("requests", [("姓名", "申请编号", "申请内容"), (LIU[0], "A-1", "要办补贴")], "requests"),
    ],
)
def test_what_came_in_is_looked_at_where_it_went(room, tmp_path, kind, rows, where):
    page = open_page(room, kind=kind)
    choose(room, page, book(tmp_path / "表.xlsx", rows))
    for _ in range(2):
        page.main_action()
        room.settle()
    assert page.preview.card.title.text() == "已导入"
    press(page, "去看看")
    assert [way for way, _facts in room.went] == [where]


def test_a_request_that_became_a_case_opens_it(room, tmp_path):
    brought(room, tmp_path)
    page = open_requests(room)
    row = next(one for one in page.table.rows.rows if one.name == "刘桂兰")
    made = take_in(room.office, request_id=row.id).case_id
    page.refresh()
    room.settle()
    page.table.choose(row.id)
    page.main_action()
    assert room.went == [("case", {"case_id": made})]
    press(page, "写出答复…")
    room.settle()
    assert list(tmp_path.glob("答复-*.json")) == [], "no folder was chosen"
    other = next(one for one in page.table.rows.rows if one.name == "王建国")
    page.table.choose(other.id)
    page.panel.reason.setText("请打物业电话报修")
    page.panel.refuse.click()
    room.settle()
    page.main_action()
    assert len(room.went) == 1, "there is no case of it"


def test_without_a_request_nothing_is_opened(room):
    page = open_requests(room)
    page.main_action()
    page.panel.take_asked.emit()
    page.panel.refuse_asked.emit("不受理")
    room.settle()
    assert room.went == []
    assert room.toasts() == []
