"""Small pictures in a row, each a button with its name below."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QWidget

from ui.theme import px
from ui.widgets.picture import decoded

WIDE, HIGH = 92, 60


@dataclass(frozen=True, slots=True)
class Tile:
    """One of them; `thumb` is a JPEG made by the program, b"" shows `instead`. `about` is its tool tip."""

    name: str
    thumb: bytes
    instead: str
    about: str


class PictureStrip(QScrollArea):
    """Scrolls sideways; a click or Enter on a picture says which one."""

    chosen = Signal(int)
    """The place of the picture, from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: tuple[QToolButton, ...] = ()
        self._shown: tuple[Tile, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(px(HIGH + 44))
        inside = QWidget()
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(px(8))
        self._row.addStretch(1)
        self.setWidget(inside)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these; the same ones again change nothing."""
        if tuple(tiles) == self._shown:
            return
        self._shown = tuple(tiles)
        for old in self.tiles:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.tiles = tuple(self._tile(place, one) for place, one in enumerate(self._shown))
        for place, made in enumerate(self.tiles):
            self._row.insertWidget(place, made)

    def _tile(self, place: int, tile: Tile) -> QToolButton:
        made = QToolButton()
        made.setProperty("role", "picture")
        made.setAutoRaise(True)
        made.setFixedSize(px(WIDE + 8), px(HIGH + 30))
        made.setAccessibleName(f"{tile.name}，{tile.about}")
        made.setToolTip(tile.about)
        made.setIconSize(QSize(px(WIDE), px(HIGH)))
        # 8 px of frame; what does not fit is told whole by the tool tip and the viewer.
        words = made.fontMetrics().elidedText(tile.name, Qt.TextElideMode.ElideRight, px(WIDE))
        image = decoded(tile.thumb) if tile.thumb else None
        if image is None or image.isNull():
            made.setText(f"{tile.instead}\n{words}")
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        else:
            made.setIcon(QIcon(QPixmap.fromImage(image)))
            made.setText(words)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.clicked.connect(partial(self.chosen.emit, place))
        return made
