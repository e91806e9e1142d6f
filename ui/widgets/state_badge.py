"""Badges: a word on the soft ground of its tone, as a label or painted into a row."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import TOKENS, mark, px

SMALL = 13
PAD = 7
HIGH = 22
RADIUS = 4


class StateBadge(QLabel):
    """The state of a case, a package, a paper; its tone colours it, its words say it."""

    def __init__(self, text: str = "", tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: str) -> None:
        """Show another state; no words hide the badge."""
        self.setText(text)
        mark(self, "tone", tone)
        self.setVisible(bool(text))


def small_font(font: QFont) -> QFont:
    """`font` in the size of small print."""
    small = QFont(font)
    small.setPixelSize(px(SMALL))
    return small


def badge_rect(room: QRect, text: str, font: QFont) -> QRect:
    """Where a badge stands at the left of `room`, half its height above and below the middle."""
    words = QFontMetrics(small_font(font)).horizontalAdvance(text)
    width = min(words + 2 * PAD, room.width())
    high = px(HIGH)
    return QRect(room.left(), room.center().y() - high // 2, width, high)


def paint_badge(painter: QPainter, room: QRect, text: str, tone: str) -> QRect:
    """Paint a badge at the left of `room`; returns where it stands."""
    ink, ground = TOKENS.tone(tone)
    font = small_font(painter.font())
    place = badge_rect(room, text, painter.font())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(place, RADIUS, RADIUS)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    fits = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width() - PAD)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, fits)
    painter.restore()
    return place
