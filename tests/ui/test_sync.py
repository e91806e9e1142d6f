"""The exchange page at a real office: the county's key, the registration, packages out, answers in."""

import hashlib
from pathlib import Path

import pytest

from desk.exchange.key_files import county_key_file
from desk.exchange.keys import six_words
from desk.exchange.stick import SUBFOLDER
from desk.services import hub_ack_code, settings, sync, sync_key_sheet, sync_slip
from desk.services.sync_views import PackageRow, ReadBack, SyncView
from tests.builders import take_in
from tests.exchange.makers import county_key, desk_node
from tests.printing.reading import images_of, text_of
from tests.printing.test_codes import black_or_white, codes_on
from tests.services import trips
from tests.services.trips import make_hub, on_stick
from tests.ui.desk_room import Room, nothing_goes_on, open_room
from ui.pages.sync.packages_card import PackagesCard
from ui.pages.sync.page import SyncPage
from ui.pages.sync.receive_card import ReceiveCard
from ui.pages.sync.send_card import PULL
from ui.sticks import FOLDER
from ui.widgets.drives import Drive

COUNTY = desk_node("county")
KEY = county_key(COUNTY)


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path / "office", qtbot) as one:
        yield one


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder: Path = tmp_path / "stick"
    folder.mkdir()
    return folder


def opened(room: Room, *drives: Drive) -> SyncPage:
    shell = room.shell("sync")
    page = SyncPage(shell, lambda: drives)
    room.show(page, shell)
    return page


def view(page: SyncPage) -> SyncView:
    assert page.view is not None
    return page.view


def with_key(room: Room, stick: Path) -> SyncPage:
    page = opened(room)
    room.answers.path = stick / "county.bmkey"
    room.answers.path.write_bytes(county_key_file(KEY, COUNTY.signing))
    page.main_action()
    room.settle()
    room.answers.path = stick
    return page


def enrolled(room: Room, stick: Path) -> SyncPage:
    page = with_key(room, stick)
    page.main_action()
    room.settle()
    return page


def test_first_the_county_key_is_asked_for(room):
    page = opened(room)
    assert not page.step.isHidden()
    assert page.send.isHidden()
    assert page.step.do.text() == "选择县里的公钥文件…"
    assert page.keys.isHidden()


def test_a_wrong_file_is_refused_in_words(room, stick):
    page = opened(room)
    room.answers.path = stick / "note.txt"
    room.answers.path.write_bytes("不是公钥".encode())
    page.main_action()
    room.settle()
    assert page.banner.text.startswith("这个包没有收")
    assert view(page).step == "county_key"


def test_then_the_registration_with_its_six_words(room, stick):
    page = with_key(room, stick)
    assert view(page).step == "enrolment"
    assert page.step.do.text() == "写出登记文件"
    assert page.step.words.accessibleName() == f"本窗口的六个词：{' '.join(view(page).own_words)}"
    told = page.keys.county.accessibleName()
    assert told == f"三原县数据中心：{' '.join(six_words(KEY.fingerprint))}"


def test_the_registration_is_written_and_the_folder_remembered(room, stick):
    page = enrolled(room, stick)
    assert view(page).step == "ready"
    assert not page.send.isHidden()
    assert len(list(stick.glob("*.bmenrol"))) == 1
    assert settings.get(room.office, FOLDER) == str(stick)


def test_packages_are_written_read_back_and_the_stick_may_go(room, stick):
    take_in(room.office)
    page = enrolled(room, stick)
    assert page.send.figure.text() == "1"
    page.main_action()
    room.settle()
    assert page.send.strip.words.text().endswith(PULL)
    assert len(list((stick / SUBFOLDER).iterdir())) == 1
    assert [row.state for row in view(page).packages] == ["已写出"]
    assert page.send.figure.text() == "0"
    assert page.send.write.isEnabled()


def test_a_pulled_stick_is_told_and_everything_can_be_done_again(room, stick):
    take_in(room.office)
    page = enrolled(room, stick)
    page.stick.use(stick / "gone")
    page.main_action()
    room.settle()
    assert "U 盘" in page.banner.text
    assert page.send.strip.isHidden()
    page.stick.use(stick)
    page.main_action()
    room.settle()
    assert page.banner.text == ""
    assert page.send.strip.words.text().endswith(PULL)


def test_cancel_asks_the_work_to_stop(room, stick):
    page = enrolled(room, stick)
    page._write()
    task = page._task
    assert task is not None
    page.send.strip.stop.click()
    assert task.cancelled()
    room.settle()
    assert page.send.write.isEnabled()


def test_thinking_better_of_the_folder_writes_nothing(room, stick):
    page = with_key(room, stick)
    room.answers.path = None
    page.main_action()
    assert view(page).step == "enrolment"
    assert list(stick.glob("*.bmenrol")) == []


def test_a_stick_without_answers_says_so(room, stick):
    page = enrolled(room, stick)
    page.receive.read.click()
    room.settle()
    assert page.receive.sentences()[0].startswith("没有给本窗口的文件")
    assert page.receive.read.isEnabled()


def test_what_came_back_is_told_sentence_by_sentence(qtbot):
    card = ReceiveCard()
    qtbot.addWidget(card)
    card.show_result(ReadBack(("第 3 号包，县里已收。",), ("第 2 号包以前收过。",)))
    assert card.sentences() == ("收了 1 份：", "✓ 第 3 号包，县里已收。", "· 第 2 号包以前收过。")


def test_a_sentence_for_many_files_is_told_once_with_how_many(qtbot):
    card = ReceiveCard()
    qtbot.addWidget(card)
    card.show_result(ReadBack((), ("这个包不是给本单位的。",) * 99 + ("别的。",), tidied=4))
    assert card.sentences() == (
        "没有新的要收：",
        "· 这个包不是给本单位的。（99 份）",
        "· 别的。",
        "U 盘上已办妥的旧文件清理了 4 个，最近的还留着。",
    )


def test_packages_show_where_they_are_and_what_came_back(qtbot):
    card = PackagesCard()
    qtbot.addWidget(card)
    at = "2026-11-19T16:40:00+08:00"
    refused = ("1104-0012 残疾证号与县残联登记不一致",)
    card.show_packages(
        [
            PackageRow(2, 52, 240, at, "已写出", "action", ""),
            PackageRow(1, 61, 275, at, "县已退回", "soon", at, refused),
        ]
    )
    rows = card.list.table.rows
    assert [rows.index(0, column).data() for column in range(5)] == [
        "2",
        "52 件 · 240 条",
        "11-19 16:40",
        "已写出",
        "—",
    ]
    assert "第 1 号包，县里退回 1 条" in card.given_back.text
    assert refused[0] in card.given_back.text


def test_the_stick_is_looked_into_and_the_slip_is_printed(room, tmp_path):
    county = make_hub(tmp_path / "hub")
    stick = tmp_path / "stick"
    stick.mkdir()
    take_in(room.office)
    trips.enrolled(room.office, county, stick)
    page = SyncPage(room.shell("sync"), lambda: (), room.tray)
    room.show(page, page.shell)
    page.stick.use(stick)
    assert page.send.slip.isHidden()
    page.main_action()
    room.settle()
    trips.receive(county, stick)
    county.close()
    page.receive.look.click()
    room.settle()
    assert page.receive.sentences() == (
        "看过了，还没有收：",
        "· 县里的回执，收到第 1 号包为止，退回 0 条。",
        "· 县里签了名的密钥表 1 份。",
        "· 县里的密钥表 1 份。",
    )
    assert sync.view(room.office).packages[0].state == "已写出"
    assert not page.send.slip.isHidden()
    page.send.slip.click()
    room.settle()
    [paper] = room.tray.prints()
    digest = hashlib.sha256(next(iter(on_stick(stick, "data").values()))).hexdigest()[:16]
    assert digest in text_of(sync_slip.slip(room.office, files=tuple(on_stick(stick, "data"))).pdf)
    assert paper.stat().st_size > 0


def test_codes_are_scanned_into_the_page_and_the_key_sheet_is_printed(room, tmp_path):
    """The acknowledgement marks the package; a stranger's code says what it is not; the sheet bears code and words."""
    county = make_hub(tmp_path / "hub")
    stick = tmp_path / "stick"
    stick.mkdir()
    take_in(room.office)
    trips.enrolled(room.office, county, stick)
    trips.export(room.office, stick)
    trips.receive(county, stick)
    code = hub_ack_code.ack_code(county, site="610422001001", window=2).text
    county.close()
    page = SyncPage(room.shell("sync"), lambda: (), room.tray)
    room.show(page, page.shell)
    for text in ("6901234567892", code):
        page.receive.code.setText(text)
        page.receive.code.returnPressed.emit()
        room.settle()
        assert page.receive.code.text() == ""
    strange, taken = room.toasts()
    assert strange == "扫到的不是县里的回执码，也不是密钥码"
    assert taken.startswith("第 1 号包的回执已收到")
    assert sync.view(room.office).packages[0].state == "已回执"
    page.keys.print_sheet.click()
    room.settle()
    assert len(room.tray.prints()) == 1
    pdf = sync_key_sheet.sheet(room.office).pdf
    words = sync.view(room.office).own_words
    assert "".join(words) in text_of(pdf).replace("\u3000", "").replace(" ", "")
    found = [codes_on(black_or_white(image)) for image in images_of(pdf, 203)]
    assert sync.view(room.office).own_code in found[0].values()


def test_without_a_folder_or_a_file_nothing_is_begun(room, stick):
    shell = room.shell("sync")
    page = SyncPage(shell, lambda: ())
    page.main_action()
    room.show(page, shell)
    page.main_action()
    room.settle()
    assert view(page).step == "county_key", "no file was chosen"
    page = enrolled(room, stick)
    page.receive.read.click()
    room.settle()
    page.receive.read.click()
    room.settle()
    assert len(page.receive.sentences()) == 1
    with nothing_goes_on(room):
        page.main_action()
        page.main_action()
    room.settle()
    page.send.strip.cancel_asked.emit()
    room.answers.path = None
    settings.put(room.office, key=FOLDER, value="")
    page = opened(room)
    before = page.receive.sentences()
    for deed in (page.main_action, page.receive.read.click, page.receive.look.click):
        deed()
        room.settle()
    page.receive.code.returnPressed.emit()
    assert page.send.strip.isHidden()
    assert page.receive.sentences() == before
