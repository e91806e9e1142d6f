"""The clerk's hands: press keys, click, and fill in fields the way each of them is filled in."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)

from ui.demo.eyes import Eyes, NotSeen

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key
Value = str | bool | tuple[str, ...]


class Hands(Eyes):
    """Every deed ends with the window at rest."""

    def press(self, key: Qt.Key, with_key: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the keyboard is."""
        active = QApplication.activeWindow()
        if active is None or not active.isVisible():
            # Without a screen nobody gives the window its place back when a list under a field has closed.
            self.host.activateWindow()
            self.rest()
        place = self.host.focusWidget() or self.host
        QTest.keyClick(place, key, with_key or Qt.KeyboardModifier.NoModifier)
        self.rest()

    def click(self, name: str) -> None:
        """Click the button with these words."""
        QTest.mouseClick(self.see(QAbstractButton, name), LEFT)
        self.rest()

    def choose_in_menu(self, name: str, entry: str) -> None:
        """Open the menu of that button and click an entry.

        Raises:
            NotSeen: the menu has no such entry.
        """
        QTest.mouseClick(self.see(QAbstractButton, name), LEFT)
        self.wait_until(lambda: QApplication.activePopupWidget() is not None, name)
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            raise NotSeen(name)
        found = next((one for one in menu.actions() if one.text() == entry), None)
        if found is None:
            raise NotSeen(entry)
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(found).center())
        self.rest()

    def wait_for_row(self, table: str, words: str) -> None:
        """Wait until a row of that table has these words in it, and the window rests."""
        self.wait_until(lambda: _cell(self.see(QTableView, table), words) is not None, words)
        self.rest()

    def choose_row(self, table: str, words: str) -> None:
        """Click the first row of that table with these words in it.

        Raises:
            NotSeen: no row has them.
        """
        view = self.see(QTableView, table)
        found = _cell(view, words)
        if found is None:
            raise NotSeen(words)
        view.scrollTo(found)
        QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(found).center())
        self.rest()

    def look_at(self, table: str) -> None:
        """Scroll until that table is seen."""
        place = self.see(QTableView, table)
        for area in self.on_screen(QScrollArea):
            if area.isAncestorOf(place):
                area.ensureWidgetVisible(place)
        self.rest()

    def look_up(self) -> None:
        """Scroll everything back to its top, as by the wheel."""
        for area in self.on_screen(QScrollArea):
            area.verticalScrollBar().setValue(0)

    def tick_papers(self, *names: str) -> None:
        """Tick these papers (parts of their names) by the space bar."""
        for name in names:
            self.choose_row("材料", name)
            QTest.keyClick(self.see(QTableView, "材料"), Key.Key_Space)
        self.rest()

    def fill(self, values: Mapping[str, Value]) -> None:
        """Fill in the fields with these labels, one after the other."""
        for name, value in values.items():
            self._fill_one(name, value)
        self.rest()

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        place = self.host.focusWidget()
        if place is None:
            raise NotSeen(text)
        self.write(place, text)
        self.rest()

    def write(self, place: QWidget, text: str) -> None:
        """Type over what stands there; what no key writes comes as from an input method."""
        QTest.keyClick(place, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if text.isascii():
            for letter in text:
                QTest.keyClicks(_receiver(place), letter)
            return
        written = QInputMethodEvent()
        written.setCommitString(text)
        QApplication.sendEvent(place, written)

    def _fill_one(self, name: str, value: Value) -> None:
        place = self._field(name)
        place.setFocus(Qt.FocusReason.TabFocusReason)
        match place, value:
            case QLineEdit() | QPlainTextEdit(), str():
                self.write(place, value)
            case QComboBox(), str() if place.isEditable():
                self.write(place.lineEdit() or place, value)
                QTest.keyClick(_receiver(place), Key.Key_Return)
            case QComboBox(), str():
                _walk(place, value)
            case QCheckBox(), bool():
                QTest.keyClick(place, Key.Key_Space)
            case QPushButton(), tuple():
                _tick_in_list(place, value)
            case _, bool():
                QTest.keyClick(place, Key.Key_Left if value else Key.Key_Right)
            case _:
                raise NotSeen(name)

    def _field(self, name: str) -> QWidget:
        """The part that is typed into; labels with the same words are none."""

        def found() -> list[QWidget]:
            return [
                one
                for one in self.on_screen(QWidget)
                if (one.accessibleName() or (isinstance(one, QCheckBox) and one.text())) == name
                and one.focusPolicy() != Qt.FocusPolicy.NoFocus
            ]

        self.wait_until(lambda: bool(found()), name)
        return found()[0]


def _cell(view: QTableView, words: str) -> QModelIndex | None:
    """The first cell with these words in it."""
    model = view.model()
    cells = (
        model.index(row, column)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )
    return next((one for one in cells if words in str(one.data() or "")), None)


def _receiver(place: QWidget) -> QWidget:
    """Who gets the keys: a list that has opened under the field, else the field."""
    return QApplication.activePopupWidget() or place


def _walk(combo: QComboBox, wanted: str) -> None:
    """Down, until the wanted entry stands there."""
    for _ in range(combo.count()):
        if combo.currentText() == wanted:
            return
        QTest.keyClick(combo, Key.Key_Down)
    if combo.currentText() != wanted:
        raise NotSeen(wanted)


def _tick_in_list(field: QPushButton, wanted: tuple[str, ...]) -> None:
    """Open the list under the field, tick the wanted entries, close it."""
    QTest.keyClick(field, Key.Key_Down)
    popup = QApplication.activePopupWidget()
    entries = popup.findChild(QListWidget) if popup is not None else None
    if entries is None:
        raise NotSeen(wanted[0])
    for row in range(entries.count()):
        entries.setCurrentRow(row)
        if any(entries.item(row).text().startswith(one) for one in wanted):
            QTest.keyClick(entries, Key.Key_Space)
    QTest.keyClick(entries, Key.Key_Return)
