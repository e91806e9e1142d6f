"""The program from the password to the closed window: nothing typed is lost, and only a desk's folder is opened."""

import gc
import weakref

import pytest
from PySide6.QtTest import QTest

from desk import keyring
from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.services import drafts, sign_in
from tests.builders import MONDAY, PASSWORD, make_office, rules
from ui.pages.sign_in import SignInPage
from ui.shell import Preferences
from ui.startup import Start


@pytest.fixture
def begin(qtbot, qapp):
    """Starts the program on a folder and signs in as the only one there."""
    begun = []

    def begin(folder):
        start = Start(qapp, OfficePaths(folder), FixedClock(MONDAY))
        begun.append(start)
        qtbot.addWidget(start.host)
        start.show()
        page = start.host.centralWidget()
        assert isinstance(page, SignInPage)
        page.password.setText(PASSWORD)
        page.submit()
        return start, page

    yield begin
    for start in begun:
        start.close()


@pytest.fixture
def made(tmp_path):
    """A closed office with its recovery key typed back."""
    made = make_office(tmp_path)
    keyring.prove_recovery(tmp_path, made.recovery_key)
    made.office.close()
    return made


def test_a_window_built_anew_leaves_none_of_the_old_one_in_memory(qtbot, tmp_path, made, begin):
    start, _ = begin(tmp_path)
    qtbot.waitSignal(start.opened, timeout=20_000).wait()
    old = weakref.ref(start.window)
    gc.disable()
    try:
        start.window.text_size_changed.emit(Preferences(large_text=True))
        qtbot.waitUntil(lambda: old() is None)
    finally:
        gc.enable()
        start.window.text_size_changed.emit(Preferences())
    assert start.host.centralWidget() is start.window


def test_what_was_typed_last_is_offered_after_closing(qtbot, tmp_path, made, begin):
    start, _ = begin(tmp_path)
    qtbot.waitSignal(start.opened, timeout=20_000).wait()
    start.host.activateWindow()
    start.window.go("intake")
    intake = start.window.navigation.current
    intake.parts.focus_field("name")
    QTest.keyClicks(start.host.focusWidget(), "Feng")
    start.host.close()
    office = sign_in.sign_in(
        start.paths,
        operator_id=made.operator_id.hex,
        password=PASSWORD,
        clock=FixedClock(MONDAY),
        rules=rules(),
    )
    left = drafts.left_behind(office)
    office.close()
    assert [row.values.person.name for row in left] == ["Feng"]
