"""A long piece of work in words: a bar, what it is doing, and 取消."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label


class ProgressStrip(QWidget):
    """Hidden until something runs; its words stay after the end until `clear`."""

    cancel_asked = Signal()
    """The clerk wants it to stop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        self.words = label("", wrap=True)
        self.stop = button("取消", self._stop, role="quiet")
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.stop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        box.addWidget(self.bar)
        box.addLayout(row)
        self.hide()

    def start(self, words: str) -> None:
        """Something begins; how long it takes is not known yet."""
        self.bar.setRange(0, 0)
        self.bar.show()
        self.words.setText(words)
        self.stop.setEnabled(True)
        self.stop.show()
        self.show()

    def tell(self, done: int, total: int, words: str) -> None:
        """It is at `done` of `total`; empty words leave those that stand there."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if words:
            self.words.setText(words)

    def end(self, words: str) -> None:
        """It is over: a full bar and the last words."""
        self.bar.setRange(0, 1)
        self.bar.setValue(1)
        self.words.setText(words)
        self.stop.hide()

    def clear(self) -> None:
        """Take it away."""
        self.hide()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.words.setText("正在停下……")
        self.cancel_asked.emit()
