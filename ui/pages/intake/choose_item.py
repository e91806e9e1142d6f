"""The item is chosen: the nine usual ones by Alt and a digit, all others by a few letters or from the list."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from desk.services.views import ItemRow
from ui.emptying import empty
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label

_CODE = Qt.ItemDataRole.UserRole
_FILTER_MS = 120
_COLUMNS = 3


class ItemChooser(Card):
    """Shows items; asks its page for those that fit the letters typed."""

    chosen = Signal(str)
    """The clerk chose the item of that code."""
    filtered = Signal(str)
    """The letters in the filter box have come to rest."""
    blank_wanted = Signal(str)
    """The form of the item the list stands on is wanted on paper, to be written on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("办什么事", "Alt + 数字选常用事项", parent)
        self.filter = QLineEdit()
        self.filter.setProperty("role", "search")
        self.filter.setPlaceholderText("事项名称、俗称或拼音首字母，如 glbt")
        self.filter.setAccessibleName("查找事项")
        self.filter.setClearButtonEnabled(True)
        self._tiles = QWidget()
        self._grid = QGridLayout(self._tiles)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(8))
        self._title = label("全部事项", "label")
        self.list = QListWidget()
        self.list.setProperty("role", "framed")
        self.list.setAccessibleName("事项")
        self.blank = button("打印空白申请表", self._want_blank, role="quiet", compact=True)
        self.blank.setToolTip("清单里选中的那一项，打一张空白的给居民带回去填")
        above = QHBoxLayout()
        above.addWidget(self._title, 1)
        above.addWidget(self.blank)
        for part in (self.filter, self._tiles):
            self.body.addWidget(part)
        self.body.addLayout(above)
        self.body.addWidget(self.list, 1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_FILTER_MS)
        self._rest.timeout.connect(lambda: self.filtered.emit(self.filter.text().strip()))
        self.filter.textEdited.connect(lambda _text: self._rest.start())
        self.filter.textChanged.connect(self._cleared)
        self.filter.returnPressed.connect(self._take_first)
        self.filter.installEventFilter(self)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)

    def show_usual(self, rows: Sequence[ItemRow]) -> None:
        """Draw the usual items as tiles with their digits."""
        empty(self._grid)
        for place, row in enumerate(rows):
            tile = button(
                f"{row.place}   {row.short_name}",
                partial(self.chosen.emit, row.code),
                role="tile",
            )
            tile.setToolTip(f"{row.name}　Alt {row.place}")
            self._grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)

    def show_rows(self, rows: Sequence[ItemRow]) -> None:
        """Draw these items: under their lines when nothing is typed, else best first."""
        searching = bool(self.filter.text().strip())
        self._tiles.setVisible(not searching)
        self._title.setText(f"找到 {len(rows)} 项" if searching else "全部事项")
        self.list.clear()
        if searching:
            for row in rows:
                self._add(row, f"{row.short_name}　·　{row.line_label}　{row.name}")
        else:
            by_line = sorted(rows, key=lambda row: row.line)
            for _line, group in groupby(by_line, key=lambda row: row.line):
                self._add_group(tuple(group))
        self.list.setCurrentRow(next((i for i in range(self.list.count()) if self._code(i)), -1))
        self.blank.setEnabled(bool(rows))

    def start(self) -> None:
        """Empty the filter and put the keyboard into it."""
        self.clear()
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Empty the filter; asks for all items again if it was not empty."""
        if self.filter.text():
            self.filter.clear()

    def _add_group(self, rows: Sequence[ItemRow]) -> None:
        head = QListWidgetItem(rows[0].line_label, self.list)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        for row in rows:
            self._add(row, f"　{row.short_name}　·　{row.name}")

    def _add(self, row: ItemRow, text: str) -> None:
        item = QListWidgetItem(text, self.list)
        item.setData(_CODE, row.code)
        item.setToolTip(row.name)

    def _code(self, place: int) -> str:
        return str(self.list.item(place).data(_CODE) or "")

    def _take(self, item: QListWidgetItem) -> None:
        if code := str(item.data(_CODE) or ""):
            self.chosen.emit(code)

    def _want_blank(self) -> None:
        if self.list.currentItem() is not None:
            self.blank_wanted.emit(self._code(self.list.currentRow()))

    def _take_first(self) -> None:
        if self._rest.isActive():
            self._rest.stop()
            self.filtered.emit(self.filter.text().strip())
        elif self.list.currentItem() is not None:
            self._take(self.list.currentItem())

    def _cleared(self, text: str) -> None:
        if not text:
            self._rest.stop()
            self.filtered.emit("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = watched is self.filter and event.type() == QEvent.Type.KeyPress
        if pressed and cast(QKeyEvent, event).key() == Qt.Key.Key_Down:
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)
