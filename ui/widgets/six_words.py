"""Six fingerprint words, large enough to be read out over the telephone."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.emptying import empty
from ui.theme import px
from ui.widgets.cards import label


class SixWords(QFrame):
    """Whose words, the words, and how to compare them."""

    def __init__(self, *, large: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._role = "figure" if large else "title"
        self._whose = label("", "label")
        self._how = label("", "second", wrap=True)
        self._row = QHBoxLayout()
        self._row.setSpacing(px(18 if large else 8))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(14), px(10), px(14), px(10))
        box.setSpacing(px(4))
        box.addWidget(self._whose)
        box.addLayout(self._row)
        box.addWidget(self._how)

    def show_words(self, whose: str, words: Sequence[str], how: str) -> None:
        """Show these in their order."""
        self._whose.setText(whose)
        self._how.setText(how)
        self._how.setVisible(bool(how))
        empty(self._row)
        for word in words:
            shown = label(word, self._role)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._row.addWidget(shown)
        self._row.addStretch(1)
        self.setAccessibleName(f"{whose}：{' '.join(words)}")
