"""Step 3: the recovery key is printed, put away, and typed back to prove it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.pages.setup.steps import Step
from ui.theme import mark
from ui.widgets.buttons import button
from ui.widgets.cards import label

GROUPS = 8
WHY = "忘了密码，只有它能打开数据。请打印出来，封好交负责人保管，不要留在这台电脑上。"
_COLUMNS = 4


def groups_of(key: str) -> tuple[str, ...]:
    """The key's groups; it is written with hyphens or blanks between them."""
    return tuple(part for part in key.replace("-", " ").split() if part)


class RecoveryStep(Step):
    """First shows the key, then asks for it group by group; small letters and blanks are fine."""

    print_asked = Signal()
    """The sheet to a printer."""
    save = Signal()
    """The sheet as a file, for a printer elsewhere."""

    def __init__(self, why: str = WHY) -> None:
        super().__init__(3, "收好恢复密钥", why, "已经收好，输一遍核对")
        self._shown: list[str] = []
        self.key_view = QWidget()
        self.boxes = [_Box(place) for place in range(1, GROUPS + 1)]
        self.problem = label("", "problem", wrap=True)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.key_view)
        self.pages.addWidget(self._typing_view())
        self.print_button = button("打印", self.print_asked.emit)
        self.save_button = button("另存 PDF…", self.save.emit)
        self.again_button = button("再看一眼密钥", self.show_key, role="quiet")
        self.again_button.hide()
        self.left.addWidget(self.print_button)
        self.left.addWidget(self.save_button)
        self.left.addWidget(self.again_button)
        self.body.addWidget(self.pages)
        self._grid = QGridLayout(self.key_view)
        self._grid.setContentsMargins(0, 8, 0, 8)
        self._grid.setSpacing(10)

    @property
    def typing(self) -> bool:
        """Whether the key is being typed back."""
        return self.pages.currentIndex() == 1

    def set_key(self, key: str) -> None:
        """Show the key's groups."""
        self._shown = list(groups_of(key))
        for place, group in enumerate(self._shown):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(label(f"第 {place + 1} 组", "hint"))
            cell.addWidget(label(group, "code"))
            self._grid.addLayout(cell, place // _COLUMNS, place % _COLUMNS)

    def show_key(self) -> None:
        """Back to the key."""
        self._turn(typing=False)

    def ask_back(self) -> None:
        """Hide the key and ask for it."""
        self._turn(typing=True)
        self.boxes[0].setFocus()

    def typed(self) -> str:
        """The key as typed, large letters, groups joined by hyphens."""
        return "-".join(box.text().replace(" ", "").upper() for box in self.boxes)

    def wrong_group(self, group: int, text: str) -> None:
        """Name the first wrong group; the others keep what was typed."""
        for place, box in enumerate(self.boxes, start=1):
            mark(box, "problem", place == group)
        self.problem.setText(text)
        self.problem.show()
        box = self.boxes[min(max(group, 1), GROUPS) - 1]
        box.setFocus()
        box.selectAll()

    def _turn(self, *, typing: bool) -> None:
        self.pages.setCurrentIndex(int(typing))
        self.print_button.setVisible(not typing)
        self.save_button.setVisible(not typing)
        self.again_button.setVisible(typing)
        self.button.setText("核对，开始使用" if typing else "已经收好，输一遍核对")

    def _typing_view(self) -> QWidget:
        view = QWidget()
        grid = QGridLayout(view)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setSpacing(10)
        for place, box in enumerate(self.boxes):
            cell = QVBoxLayout()
            cell.setSpacing(2)
            cell.addWidget(label(f"第 {place + 1} 组", "label"))
            cell.addWidget(box)
            grid.addLayout(cell, place // _COLUMNS, place % _COLUMNS)
            box.full.connect(lambda place=place: self._next(place))
            box.pasted.connect(self._spread)
        grid.addWidget(self.problem, GROUPS // _COLUMNS, 0, 1, _COLUMNS)
        self.problem.hide()
        return view

    def _next(self, place: int) -> None:
        if place + 1 < GROUPS:
            self.boxes[place + 1].setFocus()
        else:
            self.button.setFocus()

    def _spread(self, text: str) -> None:
        """A whole key typed or scanned into one box fills them all."""
        for box, group in zip(self.boxes, groups_of(text), strict=False):
            box.setText(group.upper())


class _Box(QLineEdit):
    """One group of the key; goes on by itself when it is full."""

    full = Signal()
    pasted = Signal(str)

    SIZE = 5

    def __init__(self, place: int) -> None:
        super().__init__()
        self.setAccessibleName(f"第 {place} 组")
        self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
        self.textEdited.connect(self._edited)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.full.emit()
        else:
            super().keyPressEvent(event)

    def _edited(self, text: str) -> None:
        mark(self, "problem", False)
        if len(groups_of(text)) > 1:
            self.pasted.emit(text)
        elif len(text.replace(" ", "")) >= self.SIZE:
            self.full.emit()
