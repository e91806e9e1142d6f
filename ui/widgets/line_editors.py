"""Editors typed on one line or on a few: words, numbers, dates, and secrets shown masked."""

from collections.abc import Callable
from datetime import date
from typing import cast

from PySide6.QtCore import QDate, QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
    QWidgetAction,
)

from desk.domain.field_values import LONGEST_NUMBER, clean
from desk.domain.fields import FieldDef, FieldKind
from desk.domain.privacy import mask_account, mask_id, mask_phone
from ui.widgets.editor import FieldEditor

_LATIN = Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText
_HINTS: dict[FieldKind, Qt.InputMethodHint] = {
    "int": _LATIN | Qt.InputMethodHint.ImhDigitsOnly,
    "date": _LATIN,
    "month": _LATIN,
    "money": _LATIN | Qt.InputMethodHint.ImhFormattedNumbersOnly,
    "phone": _LATIN | Qt.InputMethodHint.ImhDialableCharactersOnly,
    "idnumber": _LATIN | Qt.InputMethodHint.ImhUppercaseOnly,
    "account": _LATIN | Qt.InputMethodHint.ImhDigitsOnly,
}
_EXAMPLES: dict[FieldKind, str] = {"date": "如 2026-3-5", "month": "如 2026-3"}
_UNITS: dict[FieldKind, str] = {"money": "元"}


def most_of(field: FieldDef) -> int:
    """How many characters may be typed: of a text what is kept of it, of a number whatever stands between its digits."""
    return field.max_length if field.kind == "text" else LONGEST_NUMBER


def _units(text: str) -> int:
    """Its length as Qt counts: a rare character is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class TrailingLine(QLineEdit):
    """A line edit with small things drawn inside its right end: a tick, a unit, a button.

    The hand can put no more than `most` characters into it; a longer value that is known shows whole.
    """

    overfull = Signal(int)
    """More than so many characters were typed or pasted; the rest was cut."""

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.most = most
        self.setMaxLength(most)
        self.inputRejected.connect(self._reject)
        self._trailing = QWidget(self)
        self._box = QHBoxLayout(self._trailing)
        self._box.setContentsMargins(0, 0, 8, 0)
        self._box.setSpacing(6)
        self.tick = self._label("✓", role="tick")
        self.tick.hide()

    def fill(self, text: str) -> None:
        """Show `text`, however long it is."""
        self.setMaxLength(max(self.most, _units(text)))
        self.setText(text)

    def _reject(self) -> None:
        # A masked line takes no keys either, but loses nothing.
        if not self.isReadOnly():
            self.overfull.emit(self.most)

    def _label(self, text: str, **look: str) -> QLabel:
        label = QLabel(text, self._trailing)
        for name, value in look.items():
            label.setProperty(name, value)
        self._box.addWidget(label)
        return label

    def add_text(self, text: str, **look: str) -> QLabel:
        """A word inside the right end, drawn as `look` says (`role`, `tone`); `refit` after changing it."""
        label = self._label(text, **(look or {"role": "second"}))
        self.refit()
        return label

    def add_button(self, text: str) -> QPushButton:
        """A small button inside the right end; not a Tab stop, so that Tab goes from field to field."""
        button = QPushButton(text, self._trailing)
        button.setProperty("role", "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._box.addWidget(button)
        self.refit()
        return button

    def set_tick(self, ticked: bool) -> None:
        """Show that what stands here is right."""
        self.tick.setVisible(ticked)
        self.refit()

    def refit(self) -> None:
        """Give the small things their place and keep the text clear of them."""
        size = self._box.sizeHint()
        shown = any(not self._box.itemAt(i).widget().isHidden() for i in range(self._box.count()))
        width = size.width() if shown else 0
        self._trailing.setVisible(shown)
        self._trailing.setGeometry(self.width() - width, 0, width, self.height())
        self.setTextMargins(0, 0, width, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()

    def minimumSizeHint(self) -> QSize:
        # The text scrolls, so the small things alone decide how narrow a field may get.
        return QSize(self.textMargins().right() + 48, super().minimumSizeHint().height())


class LineEditor(FieldEditor):
    """One line of text; numbers, dates, months and money are put in their usual form when left.

    A derived field is shown and not typed.
    """

    def __init__(self, field: FieldDef, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = TrailingLine(most_of(field))
        self.line.overfull.connect(self.overfull)
        self.set_input(self.line)
        self.line.setInputMethodHints(_HINTS.get(field.kind, Qt.InputMethodHint.ImhNone))
        self.line.setPlaceholderText(_EXAMPLES.get(field.kind, ""))
        if unit := _UNITS.get(field.kind):
            self.line.add_text(unit)
        if field.derive:
            self.line.setReadOnly(True)
            self.line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.textEdited.connect(self.edited)
        self.line.returnPressed.connect(self.go_on)

    def value(self) -> object:
        return self.line.text()

    def show_value(self, value: object) -> None:
        text = "" if value is None else str(value)
        if text != self.line.text():
            self.line.fill(text)
            self.line.setCursorPosition(0)

    def is_full(self) -> bool:
        return _units(self.line.text()) >= self.line.most

    def tidy(self) -> None:
        typed = self.line.text()
        # Long words are read from their beginning.
        self.line.setCursorPosition(0)
        if self.field.kind == "text" or not typed.strip():
            return
        value, problems = clean(self.field, typed)
        if value is not None and all(p.facts.get("advice") for p in problems):
            self.show_value(value)


class DateEditor(LineEditor):
    """A date typed in any of the usual forms, or picked from a calendar."""

    def __init__(self, field: FieldDef, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        button = self.line.add_button("▾")
        button.setAccessibleName("打开日历")
        button.clicked.connect(self._open_calendar)

    def _open_calendar(self) -> None:
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        value, problems = clean(self.field, self.line.text())
        if value and not problems:
            calendar.setSelectedDate(QDate.fromString(str(value), Qt.DateFormat.ISODate))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        calendar.clicked.connect(self._pick)
        calendar.activated.connect(self._pick)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        calendar.setFocus()

    def _pick(self, day: QDate) -> None:
        picked = date(day.year(), day.month(), day.day()).isoformat()
        if picked != self.line.text():
            self.show_value(picked)
            self.edited.emit()
        self.line.setFocus()


class NoteEditor(FieldEditor):
    """A few lines; Enter is a new line, Tab goes on."""

    def __init__(self, field: FieldDef, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(2 * self.box.fontMetrics().lineSpacing() + 18)
        self.set_input(self.box)
        self.box.textChanged.connect(self.edited)

    def value(self) -> object:
        return self.box.toPlainText()

    def show_value(self, value: object) -> None:
        text = "" if value is None else str(value)
        if text != self.box.toPlainText():
            with QSignalBlocker(self.box):
                self.box.setPlainText(text)


_MASKS: dict[FieldKind, tuple[Callable[[str], str], int]] = {
    "idnumber": (mask_id, 15),
    "account": (mask_account, 10),
    "phone": (mask_phone, 7),
}
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class SecretEditor(FieldEditor):
    """An ID, account or telephone number: masked once it is whole and left; what was typed here can be shown again.

    Typing into a masked number starts a new one (the next card is read); an arrow or Backspace shows one typed here
    to be mended. One that came from the file stays masked: `Revealed` shows it, for a purpose that is noted.
    """

    def __init__(self, field: FieldDef, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._mask, self._whole = _MASKS[field.kind]
        self._raw = ""
        self._typed_here = False
        self.masked = False
        self.line = TrailingLine(most_of(field))
        self.line.overfull.connect(self.overfull)
        self.line.setProperty("secret", True)
        self.line.setInputMethodHints(_HINTS[field.kind])
        self._button = self.line.add_button("显示")
        self._button.clicked.connect(self._toggle)
        self.set_input(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self.go_on)
        self._draw(masked=False)

    def value(self) -> object:
        return self._raw

    def show_value(self, value: object) -> None:
        raw = "" if value is None else str(value)
        if raw != self._raw:
            self._raw, self._typed_here = raw, False
            self._draw(masked=self._is_whole())

    def is_full(self) -> bool:
        return _units(self._raw if self.masked else self.line.text()) >= self.line.most

    def set_tick(self, ticked: bool) -> None:
        """Show that the number is right."""
        self.line.set_tick(ticked)

    def tidy(self) -> None:
        value, problems = clean(self.field, self._raw)
        if value is not None and all(p.facts.get("advice") for p in problems):
            self._raw = str(value)
        self._draw(masked=self._is_whole())

    def _is_whole(self) -> bool:
        return len(self._raw.strip()) >= self._whole

    def _typed(self, text: str) -> None:
        self._raw, self._typed_here = text, True
        self._button.setVisible(False)
        self.edited.emit()

    def _draw(self, *, masked: bool) -> None:
        self.masked = masked
        # Read-only while masked: the mask itself must never be taken for what was typed.
        self.line.setReadOnly(masked)
        self.line.fill(self._mask(self._raw) if masked else self._raw)
        shown = masked or (self._is_whole() and not self.line.hasFocus())
        self._button.setVisible(shown and self._typed_here)
        self._button.setText("显示" if masked else "隐藏")
        self.line.refit()

    def _toggle(self) -> None:
        if self.masked:
            self._show_whole()
        else:
            self._draw(masked=self._is_whole())

    def _show_whole(self) -> None:
        self._draw(masked=False)
        self._button.setVisible(True)
        self.line.refit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and self.masked:
            if event.type() == QEvent.Type.KeyPress:
                self._before_key(cast(QKeyEvent, event))
            elif event.type() == QEvent.Type.InputMethod:
                self._start_anew()
        return super().eventFilter(watched, event)

    def _before_key(self, event: QKeyEvent) -> None:
        mending = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Right)
        plain = not event.modifiers() & _COMMANDS
        if event.matches(QKeySequence.StandardKey.Paste) or (plain and event.text().isalnum()):
            self._start_anew()
        elif event.key() in mending and self._typed_here:
            self._show_whole()
        elif event.key() in mending[:2]:
            self._start_anew()

    def _start_anew(self) -> None:
        self._raw = ""
        self._draw(masked=False)
        self.edited.emit()
