"""The search box by itself: what is asked when, the list walked by keys and by the mouse, an input method at work."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desk.services import search
from desk.services.office import Office
from desk.services.views import SearchHits
from tests.builders import take_in
from tests.ui.forms import in_window, leave, press
from ui.widgets.search_box import SearchBox

NOTHING = SearchHits((), (), ())


@pytest.fixture
def box(qtbot) -> SearchBox:
    made = SearchBox()
    in_window(qtbot, made)
    made.setFocus()
    return made


@pytest.fixture
def hits(office: Office) -> SearchHits:
    """刘桂兰 and her case."""
    take_in(office)
    return search.search(office, text="lgl")


def told(signal: Any) -> list[Any]:
    found: list[Any] = []
    signal.connect(found.append)
    return found


def compose(box: SearchBox, typing: str, done: str = "") -> None:
    event = QInputMethodEvent(typing, [])
    event.setCommitString(done)
    QApplication.sendEvent(box, event)


def answered(box: SearchBox, text: str, hits: SearchHits) -> Callable[[], bool]:
    box.setText(text)
    box.show_hits(text, hits)
    assert box.results is not None
    return box.results.isVisible


def test_the_list_is_walked_over_its_headings(box, hits):
    chosen = told(box.chosen)
    press(box, Qt.Key.Key_Return, Qt.Key.Key_Down)
    box.setText("lgl")
    box.show_hits("lg", hits)
    assert box.results is None or not box.results.isVisible(), (
        "an answer to what stood there before"
    )
    open_ = answered(box, "lgl", hits)
    assert open_()
    results: Any = box.results
    kinds = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        press(box, key)
        kinds.append(results.current().kind)
    assert kinds == ["person", "case", "case", "person"]
    model = results.model()
    results.clicked.emit(model.index(0, 0))
    assert chosen == [], "a heading is nothing to take"
    results.clicked.emit(model.index(3, 0))
    assert [hit.kind for hit in chosen] == ["case"]
    assert not open_()


def test_enter_on_nothing_found_and_on_a_list_that_was_closed(box, hits):
    unknown, asked, chosen = told(box.unknown), told(box.asked), told(box.chosen)
    assert answered(box, "查无此人", NOTHING)()
    press(box, Qt.Key.Key_Return)
    assert unknown == ["查无此人"]
    open_ = answered(box, "lgl", hits)
    leave(box.window())
    assert not open_()
    box.show_hits("lgl", hits)
    assert not open_(), "it does not open over what the clerk turned to"
    box.setFocus()
    press(box, Qt.Key.Key_Return)
    assert asked == ["lgl"]
    box.show_hits("lgl", hits)
    assert [hit.kind for hit in chosen] == ["person"]


def test_nothing_is_asked_while_an_input_method_composes(box, qtbot):
    with qtbot.assertNotEmitted(box.asked):
        compose(box, "liu")
        compose(box, "gui", "刘")
        press(box, Qt.Key.Key_Return)
    with qtbot.waitSignal(box.asked) as asked:
        compose(box, "", "桂")
    assert asked.args == ["刘桂"]
    box.show_hits("刘桂", NOTHING)
    with qtbot.assertNotEmitted(box.asked, wait=0):
        compose(box, "")
    assert not box._timer.isActive()
