"""Forms under their headings, found by a few letters; the one chosen is told."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from desk.services.blank_forms import BlankForm
from ui.widgets.cards import Card, label
from ui.widgets.empty_state import EmptyState

_FORM = Qt.ItemDataRole.UserRole
_FILTER_MS = 120


class FormList(Card):
    """Asks its page for the forms that fit the letters typed; the arrows walk over them, Enter takes one."""

    filtered = Signal(str)
    """The letters in the search field have come to rest."""
    chosen = Signal(object)
    """The `BlankForm` the list stands on now."""
    taken = Signal()
    """The clerk pressed Enter on it, or clicked twice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("空白表格", "打印出来，用笔填写", parent)
        self.filter = QLineEdit()
        self.filter.setProperty("role", "search")
        self.filter.setPlaceholderText("表名、事项或拼音首字母，如 glbt")
        self.filter.setAccessibleName("查找空白表格")
        self.filter.setClearButtonEnabled(True)
        self.found = label("", "label")
        self.list = QListWidget()
        self.list.setProperty("role", "framed")
        self.list.setAccessibleName("空白表格")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.empty = EmptyState("没有这样的表格", "换个说法再找，或按 Esc 看全部表格。")
        for part in (self.filter, self.found):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_FILTER_MS)
        self._rest.timeout.connect(self._ask)
        self.filter.textChanged.connect(lambda _text: self._rest.start())
        self.filter.returnPressed.connect(self._into_list)
        self.filter.installEventFilter(self)
        self.list.currentItemChanged.connect(self._tell)
        self.list.itemActivated.connect(lambda _item: self.taken.emit())

    def text(self) -> str:
        """The letters typed."""
        return self.filter.text().strip()

    def start(self) -> None:
        """Put the keyboard into the search field."""
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.selectAll()

    def clear(self) -> bool:
        """Empty the search field and ask for all forms again; False if it was empty."""
        if not self.filter.text():
            return False
        self.filter.clear()
        self._ask()
        self.start()
        return True

    def form(self) -> BlankForm | None:
        """The form the list stands on."""
        item = self.list.currentItem()
        found = item.data(_FORM) if item is not None else None
        return found if isinstance(found, BlankForm) else None

    def show_forms(self, forms: Sequence[BlankForm], wanted: BlankForm | None = None) -> None:
        """List these, each group under its heading, and stand on the one wanted or the first."""
        self.list.blockSignals(True)
        self.list.clear()
        place, group = -1, ""
        for form in forms:
            if form.group != group:
                group = form.group
                self._head(group)
            row = self._add(form)
            if place < 0 or form == wanted:
                place = row
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self.found.setText(f"找到 {len(forms)} 种" if self.text() else f"共 {len(forms)} 种")
        self.list.setVisible(bool(forms))
        self.found.setVisible(bool(forms))
        self.empty.setVisible(not forms)
        if place >= 0:
            self.list.scrollToItem(self.list.item(place), QListWidget.ScrollHint.PositionAtCenter)
        self.chosen.emit(self.form())

    def _head(self, group: str) -> None:
        head = QListWidgetItem(group, self.list)
        head.setFlags(Qt.ItemFlag.NoItemFlags)

    def _add(self, form: BlankForm) -> int:
        item = QListWidgetItem(f"　{form.title}", self.list)
        item.setData(_FORM, form)
        item.setToolTip(form.title)
        return self.list.count() - 1

    def _ask(self) -> None:
        self._rest.stop()
        self.filtered.emit(self.text())

    def _tell(self) -> None:
        if self.form() is not None:
            self.chosen.emit(self.form())

    def _into_list(self) -> None:
        if self._rest.isActive():
            self._ask()
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = watched is self.filter and event.type() == QEvent.Type.KeyPress
        if pressed and cast(QKeyEvent, event).key() == Qt.Key.Key_Down:
            self._into_list()
            return True
        return super().eventFilter(watched, event)
