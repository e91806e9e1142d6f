"""换数据密钥 in the window: from the settings, two passwords, the new recovery key typed back, then signing in again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk import keyring
from desk.clock import FixedClock
from desk.errors import OfficeDamaged
from desk.paths import OfficePaths
from tests.builders import MONDAY, PASSWORD, make_office, take_in
from tests.kept import Kept, closed_files, keep, opened
from tests.services import staff
from ui.main_window import MainWindow
from ui.notices import Question
from ui.pages.settings.page import SettingsPage
from ui.pages.setup.new_key_page import NewKeyPage
from ui.pages.sign_in import SignInPage
from ui.startup import Start

WAIT = 30_000


@pytest.fixture
def hall(tmp_path: Path) -> Kept:
    """王敏, 李静 and 张强, a case, the recovery key proved; closed."""
    made = make_office(tmp_path / "office")
    keyring.prove_recovery(tmp_path / "office", made.recovery_key)
    for name in ("李静", "张强"):
        staff.add(made.office, name)
    take_in(made.office)
    made.office.close()
    return keep(tmp_path / "office")


@pytest.fixture
def start(qtbot: QtBot, qapp, hall: Kept) -> Iterator[Start]:
    made = Start(qapp, OfficePaths(hall.folder), FixedClock(MONDAY))
    qtbot.addWidget(made.host)
    with qtbot.waitSignal(made.loaded, timeout=WAIT):
        made.show()
    yield made
    made.host.close()


@pytest.fixture
def page(qtbot: QtBot, start: Start) -> NewKeyPage:
    """The way there: signed in, asked for in the settings, agreed."""
    first = start.host.centralWidget()
    assert isinstance(first, SignInPage)
    with qtbot.waitSignal(start.opened, timeout=WAIT):
        first.password.setText(PASSWORD)
        first.submit()
    window = start.window
    assert isinstance(window, MainWindow)
    window.go("settings")
    settings = window.stack.currentWidget()
    found = settings if isinstance(settings, SettingsPage) else settings.findChild(SettingsPage)
    assert found is not None
    assert found.operators is not None
    found.operators.change_key.click()
    qtbot.waitUntil(lambda: bool(start.host.findChildren(Question)), timeout=WAIT)
    [go] = [
        one
        for one in start.host.findChildren(Question)[-1].findChildren(QPushButton)
        if one.text() == "去换"
    ]
    go.click()
    qtbot.waitUntil(lambda: isinstance(start.host.centralWidget(), NewKeyPage), timeout=WAIT)
    made = start.host.centralWidget()
    assert isinstance(made, NewKeyPage)
    return made


def typed(page: NewKeyPage, second: str = PASSWORD) -> None:
    page.own.setText(PASSWORD)
    page.second.setText(second)
    page._begin()


def test_it_is_changed_when_two_typed_and_the_paper_is_proved(
    qtbot: QtBot, start: Start, page: NewKeyPage, hall: Kept
) -> None:
    assert [page.names.itemText(place) for place in range(page.names.count())] == ["张强", "李静"]
    page._begin()
    assert page.banner.text.startswith("还没有输密码")
    page.names.setCurrentIndex(1)
    typed(page, "不是这个密码呀A1")
    qtbot.waitUntil(lambda: page.step is page.first, timeout=WAIT)
    assert "密码" in page.banner.text
    typed(page)
    qtbot.waitUntil(lambda: page.step is page.recovery, timeout=WAIT)
    assert (page.own.text(), page.second.text()) == ("", "")
    groups = list(page.recovery._shown)
    page._press()
    for box, group in zip(page.recovery.boxes, groups, strict=True):
        box.setText(group)
    page.recovery.boxes[2].setText("00000")
    page._press()
    qtbot.waitUntil(page.recovery.problem.isVisible, timeout=WAIT)
    assert "第 3 组" in page.recovery.problem.text()
    assert keyring.fits(hall.folder, hall.key), "not before the paper is proved"
    page.recovery.boxes[2].setText(groups[2])
    with closed_files():
        page._press()
        qtbot.waitUntil(lambda: page.step is page.last, timeout=WAIT)
    assert "张强" in page.told.text()
    page._press()
    again = start.host.centralWidget()
    assert isinstance(again, SignInPage)
    assert {one.name for one in keyring.operators(hall.folder)} == {"王敏", "李静"}
    with pytest.raises(OfficeDamaged):
        opened(hall)
    opened(keep(hall.folder)).close()


def test_cancelled_all_is_as_it_was(
    qtbot: QtBot, start: Start, page: NewKeyPage, hall: Kept
) -> None:
    typed(page)
    page.strip.stop.click()
    qtbot.waitUntil(lambda: page.step is page.first, timeout=WAIT)
    page._leave()
    assert isinstance(start.host.centralWidget(), SignInPage)
    opened(hall).close()
    assert not list(hall.folder.glob("*rekey*"))


def test_a_window_that_closes_leaves_nothing_behind(
    qtbot: QtBot, start: Start, page: NewKeyPage, hall: Kept
) -> None:
    typed(page)
    qtbot.waitUntil(lambda: page.step is page.recovery, timeout=WAIT)
    start.host.close()
    assert not list(hall.folder.glob("*rekey*")) + list(hall.folder.glob(".rekey*"))
    opened(hall).close()
