"""A row of tabs above one list after the other."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui.theme import px


class TabRow(QWidget):
    """The first tab is chosen at the beginning."""

    turned = Signal(int)
    """The clerk chose the tab at this place."""

    def __init__(self, texts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = tuple(_tab(text) for text in texts)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        for place, tab in enumerate(self.tabs):
            self._group.addButton(tab, place)
            row.addWidget(tab)
        row.addStretch(1)
        self.tabs[0].setChecked(True)
        self._group.idClicked.connect(self.turned)

    @property
    def place(self) -> int:
        """Where the chosen tab stands."""
        return self._group.checkedId()


def _tab(text: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("role", "tab")
    made.setCheckable(True)
    made.setAutoDefault(True)
    return made
