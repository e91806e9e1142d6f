"""Pictures on a case's page: in from a file, the clipboard and the camera's folder; looked at for a purpose; gone at the lock."""

import os

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from desk.services import attachments, camera, case_views, roles
from tests.builders import take_in
from tests.importing.photos import HTML, pdf, photo
from tests.services.deeds import events
from tests.ui.desk_room import Room, nothing_goes_on, open_room
from ui.pages.case.page import CasePage
from ui.pages.settings.camera_card import CameraCard
from ui.widgets.picture import decoded


@pytest.fixture
def room(tmp_path, qtbot):
    with open_room(tmp_path / "office", qtbot) as one:
        yield one


def opened(room: Room, code: str = "MZ-GL-01") -> CasePage:
    shell = room.shell("case")
    page = CasePage(shell, room.tray)
    room.show(page, shell, case_id=take_in(room.office, code).case_id)
    return page


def settle(room: Room) -> None:
    """Each picture starts a process: on a busy machine that takes longer than pages usually get."""
    room.qtbot.waitUntil(lambda: room.tasks.idle, timeout=60_000)
    room.settle()


def click(room: Room, button) -> None:
    room.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(room)


def rows(room: Room, page: CasePage):
    assert page.case_id is not None
    return attachments.view(room.office, case_id=page.case_id).rows


def add(room: Room, page: CasePage, data: bytes, name: str = "scan.jpg") -> None:
    room.answers.path = room.office.paths.folder.parent / name
    room.answers.path.write_bytes(data)
    click(room, page.pictures_card.add)


def look(room: Room, page: CasePage, place: int = 0) -> None:
    click(room, page.pictures_card.strip.tiles[place])
    if page.pictures_card.purpose.isVisible():
        page.pictures_card.purpose.setCurrentIndex(1)
        page.pictures_card.purpose.activated.emit(1)
    settle(room)


def test_a_file_comes_in_under_the_material_that_was_chosen(room):
    page = opened(room)
    card = page.pictures_card
    assert card.title.text() == "材料影像"
    assert card.chosen_material() == ""
    card.material.setCurrentIndex(card.material.findText("居民身份证"))
    add(room, page, photo())
    assert card.title.text() == "材料影像 1"
    assert [tile.text() for tile in card.strip.tiles] == ["居民身份证"]
    assert not card.strip.tiles[0].icon().isNull()
    assert room.toasts() == ["收了 1 份材料影像"]


def test_what_is_no_picture_is_said_at_the_card(room):
    page = opened(room)
    add(room, page, HTML, "scan.jpg")
    assert "只收照片" in page.pictures_card.said.text()
    assert page.pictures_card.said.isVisible()
    assert page.pictures_card.add.isEnabled()
    assert rows(room, page) == ()
    add(room, page, photo())
    assert not page.pictures_card.said.isVisible()


def test_the_clipboard_gives_a_picture_or_files_or_is_told_to_be_empty(room, tmp_path):
    page = opened(room)
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    click(room, page.pictures_card.paste)
    assert "剪贴板里没有图片" in page.pictures_card.said.text()
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    clipboard.setImage(image)
    click(room, page.pictures_card.paste)
    settle(room)
    (tmp_path / "a.pdf").write_bytes(pdf())
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.pdf"))])
    clipboard.setMimeData(copied)
    click(room, page.pictures_card.paste)
    assert [row.kind for row in rows(room, page)] == ["image/png", "application/pdf"]
    clipboard.clear()


def test_looking_asks_once_what_for_and_is_noted(room):
    page = opened(room)
    add(room, page, photo())
    add(room, page, pdf(2), "b.pdf")
    click(room, page.pictures_card.strip.tiles[0])
    assert page.pictures_card.purpose.isVisible()
    viewer = page.pictures.viewing.viewer
    assert not viewer.isVisible()
    look(room, page)
    assert viewer.isVisible()
    assert viewer.image.width() == 640
    assert not viewer.before.isEnabled()
    room.qtbot.keyClick(viewer, Qt.Key.Key_Right)
    settle(room)
    assert "2 / 2　第 1 / 2 页" in viewer.title.text()
    click(room, viewer.next)
    assert "第 2 / 2 页" in viewer.title.text()
    assert not viewer.next.isEnabled()
    noted = [one for one in events(room.office, "audit.noted") if one["what"] == "attachment"]
    assert [one["purpose"] for one in noted] == ["handle", "handle"]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Home):
        room.qtbot.keyClick(viewer, key)
        settle(room)
        assert "第 2 / 2 页" in viewer.title.text()
    room.qtbot.keyClick(viewer, Qt.Key.Key_Left)
    settle(room)
    assert "第 1 / 2 页" in viewer.title.text()
    assert page.go_back()
    assert not viewer.isVisible()
    assert viewer.image.isNull()


def test_the_picture_fits_or_is_as_large_as_it_is(room):
    page = opened(room)
    add(room, page, photo((2000, 1500)))
    look(room, page)
    viewer = page.pictures.viewing.viewer
    assert viewer.picture.width() <= viewer.area.width()
    click(room, viewer.zoom)
    assert viewer.picture.width() == 2000
    click(room, viewer.zoom)
    assert viewer.fitted


def test_the_viewer_closes_when_the_window_locks_or_another_page_comes(room):
    page = opened(room)
    add(room, page, photo())
    viewer = page.pictures.viewing.viewer
    look(room, page)
    room.window.setEnabled(False)
    assert not viewer.isVisible()
    assert viewer.image.isNull()
    room.window.setEnabled(True)
    look(room, page)
    assert not viewer.image.isNull()
    page.hide()
    assert viewer.image.isNull()


def test_taking_off_wants_a_reason(room):
    page = opened(room)
    add(room, page, photo())
    look(room, page)
    viewer = page.pictures.viewing.viewer
    click(room, viewer.remove)
    click(room, viewer.sure)
    assert "为什么删去" in viewer.said.text()
    assert len(rows(room, page)) == 1
    viewer.why.setText("拍糊了，重拍")
    click(room, viewer.sure)
    assert rows(room, page) == ()
    assert not viewer.isVisible()
    assert page.case_id is not None
    history = case_views.detail(room.office, case_id=page.case_id).history
    assert [(one.text, one.reason) for one in history[:2]] == [
        ("删去影像：其他材料", "拍糊了，重拍"),
        ("收影像 1 份：其他材料", ""),
    ]


def test_a_copy_goes_where_the_clerk_says_and_a_print_to_his_printer(room, tmp_path):
    page = opened(room)
    add(room, page, photo())
    look(room, page)
    viewer = page.pictures.viewing.viewer
    room.answers.path = None
    click(room, viewer.save)
    assert not viewer.said.isVisible()
    room.answers.path = tmp_path / "copy.jpg"
    click(room, viewer.save)
    assert room.answers.path.read_bytes() == photo()
    assert "没有加密" in viewer.said.text()
    click(room, viewer.print)
    settle(room)
    deeds = [
        one["facts"]["deed"]
        for one in events(room.office, "audit.noted")
        if one["what"] == "attachment"
    ]
    assert deeds == ["picture_opened", "picture_saved", "picture_printed"]


# The offscreen platform has neither a window stack nor a keyboard grab, which the menu asks for.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_cameras_new_pictures_are_offered_once_they_are_whole(room, tmp_path):
    folder = tmp_path / "高拍仪"
    folder.mkdir()
    camera.keep(room.office, folder=str(folder), remove=True)
    page = opened(room)
    watch = page.pictures.taking.watch
    (folder / "1.jpg").write_bytes(photo())
    (folder / "notes.txt").write_bytes(b"no picture")
    old = folder / "old.jpg"
    old.write_bytes(photo(colour="#112233"))
    os.utime(old, (1_000_000_000,) * 2)
    watch.look()
    settle(room)
    assert page.pictures_card.camera.text() == "从高拍仪"
    watch.look()
    settle(room)
    assert page.pictures_card.camera.text() == "从高拍仪 1"
    watch.fill_menu()
    (action,) = watch.menu.actions()
    action.trigger()
    settle(room)
    assert len(rows(room, page)) == 1
    assert sorted(one.name for one in folder.iterdir()) == ["notes.txt", "old.jpg"]
    assert page.pictures_card.camera.text() == "从高拍仪"
    for name, colour in (("2.jpg", "#aa0000"), ("3.jpg", "#00aa00")):
        (folder / name).write_bytes(photo(colour=colour))
    for _ in range(2):
        watch.look()
        settle(room)
    click(room, page.pictures_card.camera)
    assert watch.menu.isVisible()
    watch.menu.close()
    both = watch.menu.actions()[-1]
    assert both.text() == "这 2 份都收进这一件"
    both.trigger()
    settle(room)
    assert len(rows(room, page)) == 3


def test_what_the_camera_wrote_stays_there_if_it_was_not_taken(room, tmp_path):
    folder = tmp_path / "高拍仪"
    folder.mkdir()
    camera.keep(room.office, folder=str(folder), remove=True)
    page = opened(room)
    (folder / "1.jpg").write_bytes(photo()[:300])
    for _ in range(2):
        page.pictures.taking.watch.look()
        settle(room)
    page.pictures.taking.watch.fill_menu()
    page.pictures.taking.watch.menu.actions()[0].trigger()
    settle(room)
    assert (folder / "1.jpg").exists()
    assert "打不开" in page.pictures_card.said.text()
    assert page.pictures_card.camera.text() == "从高拍仪"


def test_without_a_folder_the_card_says_where_to_set_one(room, tmp_path):
    page = opened(room)
    click(room, page.pictures_card.camera)
    assert "设置" in page.pictures_card.said.text()
    card = CameraCard(room.shell("settings"))
    room.answers.path = room.office.paths.folder
    card._choose()
    settle(room)
    assert card.problem.text()
    room.answers.path = tmp_path
    card._choose()
    settle(room)
    assert card.folder.text() == str(tmp_path)
    assert camera.read(room.office).folder == str(tmp_path)


def test_an_illness_is_covered_for_who_has_not_its_line(room):
    page = opened(room, "YB-MT-01")
    add(room, page, photo())
    room.office.grants = roles.granted("clerk", ())
    page.refresh()
    settle(room)
    card = page.pictures_card
    assert card.strip.tiles[0].icon().isNull()
    assert card.strip.tiles[0].text().startswith("已遮住")
    look(room, page)
    assert not page.pictures.viewing.viewer.isVisible()


@pytest.mark.parametrize("lane", ["write", "files"])
def test_a_picture_that_comes_after_the_viewer_was_shut_is_let_go(room, lane):
    """Shut while it is read out of the file, and while it is drawn."""
    page = opened(room)
    add(room, page, photo())
    card, viewer = page.pictures_card, page.pictures.viewing.viewer
    room.qtbot.mouseClick(card.strip.tiles[0], Qt.MouseButton.LeftButton)
    card.purpose.activated.emit(0)
    assert not viewer.isVisible(), "no purpose was chosen"
    card.purpose.setCurrentIndex(1)
    with nothing_goes_on(room, lane):
        card.purpose.activated.emit(1)
        if lane == "files":
            # Read out by the writer; drawing it waits.
            room.qtbot.waitUntil(lambda: page.pictures.viewing._open is not None)
        room.qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    settle(room)
    assert not viewer.isVisible()
    assert viewer.image.isNull()


def test_a_picture_that_is_none_decodes_to_nothing():
    assert decoded(b"<svg/>").isNull()
    assert decoded(photo(form="PNG")).isNull()
    assert decoded(photo()).width() == 640
