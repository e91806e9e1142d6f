"""The idle lock: by time, by key; what it covers, who opens it, and that everything is as it was."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenu, QVBoxLayout, QWidget

from desk.clock import FixedClock
from desk.services import locking
from tests.builders import PASSWORD
from tests.ui.desk_room import Room, nothing_goes_on, open_room
from ui.locking import Cover, Locking
from ui.notices import Verb

WRONG = "不是这个密码，肯定不是"


@pytest.fixture
def room(tmp_path, qtbot) -> Iterator[Room]:
    with open_room(tmp_path / "office", qtbot) as opened:
        yield opened


@pytest.fixture
def host(room, qtbot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    page = QWidget()
    line = QLineEdit("写到一半", page)
    QVBoxLayout(page).addWidget(line)
    made.setCentralWidget(page)
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    line.setFocus()
    return made


@pytest.fixture
def left() -> list[str]:
    return []


def lock_of(room: Room, host: QMainWindow, left: list[str], idle_ms: int = 3_600_000) -> Locking:
    page = host.centralWidget()
    return Locking(host, page, room.operations, lambda: left.append("left"), idle_ms=idle_ms)


def covered(lock: Locking) -> Cover:
    assert lock.cover is not None
    return lock.cover


def test_it_locks_by_itself_when_nobody_touches_anything(room, host, left):
    lock = lock_of(room, host, left, idle_ms=1)
    room.qtbot.waitUntil(lambda: lock.cover is not None)
    assert covered(lock).geometry() == host.rect()
    assert not host.centralWidget().isEnabled()
    host.resize(1000, 640)
    assert covered(lock).geometry() == host.rect()


def test_a_key_starts_the_time_anew(room, host, left):
    lock = lock_of(room, host, left)
    lock.timer.stop()
    QApplication.sendEvent(host.centralWidget(), QEvent(QEvent.Type.Resize))
    assert not lock.timer.isActive()
    room.qtbot.keyClick(host.centralWidget(), Qt.Key.Key_A)
    assert lock.timer.isActive()


def test_ctrl_l_locks_at_once_and_the_password_opens_it(room, host, left):
    lock = lock_of(room, host, left)
    line = host.centralWidget().findChild(QLineEdit)
    room.qtbot.keyClick(line, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = covered(lock).page
    assert [page.names.item(0).text(), page.names.count()] == ["王敏", 1]
    page.password.setText(WRONG)
    page.submit()
    room.settle()
    assert page.problem.text().startswith("姓名和密码对不上")
    page.password.setText(PASSWORD)
    page.submit()
    room.settle()
    assert lock.cover is None
    assert line.text() == "写到一半"
    assert host.centralWidget().isEnabled()
    assert lock.timer.isActive()


def test_wrong_passwords_count(room, host, left):
    lock = lock_of(room, host, left)
    lock.lock()
    page = covered(lock).page
    for _ in range(6):
        page.password.setText(WRONG)
        page.submit()
        room.settle()
    assert page.problem.text().startswith("试的次数太多")
    assert not page.enter.isEnabled()
    assert lock.cover is not None


def test_a_question_is_out_of_sight_and_comes_back(room, host, left):
    lock = lock_of(room, host, left)
    box = room.notices.ask("作废？", "刘桂兰", Verb("作废"), Verb("先不办"))
    assert box.isVisible()
    lock.lock()
    assert not box.isVisible()
    lock.unlock()
    assert box.isVisible()


def test_somebody_else_signs_in_from_the_start(room, host, left):
    lock = lock_of(room, host, left)
    lock.lock()
    covered(lock).change.click()
    assert left == ["left"]


def test_the_minutes_are_kept_within_bounds(room, host, left):
    lock = lock_of(room, host, left, idle_ms=0)
    room.settle()
    assert lock.timer.interval() == 5 * 60_000
    for wanted, kept in ((0, 1), (3, 3), (99, 15)):
        locking.keep_minutes(room.office, wanted=wanted)
        assert locking.minutes(room.office) == kept
    room.shell("x").write(locking.keep_minutes, wanted=2)
    room.settle()
    room.qtbot.waitUntil(lambda: lock.timer.interval() == 2 * 60_000)


def test_it_locks_when_the_system_says_that_nobody_is_there(room, host, left):
    lock = lock_of(room, host, left)
    lock.seat.gone.emit()
    assert covered(lock).page.isVisible()
    assert left == []


def test_locked_for_half_an_hour_it_closes(room, host, left):
    """By minutes counted, and by the clock: a computer asleep counts none."""
    lock = lock_of(room, host, left)
    lock.lock()
    for _ in range(29):
        lock.away.timeout.emit()
    assert (left, lock.away.isActive()) == ([], True)
    lock.away.timeout.emit()
    assert (left, lock.away.isActive()) == (["left"], False)
    again = lock_of(room, host, left)
    host.centralWidget().show()
    again.lock()
    room.office.clock = FixedClock(room.office.clock.now() + timedelta(minutes=31))
    again.away.timeout.emit()
    assert left == ["left", "left"]


def test_opened_in_time_it_does_not_close(room, host, left):
    lock = lock_of(room, host, left)
    lock.lock()
    lock.unlock()
    assert not lock.away.isActive()


def test_what_comes_after_the_cover_went_changes_nothing(room, host, left):
    lock = lock_of(room, host, left, idle_ms=0)
    room.settle()
    lock.unlock()
    lock.lock()
    page = covered(lock).page
    page.password.setText(WRONG)
    with nothing_goes_on(room, "files"):
        page.submit()
        lock.unlock()
    room.settle()
    assert lock.cover is None
    assert host.centralWidget().isEnabled()
    lock.lock()
    room.shell("x").write(locking.keep_minutes, wanted=2)
    room.settle()
    room.qtbot.waitUntil(lambda: lock.timer.interval() == 2 * 60_000)
    assert not lock.timer.isActive(), "it is locked already"


# The offscreen platform has neither a window stack nor a keyboard grab, which the menu asks for.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_menu_that_stands_open_is_closed(room, host, left):
    lock = lock_of(room, host, left)
    menu = QMenu(host)
    menu.addAction("刘桂兰 610422195603120420")
    menu.popup(host.mapToGlobal(host.rect().center()))
    assert menu.isVisible()
    lock.lock()
    assert not menu.isVisible()
