"""The diagnostic text is before the clerk's eyes first, and what is written is what was shown."""

from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk.clock import FixedClock
from desk.keyring.key_file import NAMES
from desk.paths import OfficePaths
from desk.services import diagnosis
from tests.builders import MONDAY
from tests.ui.conftest import Chosen
from ui.diagnosis import LOOKING, DiagnosisBox, screen_lines, show
from ui.notices import Notices, Question
from ui.shell import Shell
from ui.startup import Start


@pytest.fixture
def box(qtbot: QtBot, shell: Shell, notices: Notices) -> DiagnosisBox:
    gather = partial(
        diagnosis.gather,
        shell.office.paths,
        clock=shell.office.clock,
        office=shell.office,
        extra=screen_lines(),
    )
    made = show(shell.files, notices, gather)
    qtbot.waitUntil(lambda: made.text.toPlainText() != LOOKING)
    return made


def test_what_is_written_is_what_was_shown(
    qtbot: QtBot, box: DiagnosisBox, chooser: Chosen, tmp_path: Path
) -> None:
    shown = box.text.toPlainText()
    assert "Qt 6" in shown
    assert "offscreen" in shown
    assert box.text.isReadOnly()
    (tmp_path / "out").mkdir()
    chooser.answers.append(tmp_path / "out")
    box.write()
    qtbot.waitUntil(lambda: "读回核对一致" in box.told.text())
    [written] = (tmp_path / "out").iterdir()
    assert written.read_text("utf-8") == shown


def test_nothing_is_written_by_looking_or_thinking_better_of_it(
    box: DiagnosisBox, tmp_path: Path
) -> None:
    box.write()
    box.leave.click()
    assert list(tmp_path.rglob("bianmin-diagnosis*")) == []


def test_a_folder_that_does_not_take_it_is_told_of(
    qtbot: QtBot, box: DiagnosisBox, chooser: Chosen, tmp_path: Path
) -> None:
    chooser.answers.append(tmp_path / "none")
    box.write()
    qtbot.waitUntil(lambda: "U 盘" in box.told.text())
    assert box.keep.isEnabled()


def test_where_nothing_opens_it_can_still_be_had(qtbot: QtBot, qapp, tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_bytes(b"{}")
    start = Start(qapp, OfficePaths(tmp_path), FixedClock(MONDAY))
    qtbot.addWidget(start.host)
    start.show()
    qtbot.waitUntil(lambda: bool(start.notices and start.notices.shown))
    [question] = start.host.findChildren(Question)
    assert question._last.then is not None
    question._last.then()
    [box] = start.host.findChildren(DiagnosisBox)
    qtbot.waitUntil(lambda: box.text.toPlainText() != LOOKING)
    assert "没有看：数据文件没有打开（数据文件打不开）。" in box.text.toPlainText()
    box.leave.click()
    assert start.notices is not None
    assert [one.title for one in start.notices.shown] == ["数据文件打不开"] * 2
    start.close()
