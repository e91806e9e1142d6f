"""撤销 after an end at the window: offered where nothing is printed, and what was typed stands there again to be mended."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desk.services import case_views, drafts
from desk.services.views import DraftRow, Finished
from tests.builders import intake_values
from tests.importing.photos import photo
from tests.ui.intake_desk import Desk, quiet, sitting_at
from ui.notices import Question
from ui.pages.intake.layout import DONE, FILL

ITEM = "MZ-GL-01"
LONG_MS = 60_000
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def accept(qtbot, desk: Desk) -> Finished:
    """An intake typed and ended, with a picture."""
    desk.page.take_up(DraftRow(0, "", "", intake_values(desk.office, ITEM)))
    qtbot.waitUntil(quiet(desk))
    desk.page.pictures.taking.take((photo(),))
    qtbot.waitUntil(lambda: not desk.page.pictures.busy, timeout=LONG_MS)
    qtbot.waitUntil(quiet(desk), timeout=LONG_MS)
    return end(qtbot, desk)


def end(qtbot, desk: Desk) -> Finished:
    desk.page.main_action()
    qtbot.waitUntil(lambda: desk.page.parts.stage() == DONE, timeout=LONG_MS)
    qtbot.waitUntil(lambda: desk.tasks.idle, timeout=LONG_MS)
    assert desk.page.ending.finished is not None
    return desk.page.ending.finished


def offered(desk: Desk) -> list[QPushButton]:
    """The verbs of the toast that is shown."""
    return [one for one in desk.notices._toast.hand.findChildren(QPushButton) if one.isVisible()]


def test_undoing_brings_back_what_was_typed(qtbot, office, desk):
    first = accept(qtbot, desk)
    typed = desk.page.values()
    (undo,) = offered(desk)
    assert undo.text() == "撤销"
    undo.click()
    qtbot.waitUntil(lambda: bool(desk.window.findChildren(Question)))
    (sure,) = [
        one
        for one in desk.window.findChildren(Question)[-1].findChildren(QPushButton)
        if one.text() == "撤销"
    ]
    qtbot.mouseClick(sure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.page.parts.stage() == FILL, timeout=LONG_MS)
    qtbot.waitUntil(quiet(desk), timeout=LONG_MS)
    assert case_views.detail(office, case_id=first.case_id).row.state == "void"
    assert desk.page.values() == typed
    qtbot.waitUntil(lambda: len(drafts.left_behind(office)) == 1, timeout=LONG_MS)
    second = end(qtbot, desk)
    assert second.number != first.number
    assert case_views.detail(office, case_id=second.case_id).row.state == "received"


def test_what_is_printed_at_once_is_not_offered_to_be_undone(qtbot, office):
    with sitting_at(office, printer="激光") as desk:
        qtbot.waitUntil(quiet(desk))
        done = accept(qtbot, desk)
        assert any(done.number in one for one in desk.said())
        assert offered(desk) == []
