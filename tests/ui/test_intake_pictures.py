"""Pictures taken in at the window: kept with the draft, on the case after the end, never held against the typing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desk.services import attachments, drafts
from desk.services.office import Office
from desk.services.views import DraftRow
from tests.builders import intake_values
from tests.importing.photos import HTML, pdf, photo
from tests.ui.intake_desk import Desk, quiet, sitting_at
from ui.pages.intake.layout import DONE
from ui.pictures.card import PicturesCard
from ui.pictures.viewer import PictureViewer

ITEM = "MZ-GL-01"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LONG_MS = 60_000
"""Each picture starts a process: on a busy machine that takes longer than pages usually get."""


@pytest.fixture
def desk(qtbot, office: Office, desk: Desk) -> Desk:
    """An intake is typed, all of it; no printer is set."""
    desk.page.take_up(DraftRow(0, "", "", intake_values(office, ITEM)))
    qtbot.waitUntil(quiet(desk))
    return desk


def add(qtbot, desk: Desk, data: bytes, name: str = "scan.jpg") -> None:
    desk.chooser.path = desk.office.paths.folder.parent / name
    desk.chooser.path.write_bytes(data)
    desk.page.parts.item.pictures.add.click()
    qtbot.waitUntil(lambda: not desk.page.pictures.busy, timeout=LONG_MS)
    qtbot.waitUntil(quiet(desk), timeout=LONG_MS)


def names(office: Office, desk: Desk) -> list[str]:
    assert desk.page.ending.finished is not None
    case_id = desk.page.ending.finished.case_id
    return [one.name for one in attachments.view(office, case_id=case_id).rows]


def viewers(desk: Desk) -> list[PictureViewer]:
    return desk.page.findChildren(PictureViewer)


def test_a_picture_goes_with_the_draft_and_then_with_the_case(qtbot, office, desk):
    card = desk.page.parts.item.pictures
    card.material.setCurrentIndex(card.material.findText("居民身份证"))
    add(qtbot, desk, photo())
    assert card.title.text() == "材料影像 1"
    assert not card.strip.tiles[0].icon().isNull()
    qtbot.waitUntil(lambda: bool(drafts.left_behind(office)), timeout=5000)
    (left,) = drafts.left_behind(office)
    assert [one.material for one in left.values.pictures] == ["id_card"]
    desk.page.main_action()
    qtbot.waitUntil(lambda: desk.page.parts.stage() == DONE, timeout=LONG_MS)
    qtbot.waitUntil(lambda: drafts.left_behind(office) == ())
    assert names(office, desk) == ["居民身份证"]
    desk.page.next_visitor()
    assert desk.page.values().pictures == ()


def test_a_draft_taken_up_again_shows_its_pictures(qtbot, office, desk):
    add(qtbot, desk, photo())
    qtbot.waitUntil(lambda: bool(drafts.left_behind(office)), timeout=5000)
    desk.page.start()
    assert desk.page.values().pictures == ()
    assert desk.page.parts.item.pictures.strip.tiles == ()
    (left,) = drafts.left_behind(office)
    desk.page.opened(draft_id=left.id)
    qtbot.waitUntil(lambda: len(desk.page.parts.item.pictures.strip.tiles) == 1)
    assert desk.page.values().pictures == left.values.pictures


def test_an_unwanted_draft_leaves_no_picture(qtbot, office, desk):
    add(qtbot, desk, photo())
    qtbot.waitUntil(lambda: bool(drafts.left_behind(office)), timeout=5000)
    assert len(list(office.blobs.stored())) == 1
    desk.page.next_visitor()
    strip = desk.page.parts.left_behind
    qtbot.waitUntil(strip.isVisible)
    (unwanted,) = [one for one in strip.findChildren(QPushButton) if one.text() == "不要了"]
    unwanted.click()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert list(office.blobs.stored()) == []


def test_the_end_waits_for_a_picture_on_its_way_in(qtbot, office, desk):
    desk.page.pictures.taking.take((photo(),))
    desk.page.main_action()
    assert "影像还在收，收好就接着办" in desk.said()
    qtbot.waitUntil(lambda: desk.page.parts.stage() == DONE, timeout=LONG_MS)
    assert names(office, desk) == ["其他材料"]


def test_the_end_does_not_go_on_past_a_picture_that_was_refused(qtbot, office, desk):
    desk.page.pictures.taking.take((HTML,))
    desk.page.main_action()
    qtbot.waitUntil(lambda: not desk.page.pictures.busy, timeout=LONG_MS)
    qtbot.waitUntil(quiet(desk))
    assert desk.page.ending.finished is None
    assert "只收照片" in desk.page.parts.item.pictures.said.text()
    desk.page.main_action()
    qtbot.waitUntil(lambda: desk.page.parts.stage() == DONE, timeout=LONG_MS)
    assert names(office, desk) == []


def test_a_picture_that_comes_for_the_one_before_is_not_the_next_ones(qtbot, office, desk):
    desk.page.pictures.taking.take((photo(), photo(colour="#112233")))
    desk.page.next_visitor()
    qtbot.waitUntil(lambda: not desk.page.pictures.busy, timeout=LONG_MS)
    qtbot.waitUntil(quiet(desk))
    assert desk.page.values().pictures == ()


def test_no_viewer_is_made_before_one_is_wanted(qtbot, office, desk):
    add(qtbot, desk, photo())
    assert viewers(desk) == []
    desk.page.parts.item.pictures.strip.tiles[0].click()
    (viewer,) = viewers(desk)
    qtbot.waitUntil(lambda: not viewer.image.isNull(), timeout=LONG_MS)
    assert viewer.image.width() == 640
    assert not viewer.save.isVisible()
    assert desk.page.go_back()
    assert not viewer.isVisible()


def test_through_the_pages_and_off_the_draft(qtbot, office, desk):
    add(qtbot, desk, photo())
    add(qtbot, desk, pdf(2), "b.pdf")
    desk.page.parts.item.pictures.strip.tiles[1].click()
    (viewer,) = viewers(desk)
    assert "2 / 2　第 1 / 2 页" in viewer.title.text()
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert "第 2 / 2 页" in viewer.title.text()
    assert not viewer.next.isEnabled()
    qtbot.mouseClick(viewer.remove, Qt.MouseButton.LeftButton)
    assert not viewer.isVisible()
    assert [one.kind for one in desk.page.values().pictures] == ["image/jpeg"]
    qtbot.waitUntil(lambda: len(desk.page.parts.item.pictures.strip.tiles) == 1, timeout=LONG_MS)
    qtbot.waitUntil(quiet(desk), timeout=LONG_MS)


def test_before_an_item_is_chosen_nothing_is_made(qtbot, office: Office) -> None:
    """The first key of a visit is not to wait for what few visits need."""
    with sitting_at(office) as seated:
        qtbot.waitUntil(quiet(seated))
        seated.type_into("name", "冯玉珍")
        seated.page.next_visitor()
        assert seated.page.findChildren(PicturesCard) == []
        seated.page.opened(item_code=ITEM)
        qtbot.waitUntil(quiet(seated))
        assert len(seated.page.findChildren(PicturesCard)) == 1
        assert viewers(seated) == []
