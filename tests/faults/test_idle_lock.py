"""A locked window: nothing that was on it is on the screen, or can be read out of any widget that is shown."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tests.ui.desk_room import Room, open_room
from ui.locking import Cover, Locking
from ui.notices import Notices, Verb

MARKS = ("单于秀英", "610422195603120420", "13800002734")
ROLES = 64
"""As many kinds of data as a cell may carry; text, tooltip and description are among the first."""


@pytest.fixture
def room(tmp_path, qtbot) -> Iterator[Room]:
    with open_room(tmp_path / "office", qtbot) as opened:
        yield opened


def window(qtbot, marks: tuple[str, ...] = MARKS) -> QMainWindow:
    """A window on which each mark stands in each kind of widget."""
    host, page = QMainWindow(), QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(page)
    table = QTableWidget(len(marks), 1)
    for row, mark in enumerate(marks):
        table.setItem(row, 0, QTableWidgetItem(mark))
        button = QPushButton("办理")
        button.setToolTip(mark)
        button.setAccessibleName(mark)
        for made in (QLabel(mark), QLineEdit(mark), QPlainTextEdit(mark), button):
            column.addWidget(made)
    column.addWidget(table)
    host.setCentralWidget(page)
    # Higher than all of it in any dress, so that the size tells nothing either.
    host.resize(900, 1200)
    host.show()
    host.activateWindow()
    return host


def readable(marks: tuple[str, ...] = MARKS) -> set[str]:
    """The marks that any shown widget gives out, as a program for the blind would ask it."""
    shown = [one for one in QApplication.allWidgets() if one.isVisible()]
    told = "\n".join(text for widget in shown for text in texts(widget))
    return {mark for mark in marks if mark in told}


def texts(widget: QWidget) -> Iterator[str]:
    about = widget.metaObject()
    for place in range(about.propertyCount()):
        value = about.property(place).read(widget)
        if isinstance(value, str):
            yield value
    if isinstance(widget, QTableWidget):
        model = widget.model()
        for row in range(model.rowCount()):
            for role in range(ROLES):
                yield str(model.index(row, 0).data(role))


def locked(room: Room, host: QMainWindow) -> Locking:
    lock = Locking(host, host.centralWidget(), room.operations, lambda: None, idle_ms=3_600_000)
    lock.lock()
    room.settle()
    assert lock.cover is not None
    return lock


def test_nothing_shown_gives_a_mark_out(room, qtbot):
    host = window(qtbot)
    assert readable() == set(MARKS)
    lock = locked(room, host)
    assert readable() == set()
    lock.unlock()
    assert readable() == set(MARKS)


def test_the_picture_does_not_depend_on_what_stands_beneath(room, qtbot):
    pictures = []
    for marks in (MARKS, ("王小明", "0" * 18, "")):
        host = window(qtbot, marks)
        lock = locked(room, host)
        # A cursor blinks, and blinking is no difference.
        if (line := QApplication.focusWidget()) is not None:
            line.clearFocus()
        pictures.append(host.grab().toImage())
        lock.unlock()
        host.hide()
    same = pictures[0] == pictures[1]
    assert same


def test_what_ends_while_it_is_locked_is_not_shown(room, qtbot):
    """Somebody locks while a case is being saved: its good word, or a question, must wait."""
    host = window(qtbot, ())
    notices = Notices(host)
    notices.toast(f"{MARKS[0]} 已受理")
    lock = locked(room, host)
    assert readable() == set()
    notices.toast(f"{MARKS[1]} 已受理")
    box = notices.ask("作废？", MARKS[2], Verb("作废"), Verb("先不办"))
    qtbot.waitUntil(lambda: not box.isVisible())
    assert readable() == set()
    lock.unlock()
    assert readable() == {MARKS[2]}
    box.close()


def test_a_question_that_is_gone_meanwhile_does_not_come_back(room, qtbot):
    host = window(qtbot, ())
    notices = Notices(host)
    box = notices.ask("作废？", MARKS[0], Verb("作废"), Verb("先不办"))
    lock = locked(room, host)
    box.close()
    qtbot.waitUntil(
        lambda: not any(one.windowTitle() == "作废？" for one in QApplication.allWidgets())
    )
    lock.unlock()
    assert readable() == set()


def test_a_cover_alone_is_found_out(room, qtbot):
    """Planted: the window as it is, with something opaque laid over it."""
    host = window(qtbot)
    cover = Cover(host, "池阳社区", (room.office.hall.operator_id.hex, "王敏"))
    cover.show()
    cover.raise_()
    assert readable() == set(MARKS)
