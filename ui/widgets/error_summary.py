"""The list of what is to be mended, above a form; each line leads to its field."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.theme import factor, px

_COLUMNS = 3
_LARGE_COLUMNS = 2


def named(label: str, sentence: str) -> str:
    """The sentence after the name of its field; a name that asks (…吗？) needs no colon."""
    parted = "：" if label and not label.endswith(("？", "?")) else ""
    return f"{label}{parted}{sentence}"


class ErrorSummary(QFrame):
    """Shown after an end was pressed; hidden while there is nothing to mend."""

    chosen = Signal(str)
    """The clerk wants to go to the field of that key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "late")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(px(14), px(10), px(14), px(10))
        self._box.setSpacing(2)
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self._box.addWidget(self._title)
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        self._box.addLayout(self._grid)
        self._links: list[QPushButton] = []
        self.hide()

    def show_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """Show (key, sentence) pairs in reading order; none hides the summary."""
        for link in self._links:
            self._grid.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = [self._link(key, sentence) for key, sentence in problems]
        columns = _COLUMNS if factor() == 1 else _LARGE_COLUMNS
        for place, link in enumerate(self._links):
            row, column = divmod(place, columns)
            self._grid.addWidget(link, row, column, Qt.AlignmentFlag.AlignLeft)
        self._grid.setColumnStretch(_COLUMNS, 1)
        self._title.setText(f"还有 {len(problems)} 处要先补好，填过的都还在：")
        self.setVisible(bool(problems))

    def sentences(self) -> tuple[str, ...]:
        """The sentences shown, in order."""
        return tuple(link.text() for link in self._links)

    def take_focus(self) -> None:
        """Put the keyboard on the first line, so that Enter leads to its field."""
        if self._links:
            self._links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _link(self, key: str, sentence: str) -> QPushButton:
        link = QPushButton(sentence)
        link.setProperty("role", "link")
        link.setAutoDefault(True)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.clicked.connect(lambda: self.chosen.emit(key))
        return link
