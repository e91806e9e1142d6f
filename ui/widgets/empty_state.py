"""What stands where nothing is yet: a sentence, and the next step as a button."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.buttons import button
from ui.widgets.cards import label


class EmptyState(QWidget):
    """Title, one sentence and at most one button, in the middle of its space."""

    def __init__(
        self,
        title: str,
        text: str = "",
        verb: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(2)
        self.title = label(title, "heading")
        self.text = label(text, "second", wrap=True)
        for words in (self.title, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        if verb:
            column.addSpacing(8)
            column.addWidget(
                button(verb, on_click, role="primary"), 0, Qt.AlignmentFlag.AlignCenter
            )
        column.addStretch(3)

    def say(self, title: str, text: str = "") -> None:
        """Change the words."""
        self.title.setText(title)
        self.text.setText(text)
