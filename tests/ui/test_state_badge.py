"""Badges: words and tone together, and nothing where there are no words."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from desk.domain.deadlines import Alert
from ui.widgets.due_date import DueButton, due_cell
from ui.widgets.state_badge import PAD, StateBadge, badge_rect, small_font
from ui.widgets.table_model import Cell


def test_a_badge_shows_words_and_tone(qtbot):
    badge = StateBadge("待补正", "soon")
    qtbot.addWidget(badge)
    assert (badge.text(), badge.property("tone")) == ("待补正", "soon")
    badge.show_state("已办结", "good")
    assert (badge.text(), badge.property("tone")) == ("已办结", "good")


def test_no_words_no_badge(qtbot):
    badge = StateBadge("待补正", "soon")
    qtbot.addWidget(badge)
    badge.show_state("", "plain")
    assert badge.isHidden()


def test_a_painted_badge_is_as_wide_as_its_words(qtbot):
    font = QFont()
    words = QFontMetrics(small_font(font)).horizontalAdvance("剩 2 天")
    assert badge_rect(QRect(10, 0, 200, 36), "剩 2 天", font).width() == words + 2 * PAD
    assert badge_rect(QRect(10, 0, 20, 36), "剩 2 天", font).width() == 20


@pytest.mark.parametrize(
    ("alert", "text", "tone"),
    [
        (Alert("overdue", -1, "超期 1 天"), "超期 1 天", "late"),
        (Alert("red", 0, "今天到期"), "今天到期", "soon"),
        (Alert("yellow", 2, "剩 2 天"), "剩 2 天", "soon"),
        (Alert("paused", 0, "暂停"), "暂停", "plain"),
        (Alert("green", 14, "剩 14 天"), "12-14", ""),
        (Alert("none", 0, ""), "12-14", ""),
    ],
)
def test_a_due_date_becomes_a_badge_when_it_is_near(alert, text, tone):
    cell = due_cell(alert, "2026-12-14", provisional=False)
    assert (cell.text, cell.tone) == (text, tone)


def test_an_expected_date_says_so():
    far = Alert("green", 20, "剩 20 天")
    assert due_cell(far, "2027-01-05", provisional=True).text == "预计 01-05"
    assert due_cell(Alert("none", 0, ""), "", provisional=False).text == "—"
    assert due_cell(Alert("none", 0, "即办"), "", provisional=False) == Cell("即办")


def test_the_due_button_hides_without_a_limit(qtbot):
    made = DueButton()
    qtbot.addWidget(made)
    made.show_due(Alert("green", 14, "剩 14 天"), "2026-12-14", "承诺期限", provisional=False)
    assert made.text() == "承诺期限 2026-12-14 剩 14 天"
    made.show_due(Alert("none", 0, ""), "", "", provisional=False)
    assert made.isHidden()
