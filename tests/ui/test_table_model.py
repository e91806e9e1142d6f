"""Rows by key: pages that follow each other, pages that were overtaken, words that change in place."""

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from ui.widgets.table_model import CELL, Cell, Column, TableModel

COLUMNS: tuple[Column[tuple[int, str]], ...] = (
    Column("号", 60, lambda row: Cell(str(row[0]), hint="第几号")),
    Column("名", 90, lambda row: Cell(row[1], second="下面")),
)


def model(rows=(), last=None) -> TableModel:
    made = TableModel(COLUMNS, key=lambda row: row[0])
    made.show_page(rows, last)
    return made


def texts(table: TableModel) -> list[str]:
    return [table.index(row, 1).data() for row in range(table.rowCount())]


def test_it_is_a_model_as_qt_wants_one(qtbot):
    table = model([(1, "甲"), (2, "乙")], last=2)
    tester = ModelTester(None)
    tester.check(table)
    table.add_page(2, [(3, "丙")], None)
    table.show_page([(3, "丙")])
    tester.check(table)


def test_cells_carry_words_tone_and_tooltip(qtbot):
    table = model([(1, "甲")])
    assert table.index(0, 1).data(CELL) == Cell("甲", second="下面")
    assert table.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "甲 下面"
    assert table.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "第几号"
    assert table.headerData(1, Qt.Orientation.Horizontal) == "名"


def test_more_is_asked_for_once_with_the_last_key(qtbot):
    table = model([(1, "甲"), (2, "乙")], last=2)
    asked: list[int] = []
    table.more_wanted.connect(asked.append)
    assert table.canFetchMore(QModelIndex())
    table.fetchMore(QModelIndex())
    table.fetchMore(QModelIndex())
    assert asked == [2]
    table.add_page(2, [(3, "丙")], None)
    assert texts(table) == ["甲 下面", "乙 下面", "丙 下面"]
    assert table.ended
    assert not table.canFetchMore(QModelIndex())


def test_a_page_that_was_overtaken_is_dropped(qtbot):
    table = model([(1, "甲")], last=1)
    table.fetchMore(QModelIndex())
    table.show_page([(8, "戊")], 8)
    table.add_page(1, [(2, "乙")], None)
    assert texts(table) == ["戊 下面"]
    assert table.canFetchMore(QModelIndex())


def test_a_failed_page_can_be_asked_for_again(qtbot):
    table = model([(1, "甲")], last=1)
    table.fetchMore(QModelIndex())
    assert not table.canFetchMore(QModelIndex())
    table.more_failed()
    assert table.canFetchMore(QModelIndex())


def test_the_same_rows_with_other_words_are_mended_in_place(qtbot):
    table = model([(1, "甲"), (2, "乙")])
    changed: list[object] = []
    table.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    table.modelReset.connect(lambda: changed.append("reset"))
    assert not table.show_page([(1, "甲"), (2, "改")])
    assert changed == [(1, 1)]
    assert texts(table) == ["甲 下面", "改 下面"]


def test_rows_are_found_by_their_key(qtbot):
    table = model([(5, "甲"), (6, "乙")])
    assert table.place_of(6) == 1
    assert table.place_of(7) == -1
    assert (table.key_at(0), table.key_at(9)) == (5, None)


def test_a_page_of_rows_that_are_there_adds_none(qtbot):
    table = model([(1, "甲"), (2, "乙")], last=2)
    table.fetchMore(QModelIndex())
    table.add_page(2, [(2, "乙")], None)
    assert texts(table) == ["甲 下面", "乙 下面"]
    assert table.ended
    assert table.data(QModelIndex()) is None
    assert table.headerData(0, Qt.Orientation.Vertical) is None
