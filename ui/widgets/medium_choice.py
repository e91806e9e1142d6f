"""The choice of paper beside a preview: the one that is set for it, or another just this once."""

from PySide6.QtWidgets import QWidget

from desk.words.printing import MEDIA
from ui.widgets.choice_editors import QuietCombo

AS_SET = "照设置"


class MediumChoice(QuietCombo):
    """Says '' for the paper that is set in 设置."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "quiet")
        self.setAccessibleName("用纸")
        self.addItem(AS_SET, "")
        for key, words in MEDIA.items():
            self.addItem(words, key)
        self.choose("")
        longest = max((AS_SET, *MEDIA.values()), key=len)
        self.view().setMinimumWidth(self.fontMetrics().horizontalAdvance(longest) + 60)
        self.setMinimumContentsLength(4)
        self.setToolTip("这份用什么纸；“照设置”就是“设置”里给它选的纸")

    def medium(self) -> str:
        """The paper chosen."""
        return str(self.currentData())

    def choose(self, medium: str) -> None:
        """Choose this one."""
        self.setCurrentIndex(max(0, self.findData(medium)))
