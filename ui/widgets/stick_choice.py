"""Which stick or folder is written to and read from."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import TOKENS, px
from ui.widgets.cards import label
from ui.widgets.choice_editors import QuietCombo
from ui.widgets.drives import Drive

NONE = "插上 U 盘，或选一个文件夹"
OTHER = "选别的文件夹…"
_DOT = 9
_BESIDE = 58
"""What a combo box needs beside its text: frame, padding, the arrow."""


class StickChoice(QWidget):
    """The sticks plugged in, the folder used last, or another one."""

    chosen = Signal(str)
    """The clerk settled on this folder."""
    other_asked = Signal()
    """The clerk wants a folder that is not in the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drives: tuple[Drive, ...] = ()
        self._folder = ""
        self._by_hand = False
        self.dot = label("")
        self.dot.setFixedSize(px(_DOT), px(_DOT))
        self.combo = QuietCombo()
        self.combo.setAccessibleName("写到哪里")
        self.combo.ensurePolished()
        # The sentence that asks for a stick is to be read whole.
        self.combo.setMinimumWidth(self.combo.fontMetrics().horizontalAdvance(NONE) + px(_BESIDE))
        self.combo.activated.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.dot)
        row.addWidget(self.combo, 1)
        self._draw()

    def folder(self) -> Path | None:
        """Where to write to, None when nothing is chosen or the stick was pulled."""
        return Path(self._folder) if self._folder else None

    def remember(self, folder: str) -> None:
        """The folder used last; a stick that is plugged in comes before it."""
        if not self._by_hand and not self._drives:
            self._folder = folder
            self._draw()

    def use(self, folder: Path) -> None:
        """The clerk chose this folder."""
        self._folder, self._by_hand = str(folder), True
        self._draw()

    def show_drives(self, drives: Sequence[Drive]) -> None:
        """These sticks are plugged in now."""
        if tuple(drives) == self._drives:
            return
        gone = {str(one.path) for one in self._drives} - {str(one.path) for one in drives}
        self._drives = tuple(drives)
        if self._folder in gone:
            self._folder, self._by_hand = "", False
        if drives and not self._by_hand:
            self._folder = str(drives[0].path)
        self._draw()

    def _draw(self) -> None:
        self.combo.clear()
        if not self._folder:
            self.combo.addItem(NONE, "")
        for drive in self._drives:
            self.combo.addItem(drive.words(), str(drive.path))
        if self._folder and self.combo.findData(self._folder) < 0:
            self.combo.addItem(f"文件夹 {Path(self._folder).name or self._folder}", self._folder)
        self.combo.addItem(OTHER, None)
        self.combo.setCurrentIndex(max(0, self.combo.findData(self._folder)))
        self.combo.setToolTip(self._folder)
        colour = TOKENS.dot_good if self._folder else TOKENS.dot_soon
        self.dot.setStyleSheet(f"background: {colour}; border-radius: {px(_DOT) // 2}px;")

    def _choose(self, _place: int) -> None:
        wanted = self.combo.currentData()
        if wanted is None:
            self._draw()
            self.other_asked.emit()
        elif wanted:
            self.use(Path(wanted))
            self.chosen.emit(wanted)
