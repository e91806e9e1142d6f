"""Masked values shown whole."""

from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desk.services.views import LabelValue
from ui.widgets.clipboard import forget
from ui.widgets.revealed import Revealed

NUMBER = "61042219560312042X"


@pytest.fixture
def revealed(qtbot: QtBot) -> Revealed:
    made = Revealed()
    qtbot.addWidget(made)
    made.show()
    return made


def choose(revealed: Revealed, code: str) -> None:
    place = revealed.purpose.findData(code)
    revealed.purpose.setCurrentIndex(place)
    revealed.purpose.activated.emit(place)


def words(revealed: Revealed) -> list[str]:
    lines = [revealed.values.itemAt(place).widget() for place in range(revealed.values.count())]
    return [one.text() for line in lines for one in line.findChildren(QLabel)]


def test_the_purpose_is_asked_once_for_each_case(revealed: Revealed) -> None:
    asked: list[tuple[UUID, str]] = []
    revealed.asked.connect(lambda about, purpose: asked.append((about, purpose)))
    one, other = uuid4(), uuid4()
    revealed.be_about(one)
    revealed.open.click()
    assert revealed.purpose.isVisible()
    choose(revealed, "")
    assert asked == []
    choose(revealed, "contact")
    revealed.open.click()
    assert asked == [(one, "contact")] * 2
    revealed.be_about(other)
    revealed.open.click()
    assert revealed.purpose.isVisible()


def test_values_close_by_themselves(qtbot: QtBot) -> None:
    about = uuid4()
    revealed = Revealed(shown_ms=0)
    qtbot.addWidget(revealed)
    revealed.show()
    revealed.be_about(about)
    revealed.show_values(about, (LabelValue("证件号码", NUMBER),))
    assert NUMBER in words(revealed)
    qtbot.waitUntil(lambda: not revealed.shown)
    assert NUMBER not in words(revealed)


def test_values_go_with_the_page_and_with_the_case(revealed: Revealed) -> None:
    about = uuid4()
    for leave in (revealed.hide, lambda: revealed.be_about(uuid4())):
        revealed.show()
        revealed.be_about(about)
        revealed.show_values(about, (LabelValue("证件号码", NUMBER),))
        assert revealed.shown
        leave()
        assert not revealed.shown


def test_values_that_come_too_late_are_dropped(revealed: Revealed) -> None:
    revealed.be_about(uuid4())
    revealed.show_values(uuid4(), (LabelValue("证件号码", NUMBER),))
    assert not revealed.shown


def test_values_are_covered_again_and_one_is_copied(qapp: QApplication, revealed: Revealed) -> None:
    about = uuid4()
    revealed.be_about(about)
    revealed.show_values(about, (LabelValue("证件号码", NUMBER),))
    (copy,) = [one for one in revealed.findChildren(QPushButton) if one.text() == "复制"]
    copy.click()
    assert qapp.clipboard().text() == NUMBER
    forget(NUMBER)
    revealed.open.click()
    assert not revealed.shown
    assert words(revealed) == []
