"""A table of values: even rows, badges, keyboard first, and a place that stays when it is read again."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme import TEXT_PX, TOKENS, px
from ui.widgets.empty_state import EmptyState
from ui.widgets.state_badge import paint_badge, small_font
from ui.widgets.table_model import CELL, Cell, Column, TableModel

ROW = 36
HIGH_ROW = 44
"""Rows of two lines."""
HEADER = 34
PAD = 8

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Painter(QStyledItemDelegate):
    """Paints a `Cell`: one line, two lines or a badge, on the ground of its row."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        cell: Cell = index.data(CELL)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        font = QFont(option.font)  # type: ignore[attr-defined]
        font.setPixelSize(px(TEXT_PX))
        painter.save()
        painter.setFont(font)
        if chosen:
            painter.fillRect(rect, QColor(TOKENS.action_soft))
        painter.setPen(QColor(TOKENS.row_line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        room = rect.adjusted(PAD, 0, -PAD, -1)
        if cell.tone and cell.text:
            paint_badge(painter, room, cell.text, cell.tone)
        else:
            self._words(painter, room, cell)
        painter.restore()

    def _words(self, painter: QPainter, room: QRect, cell: Cell) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        upper = room
        if cell.second:
            middle = room.center().y() + px(2)
            upper = QRect(room.left(), room.top(), room.width(), middle - room.top())
            under = QRect(room.left(), middle, room.width(), room.bottom() - middle)
            plain = QFont(painter.font())
            painter.setFont(small_font(plain))
            self._line(painter, under, cell.second, TOKENS.second, left | Qt.AlignmentFlag.AlignTop)
            painter.setFont(plain)
        ink = TOKENS.second if cell.quiet else TOKENS.text
        upright = Qt.AlignmentFlag.AlignBottom if cell.second else Qt.AlignmentFlag.AlignVCenter
        self._line(painter, upper, cell.text, ink, left | upright)

    def _line(
        self, painter: QPainter, room: QRect, text: str, ink: str, align: Qt.AlignmentFlag
    ) -> None:
        metrics = QFontMetrics(painter.font())
        fits = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(ink))
        painter.drawText(room, align.value | Qt.TextFlag.TextSingleLine.value, fits)


class DataTable(QTableView):
    """↑ ↓ move, Enter or a double click opens; Tab leaves the table.

    Reading it again keeps the chosen row and the place looked at, by key.
    """

    opened = Signal(object)
    """The clerk wants to open the row of this key."""
    chosen = Signal(object)
    """The row of this key is the chosen one now (None: no row is)."""

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        *,
        key: Callable[[Any], Hashable],
        name: str,
        row: int = ROW,
        header: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = TableModel(columns, key, self)
        self._row = px(row)
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self._set_up()
        self._set_widths(header)
        self._told: Hashable | None = None
        self.selectionModel().currentChanged.connect(lambda *_: self._tell_chosen())
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.key_at(index.row())))

    def show_rows(self, rows: Sequence[Any], last: object = None) -> None:
        """Show these rows in place of all; `last` is the key to ask on with (None: these are all)."""
        kept, top = self.chosen_key(), self._top()
        if self.rows.show_page(rows, last):
            self._go_back_to(kept, top)
            self._tell_chosen()

    def chosen_key(self) -> Any:
        """The key of the chosen row, None when none is."""
        return self.rows.key_at(self.currentIndex().row())

    def choose(self, key: Hashable | None) -> bool:
        """Choose the row of that key; False when it is not in the table."""
        place = self.rows.place_of(key)
        if place >= 0:
            self.selectRow(place)
        return place >= 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.chosen_key())
            return
        super().keyPressEvent(event)

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(self._row)
        rows.setDefaultSectionSize(self._row)

    def _set_widths(self, header: bool) -> None:
        heads = self.horizontalHeader()
        heads.setVisible(header)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setFixedHeight(px(HEADER))
        heads.setMinimumSectionSize(px(40))
        for place, column in enumerate(self.rows.columns):
            stretch = QHeaderView.ResizeMode.Stretch
            fixed = QHeaderView.ResizeMode.Interactive
            heads.setSectionResizeMode(place, stretch if column.stretch else fixed)
            heads.resizeSection(place, px(column.width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._leave_out_spares()
        super().resizeEvent(event)

    def _leave_out_spares(self) -> None:
        columns = self.rows.columns
        room = self.viewport().width() - sum(px(one.width) for one in columns)
        spares = sorted((one.spare, place) for place, one in enumerate(columns) if one.spare)
        for _rank, place in spares:
            hide = room < 0
            room += px(columns[place].width) if hide else 0
            if self.isColumnHidden(place) != hide:
                self.setColumnHidden(place, hide)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(80))

    def _top(self) -> tuple[Hashable | None, int]:
        """The key of the topmost row seen, and by how much it is scrolled out."""
        value = self.verticalScrollBar().value()
        return self.rows.key_at(value // self._row), value % self._row

    def _go_back_to(self, kept: Hashable | None, top: tuple[Hashable | None, int]) -> None:
        place = self.rows.place_of(kept)
        if place >= 0:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(
                self.rows.index(place, 0), flags.ClearAndSelect | flags.Rows
            )
        first = self.rows.place_of(top[0])
        if first >= 0:
            self.updateGeometries()
            self.verticalScrollBar().setValue(first * self._row + top[1])

    def _tell_chosen(self) -> None:
        key = self.chosen_key()
        if key != self._told:
            self._told = key
            self.chosen.emit(key)


class FilledTable(QStackedWidget):
    """A table, or the words that stand in its place while it has no rows."""

    def __init__(self, table: DataTable, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table, self.empty = table, empty
        self.addWidget(table)
        self.addWidget(empty)

    def show_rows(self, rows: Sequence[Any], last: object = None) -> None:
        """Show these rows, or the empty state."""
        self.table.show_rows(rows, last)
        self.setCurrentWidget(self.table if rows else self.empty)
