"""常用事项: nine buttons, each with its Alt digit."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk.services.views import ItemRow
from ui.theme import px
from ui.widgets.cards import Card, label
from ui.widgets.empty_state import EmptyState
from ui.widgets.widths import side_width

WIDTH = 226


class UsualButton(QPushButton):
    """An item with its digit as a key cap; a name too long is cut and stands in the tooltip."""

    def __init__(self, item: ItemRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self.setAutoDefault(True)
        self.setAccessibleName(f"{item.name}，Alt {item.place}")
        self.setToolTip(item.name)
        self._name = item.short_name or item.name
        self.cap = label(str(item.place), "key")
        self.words = label(self._name)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), 0, px(8), 0)
        row.setSpacing(px(10))
        row.addWidget(self.cap, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        for inner in (self.cap, self.words):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(px(160), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), px(30))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self.cap.sizeHint().width() - px(34)
        metrics = self.words.fontMetrics()
        self.words.setText(metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room))


class UsualCard(Card):
    """The items used most."""

    chosen = Signal(str)
    """The clerk wants to take in the item of this code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("常用事项", "Alt + 数字", parent)
        self.setFixedWidth(side_width(WIDTH))
        self.buttons: list[UsualButton] = []
        self._items: tuple[ItemRow, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(px(6))
        self._none = EmptyState("还没有常用事项", "事项目录里定了以后，会出现在这里。")
        self.body.addLayout(self._list)
        self.body.addWidget(self._none)
        self.body.addStretch(1)

    def show_items(self, items: Sequence[ItemRow]) -> None:
        """Show these, in the order of their digits."""
        self._none.setVisible(not items)
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        for old in self.buttons:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = [self._button(item) for item in self._items]

    def _button(self, item: ItemRow) -> UsualButton:
        made = UsualButton(item)
        made.clicked.connect(lambda: self.chosen.emit(item.code))
        self._list.addWidget(made)
        return made
