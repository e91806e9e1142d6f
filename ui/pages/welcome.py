"""The very first page of a new desk, until the set-up is loaded behind it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets.cards import Card, label


class WelcomePage(QWidget):
    """Says what comes next; the set-up takes its place within a second."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        card = Card()
        card.setFixedWidth(px(460))
        card.body.setContentsMargins(28, 24, 28, 26)
        card.body.addWidget(label("便民前台", "title"))
        card.body.addWidget(
            label("第一次使用，先登记大厅和操作员。正在准备……", "second", wrap=True)
        )
        column = QVBoxLayout(self)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
