"""A card in the middle of a page of its own."""

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets.cards import Card

WIDTH = 760


def centred_card(page: QWidget) -> Card:
    """A card in the middle of `page`, which scrolls where the screen is low."""
    card = Card()
    card.setFixedWidth(px(WIDTH))
    card.body.setContentsMargins(28, 22, 28, 22)
    inner = QWidget()
    middle = QVBoxLayout(inner)
    middle.setContentsMargins(20, 16, 20, 16)
    # By stretches, not by alignment: aligned, it would get the height its words need on the width of the page.
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card)
    row.addStretch(1)
    middle.addLayout(row)
    middle.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(inner)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scroll)
    return card
