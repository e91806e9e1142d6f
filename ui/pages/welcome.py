"""The very first page of a new desk, until the set-up is loaded behind it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme import px


class WelcomePage(QWidget):
    """Says what comes next; the set-up takes its place within a second."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(px(460))
        body = QVBoxLayout(card)
        body.setContentsMargins(28, 24, 28, 26)
        title = QLabel("便民前台")
        title.setProperty("role", "title")
        text = QLabel("第一次使用，先登记大厅和操作员。正在准备……")
        text.setProperty("role", "second")
        text.setWordWrap(True)
        body.addWidget(title)
        body.addWidget(text)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
