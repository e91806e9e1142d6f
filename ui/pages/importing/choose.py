"""The first step: what kind of table it is, and which file."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desk.domain.import_kinds import ImportKind
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.scrolling import scrolling

SAFE = "先看后收：选好文件只是看，按“导入”才进来。一次最多 5000 行；行里有错的不收，其余照收，收完列出来。"
FILES = "能收 .xlsx 和 .csv；小程序申请、部门结果还能收 .json。"


class ChooseStep(QWidget):
    """One kind is always chosen; its words say what becomes of the rows."""

    file_asked = Signal()
    """The clerk wants to choose a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.strip = ProgressStrip()
        self.strip.stop.hide()
        self.choose = button("选择文件…", self.file_asked.emit, role="primary", key="F9")
        card = Card("导入什么表")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(8))
        inside = QWidget()
        inside.setLayout(self._rows)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        foot.addWidget(label(FILES, "hint", wrap=True), 1)
        foot.addWidget(self.choose)
        card.body.addWidget(label(SAFE, "second", wrap=True))
        card.body.addWidget(scrolling(inside), 1)
        card.body.addWidget(self.strip)
        card.body.addLayout(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)

    @property
    def kind(self) -> str:
        """The key of the chosen kind, '' before they are known."""
        return next((key for key, one in self.kinds.items() if one.isChecked()), "")

    def offer(self, kinds: Sequence[ImportKind]) -> None:
        """Show the kinds; the first is chosen."""
        if self.kinds:
            return
        for kind in kinds:
            made = QRadioButton(kind.label)
            made.setAccessibleDescription(kind.help)
            self._group.addButton(made)
            self.kinds[kind.key] = made
            words = label(kind.help, "hint", wrap=True)
            words.setContentsMargins(px(26), 0, 0, px(4))
            self._rows.addWidget(made)
            self._rows.addWidget(words)
        self.press(kinds[0].key)

    def press(self, key: str) -> None:
        """Choose that kind, if there is one."""
        if key in self.kinds:
            self.kinds[key].setChecked(True)

    def reading(self, name: str) -> None:
        """A file is being read; nothing else can be chosen till then."""
        self.strip.start(f"正在读“{name}”……")
        self.strip.stop.hide()
        self.choose.setEnabled(False)

    def rest(self) -> None:
        """It is read, or was refused."""
        self.strip.clear()
        self.choose.setEnabled(True)
