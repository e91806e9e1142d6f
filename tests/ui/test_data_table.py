"""The table by keyboard, its place over a refresh, its columns where there is little room, its look."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from ui.theme import TOKENS
from ui.widgets.data_table import ROW, DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.table_model import Cell, Column

COLUMNS: tuple[Column[tuple[int, str]], ...] = (
    Column("号", 60, lambda row: Cell(str(row[0])), spare=1),
    Column("名", 100, lambda row: Cell(row[1]), stretch=True),
    Column("状态", 90, lambda row: Cell("待补正", tone="soon")),
)


def table(qtbot, count=3, width=400) -> DataTable:
    made = DataTable(COLUMNS, key=lambda row: row[0], name="办件")
    qtbot.addWidget(made)
    made.resize(width, 240)
    made.show_rows([(number, f"第{number}件") for number in range(count)])
    made.show()
    qtbot.waitExposed(made)
    return made


def test_arrows_move_and_enter_opens(qtbot):
    made = table(qtbot)
    opened: list[int] = []
    chosen: list[int] = []
    made.opened.connect(opened.append)
    made.chosen.connect(chosen.append)
    made.choose(0)
    qtbot.keyClick(made, Qt.Key.Key_Down)
    qtbot.keyClick(made, Qt.Key.Key_Down)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert chosen == [0, 1, 2]
    assert opened == [2]


def test_a_double_click_opens(qtbot):
    made = table(qtbot)
    opened: list[int] = []
    made.opened.connect(opened.append)
    place = made.visualRect(made.rows.index(1, 1)).center()
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(made.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [1]


def test_tab_leaves_the_table(qtbot):
    assert not table(qtbot).tabKeyNavigation()


def test_the_chosen_row_and_the_place_looked_at_stay(qtbot):
    made = table(qtbot, count=60)
    made.choose(30)
    made.verticalScrollBar().setValue(28 * ROW + 5)
    made.show_rows([(number, f"第{number}件") for number in range(-4, 60)])
    assert made.chosen_key() == 30
    assert made.verticalScrollBar().value() == 32 * ROW + 5


def test_a_row_that_went_leaves_nothing_chosen(qtbot):
    made = table(qtbot)
    made.choose(2)
    chosen: list[int | None] = []
    made.chosen.connect(chosen.append)
    made.show_rows([(0, "第0件")])
    assert made.chosen_key() is None
    assert chosen == [None]


def test_rows_are_as_high_as_asked(qtbot):
    made = table(qtbot)
    assert {made.rowHeight(row) for row in range(3)} == {ROW}


def test_spare_columns_go_where_there_is_no_room(qtbot):
    made = table(qtbot, width=400)
    assert not made.isColumnHidden(0)
    made.resize(240, 240)
    assert made.isColumnHidden(0)
    made.resize(400, 240)
    assert not made.isColumnHidden(0)


def test_a_tone_is_painted_as_a_badge(qtbot):
    made = table(qtbot, count=1)
    cell = made.visualRect(made.rows.index(0, 2))
    picture = made.viewport().grab().toImage()
    inside = picture.pixelColor(QPoint(cell.left() + 11, cell.center().y() - 9))
    assert inside == QColor(TOKENS.soon_soft)


def test_empty_tables_give_way_to_words(qtbot):
    filled = FilledTable(table(qtbot), EmptyState("没有", "以后有"))
    qtbot.addWidget(filled)
    filled.show_rows([])
    assert filled.currentWidget() is filled.empty
    filled.show_rows([(1, "甲")])
    assert filled.currentWidget() is filled.table
