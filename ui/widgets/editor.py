"""What every field editor promises: a value as typed, filling without a sound, and word of its being left."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.domain.fields import FieldDef
from ui.theme import mark

# Focus that goes to an own pop-up or to another program comes back: the clerk has not left the field.
_STAYING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class FieldEditor(QWidget):
    """One field's editor.

    `value()` is what was typed (text, bool, list or None: `desk.domain.field_values.clean` makes it fit to store);
    `show_value` fills it and emits nothing.
    """

    edited = Signal()
    """The clerk changed the value."""
    left = Signal()
    """The keyboard focus went to another field."""
    overfull = Signal(int)
    """What was typed or pasted beyond so many characters was cut."""

    def __init__(self, field: FieldDef, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.input: QWidget = self
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def value(self) -> object:
        """What was typed so far."""
        raise NotImplementedError

    def show_value(self, value: object) -> None:
        """Fill the editor without emitting `edited`."""
        raise NotImplementedError

    def tidy(self) -> None:
        """Called when the field was left, before `left`: show the value as it will be kept."""

    def is_full(self) -> bool:
        """Whether nothing more can be typed."""
        return False

    def mark_wrong(self, wrong: bool) -> None:
        """Draw the frame in the colour of a problem, or not."""
        mark(self.input, "problem", wrong)

    def go_on(self) -> None:
        """Enter: the keyboard goes to the next field in reading order."""
        self.focusNextChild()

    def set_input(self, widget: QWidget) -> None:
        """Make `widget` the part that is typed into."""
        self.input = widget
        self._row.addWidget(widget)
        self.setFocusProxy(widget)
        widget.setAccessibleName(self.field.label)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        leaving = watched is self.input and event.type() == QEvent.Type.FocusOut
        if leaving and cast(QFocusEvent, event).reason() not in _STAYING:
            self.tidy()
            self.left.emit()
        return super().eventFilter(watched, event)
