"""A column that scrolls when its card is too low for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.theme import px


def scrolling(*parts: QWidget, spacing: int = 10) -> QScrollArea:
    """The parts under each other in a scroll area without a frame; the rest of the height stays empty."""
    inside = QWidget()
    box = QVBoxLayout(inside)
    # Room for the focus ring on the left, for the scroll bar on the right.
    box.setContentsMargins(1, 0, px(4), 0)
    box.setSpacing(px(spacing))
    for part in parts:
        box.addWidget(part)
    box.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
