"""The demonstration is the README's first promise: it runs to its end and leaves what it says."""

from datetime import date

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desk.clock import FixedClock
from desk.domain.identity import age_on, read_id
from desk.paths import OfficePaths
from desk.services.check import check
from ui.demo import has_screen, main
from ui.demo.folder import NOTE
from ui.demo.hall import MORNING, OPERATOR, PASSWORD
from ui.demo.residents import residents
from ui.demo.story import STORY
from ui.demo.window import ShiftedClock, open_window, prepare_office
from ui.startup import Start

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
SIZES = {"": (1366, 768), "small": (1280, 720), "large": (1366, 768)}


@pytest.fixture(autouse=True)
def blinking(qapp):
    """The demonstration stops the cursor; other tests want it as it was."""
    before = QApplication.cursorFlashTime()
    yield
    QApplication.setCursorFlashTime(before)


def test_the_whole_morning_is_done_with_hand_and_eye(qapp, tmp_path, capsys):
    out = tmp_path / "演示"
    assert main(["--out", str(out)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line for line, _deed in STORY] == [line for line in said if not line.startswith("　")][
        :-1
    ]
    assert "完好" in said[-2]
    for folder, size in SIZES.items():
        pictures = [QImage(str(path)) for path in (out / folder).glob("*.png")]
        assert len(pictures) > 6
        assert {(one.width(), one.height()) for one in pictures} == {size}
    papers = list((out / "文书").glob("*.pdf"))
    assert len(papers) == 10
    assert all(paper.read_bytes().startswith(b"%PDF") for paper in papers)
    kinds = {path.suffix for path in (out / "U盘").rglob("*") if path.is_file()}
    assert kinds == {".bmkey", ".bmenrol", ".bmkeys", ".bmq"}
    assert {path.suffix for path in (out / "台账").iterdir()} == {".xlsx", ".csv"}
    note = (out / NOTE).read_text(encoding="utf-8")
    assert OPERATOR in note
    assert PASSWORD in note


def test_a_folder_that_cannot_be_made_is_said(tmp_path, capsys):
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    assert main(["--out", str(tmp_path / "文件")]) == 2
    assert "请换一个文件夹" in capsys.readouterr().err


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path, capsys):
    (tmp_path / "重要.txt").write_text("别删", encoding="utf-8")
    assert main(["--out", str(tmp_path)]) == 2
    assert "换一个空文件夹" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["重要.txt"]


def test_with_a_screen_the_window_opens_signed_in_on_a_sound_office(qtbot, qapp, tmp_path):
    paths = OfficePaths(tmp_path / "hall")
    prepare_office(paths)
    start = Start(qapp, paths, ShiftedClock(MORNING, FixedClock(MORNING)))
    qtbot.addWidget(start.host)
    with qtbot.waitSignal(start.opened, timeout=20_000):
        open_window(start)
    assert start.window is not None
    office = start.window.operations.office
    assert office.hall.operator == OPERATOR
    assert office.today == MORNING.date()
    assert check(office).findings == ()
    start.close()


@pytest.mark.parametrize(
    ("platform", "environ", "seen"),
    [
        ("win32", {}, True),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_a_window_is_only_opened_where_somebody_sees_it(platform, environ, seen):
    assert has_screen(platform, environ) is seen


def test_the_residents_are_plausible_and_nobody_twice():
    people = residents()
    assert len(people) == 40
    assert len({one.id_no for one in people.values()}) == 40
    readings = [read_id(one.id_no, today=date(2026, 11, 23)) for one in people.values()]
    assert not any(reading.problems for reading in readings)
    assert {reading.region for reading in readings} <= {"610422", "610423", "610431"}
    births = [reading.birth for reading in readings if reading.birth]
    reaching = {age_on(birth, date(2026, 11, 30)) for birth in births if birth.month == 11}
    assert {70, 80, 90, 100} <= reaching
