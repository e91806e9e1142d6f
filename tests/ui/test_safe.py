"""The mode that only looks: after two starts that broke off or when asked for, and the way back to a usual start."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk import keyring
from desk.clock import FixedClock
from desk.crashes import CrashWatch
from desk.keyring.key_file import NAMES
from desk.paths import OfficePaths
from desk.services import backup, backups
from desk.services.rescue import ON_STICK
from tests.architecture.tree import ROOT
from tests.builders import MONDAY, PASSWORD, make_office, take_in
from tests.kept import closed_files
from tests.ui.conftest import Chosen
from ui.__main__ import main
from ui.pages.rescue.page import RescuePage
from ui.pages.safe.page import SafePage
from ui.pages.sign_in import SignInPage
from ui.startup import Start

Begin = Callable[..., Start]
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui import startup
make = startup.Start
def made(*words, **facts):
    start = make(*words, **facts)
    print("careful" if start.careful else "usual", flush=True)
    start.painted.connect(start.host.close if sys.argv[2] == "close" else lambda: sys.stdin.readline())
    return start
startup.Start = made
sys.exit(startup.run(Path(sys.argv[1])))
"""


@pytest.fixture
def paths(tmp_path: Path) -> OfficePaths:
    """An office with a case, its recovery key proved, closed."""
    made = make_office(tmp_path / "office")
    keyring.prove_recovery(tmp_path / "office", made.recovery_key)
    take_in(made.office)
    made.office.close()
    return made.office.paths


@pytest.fixture
def begin(qtbot: QtBot, qapp, paths: OfficePaths, chooser: Chosen) -> Iterator[Begin]:
    """Starts the program on that folder up to its sign-in page."""
    made: list[Start] = []

    def start(**facts: bool) -> Start:
        watch = CrashWatch(paths.starts, FixedClock(MONDAY))
        start = Start(qapp, paths, FixedClock(MONDAY), chooser, watch=watch, **facts)
        qtbot.addWidget(start.host)
        with qtbot.waitSignal(start.loaded, timeout=20_000):
            start.show()
        made.append(start)
        return start

    yield start
    for one in made:
        one.host.close()


def enter(qtbot: QtBot, start: Start, kind: type) -> object:
    page = start.host.centralWidget()
    assert isinstance(page, SignInPage)
    page.password.setText(PASSWORD)
    page.submit()
    qtbot.waitUntil(lambda: isinstance(start.host.centralWidget(), kind), timeout=20_000)
    return start.host.centralWidget()


def safe_page(qtbot: QtBot, start: Start) -> SafePage:
    page = enter(qtbot, start, SafePage)
    assert isinstance(page, SafePage)
    return page


def test_it_is_said_before_the_password_and_nothing_is_written(
    qtbot: QtBot, begin: Begin, paths: OfficePaths
) -> None:
    with closed_files():
        before = paths.database.read_bytes()
    start = begin(careful=True)
    page = start.host.centralWidget()
    assert isinstance(page, SignInPage)
    assert "小心着开" in page.problem.text()
    safe_page(qtbot, start)
    start.host.close()
    with closed_files():
        assert paths.database.read_bytes() == before


def test_a_backup_goes_onto_a_stick(
    qtbot: QtBot, begin: Begin, chooser: Chosen, tmp_path: Path
) -> None:
    page = safe_page(qtbot, begin(careful=True))
    (tmp_path / "stick").mkdir()
    chooser.answers.append(tmp_path / "stick")
    page.copy()
    qtbot.waitUntil(lambda: "可以拔出" in page.strip.words.text(), timeout=20_000)
    [made] = backups.listed(tmp_path / "stick" / ON_STICK)
    assert made.manifest.standing.cases == 1
    assert page.start.isEnabled()


def test_the_window_opens_for_looking(qtbot: QtBot, begin: Begin) -> None:
    start = begin(careful=True)
    page = safe_page(qtbot, start)
    with qtbot.waitSignal(start.opened, timeout=20_000):
        page.open.click()
    window = start.window
    assert window is not None
    assert window.operations.office.read_only
    window.operations.usual_start_asked.emit()
    qtbot.waitUntil(lambda: isinstance(start.host.centralWidget(), SignInPage), timeout=20_000)
    with qtbot.waitSignal(start.opened, timeout=20_000):
        enter(qtbot, start, type(window))
    assert start.window is not None
    assert not start.window.operations.office.read_only


def test_the_usual_start_forgets_what_broke_off(
    qtbot: QtBot, begin: Begin, paths: OfficePaths
) -> None:
    paths.starts.mkdir()
    at = int(MONDAY.timestamp())
    for number in range(2):
        (paths.starts / f"{at}-1-ffffffff-0000000{number}.start").touch()
    assert CrashWatch(paths.starts, FixedClock(MONDAY)).recent() == 2
    start = begin(careful=True)
    page = safe_page(qtbot, start)
    page.start.click()
    qtbot.waitUntil(lambda: isinstance(start.host.centralWidget(), SignInPage), timeout=20_000)
    assert list(paths.starts.iterdir()) == []
    with qtbot.waitSignal(start.opened, timeout=20_000):
        again = start.host.centralWidget()
        assert isinstance(again, SignInPage)
        assert again.problem.isHidden()
        again.password.setText(PASSWORD)
        again.submit()


def test_the_rescue_is_a_step_away(qtbot: QtBot, begin: Begin) -> None:
    start = begin(careful=True)
    page = safe_page(qtbot, start)
    page.restore.click()
    qtbot.waitUntil(lambda: isinstance(start.host.centralWidget(), SignInPage), timeout=20_000)
    with closed_files():
        rescue = enter(qtbot, start, RescuePage)
        assert isinstance(rescue, RescuePage)
        qtbot.waitUntil(lambda: rescue.leave.isEnabled(), timeout=20_000)
        rescue.go()


def test_keys_are_put_back_from_a_backup(qtbot: QtBot, qapp, paths: OfficePaths) -> None:
    """Both copies damaged: who is in the backup's signs in, and works on."""
    from tests.kept import keep, opened

    office = opened(keep(paths.folder))
    backup.make(office, why="day")
    office.close()
    for name in NAMES:
        (paths.folder / name).write_bytes(b"{}")
    start = Start(qapp, paths, FixedClock(MONDAY))
    qtbot.addWidget(start.host)
    with qtbot.waitSignal(start.loaded, timeout=20_000):
        start.show()
    page = start.host.centralWidget()
    assert isinstance(page, SignInPage)
    assert "备份里还有一份" in page.problem.text()
    page.password.setText(PASSWORD)
    with qtbot.waitSignal(start.opened, timeout=20_000):
        page.submit()
    assert keyring.operators(paths.folder)
    start.host.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="killed by a signal")
def test_two_windows_killed_make_the_third_careful(paths: OfficePaths) -> None:
    """The real program, killed while it waits; one that is closed as usual counts for nothing."""

    def window(end: str) -> str:
        program = subprocess.Popen(
            [sys.executable, "-c", WINDOW, str(paths.folder), end],
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with program:
            assert program.stdout is not None
            said = program.stdout.readline().strip()
            if end == "kill":
                program.kill()
        return said

    assert [window(end) for end in ("close", "kill", "close", "kill")] == ["usual"] * 4
    assert [window("close"), window("close")] == ["careful"] * 2


@pytest.mark.parametrize("words", [["--safe", "--data"], ["--data", "--safe"]])
def test_asked_for_by_name_a_folder_is_still_wanted(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert "--data" in capsys.readouterr().err
