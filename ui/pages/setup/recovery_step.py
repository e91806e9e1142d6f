"""Step 3: the recovery key is printed, put away, and typed back to prove it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.pages.setup.steps import Step
from ui.widgets.buttons import button
from ui.widgets.cards import label
from ui.widgets.key_boxes import COLUMNS, KeyBoxes, groups_of

WHY = "忘了密码，只有它能打开数据。请打印出来，封好交负责人保管，不要留在这台电脑上。"


class RecoveryStep(Step):
    """First shows the key, then asks for it group by group; small letters and blanks are fine."""

    print_asked = Signal()
    """The sheet to a printer."""
    save = Signal()
    """The sheet as a file, for a printer elsewhere."""

    def __init__(self, why: str = WHY, *, number: int = 3, title: str = "收好恢复密钥") -> None:
        super().__init__(number, title, why, "已经收好，输一遍核对")
        self._shown: list[str] = []
        self.key_view = QWidget()
        self.key = KeyBoxes()
        self.boxes, self.problem = self.key.boxes, self.key.problem
        self.pages = QStackedWidget()
        self.pages.addWidget(self.key_view)
        self.pages.addWidget(self.key)
        self.print_button = button("打印", self.print_asked.emit)
        self.save_button = button("另存 PDF…", self.save.emit)
        self.again_button = button("再看一眼密钥", self.show_key, role="quiet")
        self.again_button.hide()
        self.key.filled.connect(self.button.setFocus)
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
            self._grid.addLayout(cell, place // COLUMNS, place % COLUMNS)

    def show_key(self) -> None:
        """Back to the key."""
        self._turn(typing=False)

    def ask_back(self) -> None:
        """Hide the key and ask for it."""
        self._turn(typing=True)
        self.boxes[0].setFocus()

    def typed(self) -> str:
        """The key as typed, large letters, groups joined by hyphens."""
        return self.key.typed()

    def wrong_group(self, group: int, text: str) -> None:
        """Name the first wrong group; the others keep what was typed."""
        self.key.wrong_group(group, text)

    def _turn(self, *, typing: bool) -> None:
        self.pages.setCurrentIndex(int(typing))
        self.print_button.setVisible(not typing)
        self.save_button.setVisible(not typing)
        self.again_button.setVisible(typing)
        self.button.setText("核对，开始使用" if typing else "已经收好，输一遍核对")
