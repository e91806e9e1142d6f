"""Toasts, banners and questions, and that there is one channel for them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ui.notices import Banner, Notice, Notices, Question, Verb


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def notices(window):
    return Notices(window)


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    return {b.text(): b for b in widget.findChildren(QPushButton) if not b.isHidden()}


def test_a_toast_is_shown_inside_the_window_and_takes_no_focus(window, notices):
    notices.toast("已受理，编号 1123-0007")
    toast = notices._toast
    assert notices.shown == [Notice("toast", "已受理，编号 1123-0007")]
    assert toast.isVisible()
    assert window.rect().contains(toast.geometry())
    assert not toast.hasFocus()


def test_a_toast_stays_inside_when_the_window_shrinks(qtbot, window, notices):
    notices.toast("已保存")
    window.resize(500, 400)
    qtbot.waitUntil(lambda: window.rect().contains(notices._toast.geometry()))


def test_a_toasts_verb_is_done_and_takes_it_away(qtbot, notices):
    done: list[str] = []
    notices.toast("已受理", Verb("打印", lambda: done.append("打印")))
    qtbot.mouseClick(buttons(notices._toast.hand)["打印"], Qt.MouseButton.LeftButton)
    assert done == ["打印"]
    assert not notices._toast.isVisible()


def test_what_lies_below_a_toast_can_be_clicked_through_it(qtbot, window, notices):
    """Pictures at the foot of a case's page are not to wait until it is gone; its own verbs stay within reach."""
    below, clicked = QPushButton(window), []
    below.clicked.connect(lambda: clicked.append("below"))
    below.setGeometry(window.rect())
    below.show()
    notices.toast("已更正", Verb("撤销", lambda: clicked.append("撤销")))
    toast = notices._toast
    words = toast.geometry().topLeft() + QPoint(10, 10)
    assert window.childAt(words) is below
    assert window.childAt(toast.hand.geometry().center()) is buttons(toast.hand)["撤销"]
    assert toast.geometry().contains(toast.hand.geometry())
    notices.toast("已保存")
    assert window.childAt(toast.geometry().center()) is below
    assert not toast.hand.isVisible()
    toast.hide()
    assert clicked == []


def test_a_toast_goes_by_itself(qtbot, notices):
    notices.toast("已保存")
    notices._toast._timer.setInterval(1)
    qtbot.waitUntil(lambda: not notices._toast.isVisible())


def test_a_banner_says_it_in_place_until_it_is_read(qtbot, window, notices):
    banner = Banner(window)
    notices.banner(banner, "磁盘满了", "请腾出空间。")
    assert banner.text == "磁盘满了 请腾出空间。"
    qtbot.mouseClick(buttons(banner)["知道了"], Qt.MouseButton.LeftButton)
    assert banner.text == ""


def test_words_of_people_are_never_markup(window, notices):
    banner = Banner(window)
    banner.say("<b>张</b>", "<img src='x'>")
    assert {label.textFormat() for label in banner.findChildren(QLabel)} == {
        Qt.TextFormat.PlainText
    }


@pytest.mark.parametrize(
    ("key", "told"), [(Qt.Key.Key_Return, ["作废"]), (Qt.Key.Key_Escape, ["先不"])]
)
def test_a_question_is_answered_by_its_verbs(qtbot, notices, key, told):
    answers: list[str] = []
    box = notices.ask(
        "作废这件？",
        "编号不会再用。",
        Verb("作废", lambda: answers.append("作废"), "danger"),
        Verb("先不作废", lambda: answers.append("先不")),
    )
    qtbot.waitExposed(box)
    assert list(buttons(box)) == ["先不作废", "作废"]
    qtbot.keyClick(box, key)
    assert answers == told


def test_no_question_without_a_verb_on_its_buttons(notices):
    box = notices.ask("关掉程序？", "", Verb("关闭程序"), Verb("留下"))
    assert isinstance(box, Question)
    assert "确定" not in buttons(box)
    box.reject()
