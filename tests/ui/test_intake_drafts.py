"""Drafts of the intake page: saved while one types, offered again, gone on with, thrown away."""

import pytest
from PySide6.QtWidgets import QPushButton

from desk.services import drafts
from desk.services.views import IntakeValues
from tests.builders import person
from tests.ui.intake_desk import quiet

ITEM = "MZ-GL-01"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_what_is_typed_is_saved_as_a_draft_and_offered_again(qtbot, office, desk):
    desk.type_into("name", "冯玉珍")
    qtbot.waitUntil(lambda: desk.page.drafts.draft_id is not None, timeout=2500)
    (row,) = drafts.left_behind(office)
    assert row.values.person.name == "冯玉珍"
    desk.page.start()
    desk.page.offer.ask()
    qtbot.waitUntil(desk.page.parts.left_behind.isVisible)
    desk.page.opened(draft_id=row.id)
    qtbot.waitUntil(lambda: desk.page.values().person.name == "冯玉珍")
    assert desk.page.drafts.draft_id == row.id


def test_an_unwanted_draft_goes(qtbot, office, desk):
    drafts.save(office, draft_id=None, values=IntakeValues(person=person()))
    desk.page.offer.ask()
    strip = desk.page.parts.left_behind
    qtbot.waitUntil(strip.isVisible)
    (unwanted,) = [b for b in strip.findChildren(QPushButton) if b.text() == "不要了"]
    unwanted.click()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert drafts.left_behind(office) == ()


def test_going_on_with_what_is_being_typed_changes_nothing(qtbot, office, desk):
    """What is saved of it is older than what stands there."""
    desk.page.opened(item_code=ITEM)
    desk.type_into("name", "张建")
    qtbot.waitUntil(lambda: desk.page.drafts.draft_id is not None)
    desk.type_into("name", "国")
    desk.page.opened(draft_id=desk.page.drafts.draft_id)
    qtbot.waitUntil(quiet(desk))
    assert desk.page.values().person.name == "张建国"
