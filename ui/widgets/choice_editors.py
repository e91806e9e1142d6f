"""Editors that pick: one of a list, several of a list, yes or no."""

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desk.domain.fields import FieldDef
from ui.theme import mark, px
from ui.widgets.editor import FieldEditor

LONG_LIST = 8
"""From here on a list is searched by typing, not walked by arrows."""
_SEARCH = Qt.ItemDataRole.UserRole + 1
_CODE = Qt.ItemDataRole.UserRole

Initials = Callable[[str], Iterable[str]]
"""Gives the Latin forms by which a label may be found (pinyin initials)."""


def no_initials(label: str) -> Iterable[str]:
    """No Latin forms: lists are found by their labels alone."""
    return ()


class QuietCombo(QComboBox):
    """A combo box that the mouse wheel does not change in passing, and whose Enter goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("请选择")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(1)
        self.setMaxVisibleItems(12)

    def minimumSizeHint(self) -> QSize:
        # The words are cut short before the field is; Qt would reserve room for the placeholder.
        return QSize(px(60), super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _LabelCompleter(QCompleter):
    """Finds by label or initials, shows and inserts the label."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class ChoiceEditor(FieldEditor):
    """One of a list; a long list is searched by any part of a label or by its initials."""

    def __init__(
        self,
        field: FieldDef,
        parent: QWidget | None = None,
        initials: Initials = no_initials,
    ) -> None:
        super().__init__(field, parent)
        self.combo = QuietCombo()
        self._popup: QWidget | None = None
        self._fill(initials)
        if len(field.choices) > LONG_LIST:
            self._make_searchable()
        self.combo.setCurrentIndex(-1)
        self.set_input(self.combo)
        self.combo.activated.connect(self.edited)

    def _fill(self, initials: Initials) -> None:
        model = QStandardItemModel(self.combo)
        if not self.field.required:
            model.appendRow(_option("", "（不填）", ""))
        for choice in self.field.choices:
            words = " ".join((choice.label, choice.code, *initials(choice.label)))
            model.appendRow(_option(choice.code, choice.label, words))
        self.combo.setModel(model)

    def _make_searchable(self) -> None:
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = _LabelCompleter(self.combo.model(), self.combo)
        completer.setCompletionRole(_SEARCH)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        self.combo.setCompleter(completer)
        line = self.combo.lineEdit()
        if line is not None:
            line.setPlaceholderText("输入文字或首字母")
            line.textEdited.connect(self.edited)
            line.returnPressed.connect(self._entered)
        # While its list is open the completer keeps the news that the field was left to itself.
        self._popup = completer.popup()
        self._popup.installEventFilter(self)

    def value(self) -> object:
        """The code picked; None for nothing; words that fit no entry as they were typed."""
        if self.combo.isEditable():
            return self._typed_value()
        index = self.combo.currentIndex()
        return (self.combo.itemData(index) or None) if index >= 0 else None

    def _typed_value(self) -> object:
        typed = self.combo.currentText().strip()
        index = self.combo.findText(typed, Qt.MatchFlag.MatchExactly)
        if not typed:
            return None
        return (self.combo.itemData(index) or None) if index >= 0 else typed

    def show_value(self, value: object) -> None:
        if value == self.value():
            return
        index = self.combo.findData(value) if value else -1
        self.combo.setCurrentIndex(index)
        if self.combo.isEditable():
            self.combo.setEditText(self.combo.itemText(index) if index >= 0 else str(value or ""))

    def tidy(self) -> None:
        """Words that fit exactly one entry are taken for it."""
        typed = self.combo.currentText().strip().casefold()
        if not self.combo.isEditable() or not typed or self.combo.findText(typed) >= 0:
            return
        model = cast(QStandardItemModel, self.combo.model())
        rows = [model.item(row) for row in range(model.rowCount())]
        fitting = [row for row in rows if typed in str(row.data(_SEARCH)).casefold()]
        exact = [row for row in fitting if typed in str(row.data(_SEARCH)).casefold().split()]
        for found in (exact, fitting):
            if len(found) == 1:
                self.show_value(found[0].data(_CODE))
                self.edited.emit()
                return

    def _entered(self) -> None:
        self.tidy()
        self.go_on()

    def _list_closed(self) -> None:
        if not self.combo.hasFocus():
            self.tidy()
            self.left.emit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._popup and event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self, self._list_closed)
        elif watched is self.combo and event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event).key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._entered()
                return True
            if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not self.combo.isEditable():
                self._unset()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _unset(self) -> None:
        if self.combo.currentIndex() >= 0:
            self.combo.setCurrentIndex(-1)
            self.edited.emit()


def _option(code: str, label: str, words: str) -> QStandardItem:
    item = QStandardItem(label)
    item.setData(code, _CODE)
    item.setData(words, _SEARCH)
    return item


class _CheckPopup(QFrame):
    """The list that opens under a several-choice field; Space ticks, Enter and Esc close."""

    def __init__(self, field: FieldDef, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.list = QListWidget(self)
        for choice in field.choices:
            item = QListWidgetItem(choice.label, self.list)
            item.setData(_CODE, choice.code)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.addWidget(self.list)
        self.setFocusProxy(self.list)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        rows = min(self.list.count(), 12)
        height = rows * max(self.list.sizeHintForRow(0), 1) + 6
        return QSize(max(self.list.sizeHintForColumn(0) + 32, 160), height)


class MultiEditor(FieldEditor):
    """Several of a list: a button that names what is ticked and opens the list."""

    def __init__(self, field: FieldDef, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.button = QPushButton()
        self.button.setProperty("role", "field")
        self.popup = _CheckPopup(field, self)
        self.set_input(self.button)
        self.button.clicked.connect(self._open)
        self.popup.list.itemChanged.connect(self._ticked)
        self._filling = False
        self._name_ticked()

    def value(self) -> object:
        return [item.data(_CODE) for item in self._items() if _is_ticked(item)]

    def show_value(self, value: object) -> None:
        codes = set(cast(Iterable[str], value or ()))
        self._filling = True
        for item in self._items():
            ticked = item.data(_CODE) in codes
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self._filling = False
        self._name_ticked()

    def _items(self) -> list[QListWidgetItem]:
        return [self.popup.list.item(row) for row in range(self.popup.list.count())]

    def _ticked(self) -> None:
        self._name_ticked()
        if not self._filling:
            self.edited.emit()

    def _name_ticked(self) -> None:
        labels = [item.text() for item in self._items() if _is_ticked(item)]
        self.button.setText("、".join(labels) if labels else "请选择（可多选）")
        self.button.setToolTip(self.button.text() if labels else "")
        mark(self.button, "empty", not labels)

    def _open(self) -> None:
        self.popup.resize(self.popup.sizeHint().expandedTo(QSize(self.width(), 0)))
        self.popup.move(self.mapToGlobal(self.rect().bottomLeft()))
        self.popup.show()
        self.popup.list.setFocus()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.button and event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event).key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go_on()
                return True
            if key == Qt.Key.Key_Down:
                self._open()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]


def _is_ticked(item: QListWidgetItem) -> bool:
    return item.checkState() == Qt.CheckState.Checked


class _Segments(QFrame):
    """The two halves of a yes-no field as one Tab stop: ← yes, → no, Space changes, Backspace unsets."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "segments")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box = QHBoxLayout(self)
        box.setContentsMargins(3, 3, 3, 3)
        box.setSpacing(3)
        self.buttons: dict[bool, QPushButton] = {}
        for answer, label in ((True, "是"), (False, "否")):
            button = QPushButton(label)
            button.setProperty("role", "tab")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            box.addWidget(button, 1)
            self.buttons[answer] = button


class BoolEditor(FieldEditor):
    """Yes, no, or not yet answered."""

    def __init__(self, field: FieldDef, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._answer: bool | None = None
        self.segments = _Segments(self)
        self.set_input(self.segments)
        for answer, button in self.segments.buttons.items():
            button.clicked.connect(lambda _checked=False, answer=answer: self._click(answer))

    def value(self) -> object:
        return self._answer

    def show_value(self, value: object) -> None:
        self._answer = value if isinstance(value, bool) else None
        for answer, button in self.segments.buttons.items():
            button.setChecked(answer is self._answer)

    def _click(self, answer: bool) -> None:
        self.segments.setFocus()
        self._choose(None if answer is self._answer else answer)

    def _choose(self, answer: bool | None) -> None:
        changed = answer is not self._answer
        self.show_value(answer)
        if changed:
            self.edited.emit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.segments and event.type() == QEvent.Type.KeyPress:
            return self._key(cast(QKeyEvent, event).key())
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _key(self, key: int) -> bool:
        answers = {
            Qt.Key.Key_Left: True,
            Qt.Key.Key_Right: False,
            Qt.Key.Key_Space: not self._answer,
            Qt.Key.Key_Backspace: None,
            Qt.Key.Key_Delete: None,
        }
        if key in answers:
            self._choose(answers[Qt.Key(key)])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
            return True
        return False
