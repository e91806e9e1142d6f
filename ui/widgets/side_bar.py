"""The side bar: whose desk this is, and the pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme import mark, px
from ui.widgets.cards import label, line

WIDTH = 147


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the side bar; `hint` is the small word at its right, `foot` puts it at the bottom."""

    key: str
    label: str
    hint: str = ""
    foot: bool = False

    @property
    def opens_by(self) -> str:
        """The function key that opens it, '' for none."""
        return self.hint if self.hint[:1] == "F" and self.hint[1:].isdigit() else ""


class NavButton(QPushButton):
    """A page's button with its key, or a red count in the key's place."""

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(entry.label, parent)
        self.setProperty("role", "nav")
        self.hint = label(entry.hint, "hint")
        self.bubble = label("", "bubble")
        self.bubble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bubble.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.addStretch(1)
        row.addWidget(self.hint)
        row.addWidget(self.bubble)
        for small in (self.hint, self.bubble):
            small.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_count(self, count: int, meaning: str = "件超期") -> None:
        """A red count and what it counts; 0 shows none."""
        self.bubble.setText(str(count) if count < 100 else "99+")
        self.bubble.setVisible(count > 0)
        self.hint.setVisible(count == 0)
        self.setAccessibleDescription(f"{count} {meaning}" if count else "")


class SideBar(QFrame):
    """Hall, window, operator, and one button a page; the current one is marked."""

    chosen = Signal(str)
    """The key of the page that was pressed."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.setFixedWidth(px(WIDTH))
        self.hall = label("", "strong", wrap=True)
        self.seat = label("", "hint", wrap=True)
        self.buttons = {entry.key: self._button(entry) for entry in entries}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 12)
        column.setSpacing(2)
        head = QVBoxLayout()
        head.setContentsMargins(8, 0, 4, 10)
        head.setSpacing(2)
        head.addWidget(self.hall)
        head.addWidget(self.seat)
        column.addLayout(head)
        column.addWidget(line())
        column.addSpacing(6)
        for entry in (entry for entry in entries if not entry.foot):
            column.addWidget(self.buttons[entry.key])
        column.addStretch(1)
        for entry in (entry for entry in entries if entry.foot):
            column.addWidget(self.buttons[entry.key])

    def show_desk(self, hall: str, community: str, window: int, operator: str) -> None:
        """Whose desk this is; the community stands on a line of its own."""
        rest = hall.removeprefix(community)
        self.hall.setText(f"{community}\n{rest}" if rest and rest != hall else hall)
        self.seat.setText(f"{window} 号窗口 · {operator}")

    def show_county(self, name: str, operator: str) -> None:
        """Whose window it is, at a county."""
        self.hall.setText(name)
        self.seat.setText(f"区县 · {operator}")

    def mark_current(self, key: str) -> None:
        """Mark the page that is shown; one without a button leaves the mark where it is."""
        if key in self.buttons:
            for name, button in self.buttons.items():
                mark(button, "current", name == key)

    def _button(self, entry: Entry) -> NavButton:
        button = NavButton(entry, self)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(entry.key))
        return button
