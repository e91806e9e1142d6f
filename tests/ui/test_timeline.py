"""The history, the papers in it, and values that come covered."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desk.services.covering import COVER
from desk.services.views import HistoryRow, LabelValue
from ui.theme import px
from ui.widgets.summary_list import SummaryList
from ui.widgets.timeline import Timeline

PAPER = UUID(int=7)
ROWS = (
    HistoryRow(
        "2026-11-23T10:12:00+08:00", "王敏", "已受理", document=PAPER, document_title="受理通知书"
    ),
    HistoryRow("2026-11-23T10:05:00+08:00", "李强", "暂停计时", reason="等鉴定结论"),
)


def words(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def test_each_row_tells_when_who_what_and_why(qtbot):
    line = Timeline()
    qtbot.addWidget(line)
    line.show_rows(ROWS)
    assert words(line.widget()) == [
        "11-23 10:12",
        "王敏",
        "已受理",
        "11-23 10:05",
        "李强",
        "暂停计时",
        "原因：等鉴定结论",
    ]


def test_a_paper_is_a_button(qtbot):
    line = Timeline()
    qtbot.addWidget(line)
    line.show_rows(ROWS)
    asked: list[UUID] = []
    line.paper_asked.connect(asked.append)
    (chip,) = line.findChildren(QPushButton)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.text() == "受理通知书"
    assert asked == [PAPER]


def test_the_same_history_is_not_drawn_again(qtbot):
    line = Timeline()
    qtbot.addWidget(line)
    line.show_rows(ROWS)
    before = line.widget()
    line.show_rows(list(ROWS))
    assert line.widget() is before


def test_peoples_words_are_never_markup(qtbot):
    line = Timeline()
    qtbot.addWidget(line)
    line.show_rows([HistoryRow("2026-11-23T10:05:00", "王敏", "<b>大</b>")])
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in line.findChildren(QLabel))


def test_labels_stand_before_their_values_and_hidden_ones_are_covered(qtbot):
    made = SummaryList()
    qtbot.addWidget(made)
    made.show_lines([LabelValue("申请人", "刘桂兰"), LabelValue("病种", COVER, hidden=True)])
    shown = words(made)
    assert shown == ["申请人", "刘桂兰", "病种", COVER]
    made.show_lines([LabelValue("申请人", "李伟")])
    qtbot.waitUntil(lambda: words(made) == ["申请人", "李伟"])


@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_nothing_of_a_row_lies_behind_the_scroll_bar(qtbot, qapp, large):
    """In the narrowest place the case's page has, with a long title of a paper and the county's officer."""
    qapp.setProperty("text_factor", 1.25 if large else 1.0)
    try:
        line = Timeline()
        qtbot.addWidget(line)
        title = "行政复议行政诉讼权利义务告知书（送达回证）"
        row = HistoryRow(ROWS[0].at, "县里 赵县管", "已受理", "", PAPER, title)
        line.show_rows([row] * 9)
        line.resize(px(330), 160)
        line.show()
        inside = line.widget()
        assert inside is not None
        assert inside.width() <= line.viewport().width()
        assert [one for one in inside.findChildren(QPushButton) if one.width() < px(40)] == []
    finally:
        qapp.setProperty("text_factor", 1.0)
