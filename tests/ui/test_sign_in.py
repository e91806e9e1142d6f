"""The sign-in page: names by arrows, refusals in place, the pause counted down."""

import pytest
from PySide6.QtCore import Qt

from ui.pages.sign_in import OPENING, SignInPage

NAMES = (("a1", "王敏"), ("b2", "李强"), ("c3", "赵秀英"))


@pytest.fixture
def page(qtbot):
    made = SignInPage("池阳社区便民服务大厅", NAMES)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.password.hasFocus)
    return made


def test_the_password_takes_keys_at_once(qtbot, page):
    qtbot.keyClicks(page.password, "mima")
    assert page.password.text() == "mima"


def test_enter_hands_on_name_and_password_once(qtbot, page):
    given: list[tuple[str, str]] = []
    page.submitted.connect(lambda key, word: given.append((key, word)))
    qtbot.keyClick(page.password, Qt.Key.Key_Down)
    qtbot.keyClicks(page.password, " cheng dong 9 ")
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert given == [("b2", " cheng dong 9 ")]
    assert page.enter.text() == OPENING


def test_the_arrows_stop_at_both_ends(qtbot, page):
    qtbot.keyClick(page.password, Qt.Key.Key_Up)
    assert page.names.currentItem().text() == "王敏"
    for _ in range(5):
        qtbot.keyClick(page.password, Qt.Key.Key_Down)
    assert page.names.currentItem().text() == "赵秀英"


def test_an_empty_password_is_pointed_at(qtbot, page):
    with qtbot.assertNotEmitted(page.submitted):
        page.submit()
    assert page.problem.text() == "请输入密码。"
    assert page.password.property("problem") is True


def test_a_refusal_keeps_the_name_and_lets_type_again(qtbot, page):
    qtbot.keyClick(page.password, Qt.Key.Key_Down)
    qtbot.keyClicks(page.password, "wrong")
    page.submit()
    page.refused("姓名和密码对不上", "请再输一次。")
    assert page.names.currentItem().text() == "李强"
    assert page.problem.text() == "姓名和密码对不上。请再输一次。"
    assert page.enter.isEnabled()
    qtbot.keyClicks(page.password, "x")
    assert page.password.text() == "x"


def test_a_pause_is_counted_down_and_ends(qtbot, page):
    page._wait.setInterval(1)
    page.paused(3)
    assert not page.enter.isEnabled()
    assert "3 秒" in page.problem.text()
    qtbot.waitUntil(page.enter.isEnabled)
    assert page.problem.isHidden()


@pytest.mark.parametrize(
    ("letter", "shift", "shown"),
    [("A", False, True), ("a", False, False), ("A", True, False), ("a", True, True)],
)
def test_caps_lock_is_noticed(qtbot, page, letter, shift, shown):
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    press_letter(page, letter, modifier)
    assert page.caps.isVisible() is shown


def press_letter(page, letter, modifier):
    """QTest adds Shift to large letters by itself, so the event is made by hand."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    event = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), modifier, letter)
    QApplication.sendEvent(page.password, event)
