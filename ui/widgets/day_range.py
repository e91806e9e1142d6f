"""From a day to a day, both typed or picked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.domain.field_values import clean
from desk.domain.fields import FieldDef
from ui.theme import px
from ui.widgets.cards import label
from ui.widgets.line_editors import DateEditor


class DayRange(QWidget):
    """Two days of one's own choice; hidden until it is asked for."""

    changed = Signal()
    """Another day was typed or picked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = DateEditor(FieldDef("first", "从哪天", "date"))
        self.last = DateEditor(FieldDef("last", "到哪天", "date"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        for words, editor in (("从", self.first), ("到", self.last)):
            row.addWidget(label(words, "second"))
            editor.setFixedWidth(px(150))
            row.addWidget(editor)
            editor.edited.connect(self.changed)
        row.addStretch(1)
        self.hide()

    def days(self) -> tuple[str, str]:
        """First and last day, ISO; '' for one that is open or not whole yet."""
        return self._day(self.first), self._day(self.last)

    def _day(self, editor: DateEditor) -> str:
        value, problems = clean(editor.field, editor.value())
        return str(value) if value and not problems else ""
