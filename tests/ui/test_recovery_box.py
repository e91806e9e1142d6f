"""The recovery key typed back from the intake page, where the first case waits for it, and from the settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk import keyring
from desk.services import drafts
from desk.services.setup import Created
from desk.services.views import DraftRow
from tests.builders import intake_values, make_office
from tests.ui.conftest import Went
from tests.ui.intake_desk import Desk, quiet, sitting_at
from ui.feed import Feed
from ui.operations import Operations
from ui.pages.intake.layout import DONE, FILL
from ui.pages.settings.operators_card import OperatorsCard
from ui.recovery_box import DONE as SAID
from ui.recovery_box import RecoveryBox
from ui.shell import Shell

ITEM = "MZ-GL-01"
TITLE = "第一件受理以前，先核对恢复密钥"


@dataclass
class Waiting:
    """The page at a hall whose key was not typed back, everything typed, F9 pressed."""

    desk: Desk
    made: Created

    @property
    def banner(self) -> str:
        return self.desk.page.banner.text

    def box(self) -> RecoveryBox:
        """The box that opens with the verb of the banner."""
        [now] = [
            one
            for one in self.desk.page.banner.findChildren(QPushButton)
            if one.text() == "现在核对"
        ]
        now.click()
        return self.boxes()[-1]

    def boxes(self) -> list[RecoveryBox]:
        """Those that stand open."""
        return [one for one in self.desk.window.findChildren(RecoveryBox) if one.isVisible()]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Created]:
    """A hall whose set-up ended before its key was typed back."""
    created = make_office(tmp_path / "office", proved=False)
    yield created
    created.office.close()


@pytest.fixture
def waiting(qtbot: QtBot, made: Created) -> Iterator[Waiting]:
    with sitting_at(made.office) as desk:
        qtbot.waitUntil(quiet(desk))
        values = intake_values(made.office, ITEM)
        saved = drafts.save(made.office, draft_id=None, values=values).value
        desk.page.take_up(DraftRow(saved, "", "2026-11-23T11:42:00", values))
        qtbot.waitUntil(lambda: desk.page.live.view is not None)
        qtbot.waitUntil(quiet(desk))
        desk.page.main_action()
        qtbot.waitUntil(lambda: TITLE in desk.said())
        qtbot.waitUntil(quiet(desk))
        yield Waiting(desk, made)


def type_in(box: RecoveryBox, key: str) -> None:
    """As from the paper, in small letters; the boxes lead on by themselves."""
    for place, group in zip(box.key.boxes, key.split("-"), strict=True):
        QTest.keyClicks(place, group.lower())


def test_f9_says_it_and_what_was_typed_stays(waiting: Waiting) -> None:
    page = waiting.desk.page
    assert waiting.banner.startswith(TITLE)
    assert "换数据密钥" in waiting.banner
    assert page.parts.stage() == FILL
    assert page.values().person.name == "刘桂兰"
    assert len(drafts.left_behind(waiting.made.office)) == 1


def test_the_right_key_lets_f9_take_the_case_in(qtbot: QtBot, waiting: Waiting) -> None:
    box = waiting.box()
    qtbot.waitUntil(box.key.boxes[0].hasFocus)
    type_in(box, waiting.made.recovery_key)
    assert box.check.hasFocus()
    QTest.keyClick(box, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: SAID in waiting.desk.said())
    assert waiting.boxes() == []
    assert waiting.banner == ""
    assert keyring.is_proved(waiting.made.office.paths.folder)
    qtbot.waitUntil(quiet(waiting.desk))
    waiting.desk.page.main_action()
    qtbot.waitUntil(lambda: waiting.desk.page.parts.stage() == DONE)
    qtbot.waitUntil(quiet(waiting.desk))
    assert drafts.left_behind(waiting.made.office) == ()


def test_a_wrong_group_is_named_at_its_box(qtbot: QtBot, waiting: Waiting) -> None:
    box, groups = waiting.box(), waiting.made.recovery_key.split("-")
    wrong = ("2" if groups[2][0] != "2" else "3") + groups[2][1:]
    type_in(box, "-".join((*groups[:2], wrong, *groups[3:])))
    box.submit()
    qtbot.waitUntil(lambda: box.key.problem.isVisible() and box.check.isEnabled())
    assert "第 3 组" in box.key.problem.text()
    assert [one.property("problem") is True for one in box.key.boxes].index(True) == 2
    assert box.key.boxes[2].hasFocus()
    assert box.key.boxes[2].selectedText() == wrong.lower()
    assert box.key.boxes[7].text() == groups[7].lower()
    assert not keyring.is_proved(waiting.made.office.paths.folder)
    # Typed over what is selected, the others stay.
    QTest.keyClicks(box.key.boxes[2], groups[2])
    box.submit()
    qtbot.waitUntil(lambda: SAID in waiting.desk.said())
    qtbot.waitUntil(quiet(waiting.desk))


def test_nothing_typed_is_a_wrong_first_group(qtbot: QtBot, waiting: Waiting) -> None:
    box = waiting.box()
    box.submit()
    qtbot.waitUntil(lambda: box.key.problem.isVisible())
    assert "第 1 组" in box.key.problem.text()


def test_esc_leaves_everything_as_it_is(waiting: Waiting) -> None:
    box = waiting.box()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert waiting.boxes() == []
    assert waiting.banner.startswith(TITLE)
    assert not keyring.is_proved(waiting.made.office.paths.folder)


def test_it_can_be_typed_back_from_the_settings(
    qtbot: QtBot, made: Created, notices, tasks, bugs
) -> None:
    """The way stands there as long as it is wanted."""
    operations = Operations(made.office, tasks, Feed(tasks), on_bug=bugs.append)
    shell = Shell("settings", operations, notices, operations.feed, go=Went(), back=print)
    card = OperatorsCard(shell)
    notices.window.setCentralWidget(card)
    card.refresh()
    qtbot.waitUntil(lambda: tasks.idle and card.prove_key.isVisible())
    card.prove_key.click()
    [box] = notices.window.findChildren(RecoveryBox)
    type_in(box, made.recovery_key)
    box.submit()
    qtbot.waitUntil(lambda: not card.prove_key.isVisible() and tasks.idle)
    assert [one.title for one in notices.shown] == [SAID]
