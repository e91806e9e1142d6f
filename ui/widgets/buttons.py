"""Buttons that show their key."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from ui.theme import TOKENS, px

CAP_PAD = 6
CAP_GAP = 8


class KeyButton(QPushButton):
    """A push button with its key as a cap behind the words: 受理并打印 [F9]."""

    def __init__(self, text: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.key = ""
        self.show_key(key)

    def show_key(self, key: str) -> None:
        """From now on the button shows this key; '' none."""
        self.key = key
        self.setAccessibleDescription(f"快捷键 {key}" if key else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self.key:
            return hint
        return QSize(hint.width() + self._cap_width() + CAP_GAP, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.key:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        words = self.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - words - CAP_GAP - self._cap_width()) // 2
        ink = self._ink()
        painter.setPen(ink)
        painter.drawText(
            QRect(left, 0, words + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        self._draw_cap(painter, left + words + CAP_GAP, ink)

    def _draw_cap(self, painter: QPainter, left: int, ink: QColor) -> None:
        high = px(24)
        cap = QRect(left, (self.height() - high) // 2, self._cap_width(), high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rim, ground = QColor(ink), QColor(ink)
        rim.setAlpha(110)
        ground.setAlpha(28)
        painter.setPen(rim)
        painter.setBrush(ground)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(ink)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)

    def _cap_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.key) + 2 * CAP_PAD

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return QColor(TOKENS.hint)
        inks = {"primary": TOKENS.surface, "danger": TOKENS.late, "quiet": TOKENS.action}
        return QColor(inks.get(str(self.property("role") or ""), TOKENS.text))


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    role: str = "",
    key: str = "",
    compact: bool = False,
) -> QPushButton:
    """A button; `role` as in desk.qss, `key` is only shown (the window binds the keys)."""
    made = KeyButton(text, key) if key else QPushButton(text)
    if role:
        made.setProperty("role", role)
    if compact:
        made.setProperty("compact", True)
    made.setAutoDefault(True)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made
