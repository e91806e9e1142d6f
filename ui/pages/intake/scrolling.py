"""A column that scrolls when its card is too low for it, and follows the keyboard."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.theme import px


class ScrollColumn(QScrollArea):
    """Parts under each other without a frame; the rest of the height stays empty."""

    def __init__(self, *parts: QWidget, spacing: int = 10) -> None:
        super().__init__()
        inside = QWidget()
        box = QVBoxLayout(inside)
        # Room for the focus ring on the left, for the scroll bar on the right.
        box.setContentsMargins(1, 0, px(4), 0)
        box.setSpacing(px(spacing))
        for part in parts:
            box.addWidget(part)
        box.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        # Nothing moves away under the mouse while it is pressed.
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None and not by_mouse and self.widget().isAncestorOf(now):
            # What has just come up gets its place first.
            QTimer.singleShot(0, now, lambda: self.ensureWidgetVisible(now, 0, px(60)))
