"""The file does not open: the clerk signs in, reads what a backup brings back, and goes on with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk import keyring
from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.services import backup, case_views
from desk.services.views import CaseFilter
from tests.builders import MONDAY, PASSWORD, make_office, take_in
from tests.kept import closed_files, keep, opened
from tests.ui.conftest import Chosen
from ui.pages.rescue.page import NONE, RescuePage
from ui.pages.sign_in import SignInPage
from ui.startup import Start


@pytest.fixture
def broken(tmp_path: Path) -> OfficePaths:
    """An office with a backup of one case and one case after it, its file overwritten."""
    made = make_office(tmp_path / "office")
    take_in(made.office)
    backup.make(made.office, why="day")
    take_in(made.office)
    paths = made.office.paths
    made.office.close()
    with closed_files():
        paths.database.write_bytes(b"\xa5" * paths.database.stat().st_size)
    return paths


@pytest.fixture
def start(qtbot: QtBot, qapp, broken: OfficePaths) -> Iterator[Start]:
    made = Start(qapp, broken, FixedClock(MONDAY))
    qtbot.addWidget(made.host)
    with qtbot.waitSignal(made.loaded, timeout=20_000):
        made.show()
    yield made
    made.host.close()


def signed_in(qtbot: QtBot, start: Start) -> RescuePage:
    page = start.host.centralWidget()
    assert isinstance(page, SignInPage)
    page.password.setText(PASSWORD)
    page.submit()
    qtbot.waitUntil(lambda: isinstance(start.host.centralWidget(), RescuePage), timeout=20_000)
    found = start.host.centralWidget()
    assert isinstance(found, RescuePage)
    qtbot.waitUntil(lambda: found.leave.isEnabled(), timeout=20_000)
    return found


def told(page: RescuePage) -> str:
    widgets = (page.lines.itemAt(place).widget() for place in range(page.lines.count()))
    return "".join(widget.text() for widget in widgets if isinstance(widget, QLabel))


def test_the_newest_backup_is_told_of_and_taken(qtbot: QtBot, start: Start) -> None:
    with closed_files():
        page = signed_in(qtbot, start)
        assert "里面有办件 1 件" in told(page)
        assert "不会删除" in told(page)
        page.begin()
        qtbot.waitUntil(lambda: page.restore.isHidden(), timeout=20_000)
    assert "没有删除" in told(page)
    page.go()
    assert isinstance(start.host.centralWidget(), SignInPage)
    office = opened(keep(start.paths.folder))
    assert len(case_views.page(office, wanted=CaseFilter(group="all")).rows) == 1
    office.close()


def test_without_a_backup_nothing_is_touched(
    qtbot: QtBot, start: Start, broken: OfficePaths
) -> None:
    for made in broken.backups.iterdir():
        (made / "manifest.json").unlink()
    page = signed_in(qtbot, start)
    assert page.banner.text.startswith(NONE)
    assert not page.restore.isEnabled()
    with closed_files():
        assert set(broken.database.read_bytes()) == {0xA5}


def test_leaving_changes_nothing(qtbot: QtBot, start: Start, broken: OfficePaths) -> None:
    with closed_files():
        page = signed_in(qtbot, start)
        page.go()
        assert set(broken.database.read_bytes()) == {0xA5}
    assert not list(broken.folder.glob("before-restore-*"))


def test_the_settings_lead_to_the_rescue(qtbot: QtBot, qapp, tmp_path: Path) -> None:
    made = make_office(tmp_path / "good")
    keyring.prove_recovery(tmp_path / "good", made.recovery_key)
    take_in(made.office)
    backup.make(made.office, why="day")
    made.office.close()
    start = Start(qapp, OfficePaths(tmp_path / "good"), FixedClock(MONDAY))
    qtbot.addWidget(start.host)
    with qtbot.waitSignal(start.loaded, timeout=20_000):
        start.show()
    page = start.host.centralWidget()
    assert isinstance(page, SignInPage)
    page.password.setText(PASSWORD)
    with qtbot.waitSignal(start.opened, timeout=20_000):
        page.submit()
    assert start.window is not None
    start.window.operations.rescue_asked.emit()
    qtbot.waitUntil(lambda: isinstance(start.host.centralWidget(), SignInPage), timeout=20_000)
    with closed_files():
        rescue = signed_in(qtbot, start)
        assert "一条不少" in told(rescue)
        rescue.go()
    start.host.close()


def test_an_older_one_and_one_on_a_stick_are_looked_for(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    with closed_files():
        page = signed_in(qtbot, start)
        assert start.notices is not None
        chooser = start.notices.chooser = Chosen()
        page.look_on_stick()
        assert page.leave.isEnabled(), "no folder was chosen"
        page.look_older()
        qtbot.waitUntil(lambda: page.leave.isEnabled(), timeout=20_000)
        assert page.banner.text.startswith(NONE)
        page.begin()
        page.look_older()
        qtbot.waitUntil(lambda: page.leave.isEnabled(), timeout=20_000)
        assert page.banner.text.startswith(NONE)
        chooser.answers.append(tmp_path)
        page.look_on_stick()
        qtbot.waitUntil(lambda: page.leave.isEnabled(), timeout=20_000)
        assert "里面有办件 1 件" in told(page)
        page.go()
