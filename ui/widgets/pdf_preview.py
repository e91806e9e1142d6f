"""Papers as pictures on the screen, scaled to the width there is."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desk.printing.raster import Picture
from ui.printers import image_of
from ui.theme import TOKENS, px


class _Sheet(QWidget):
    """One page, as wide as it is given."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._image = image_of(picture)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return round(width * self._image.height() / max(self._image.width(), 1))

    def sizeHint(self) -> QSize:
        return QSize(px(160), self.heightForWidth(px(160)))

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        wanted = QSize(self.width(), self.heightForWidth(self.width()))
        shown = self._image.scaled(
            wanted * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter = QPainter(self)
        frame = self.rect().adjusted(0, 0, -1, -1)
        painter.drawImage(self.rect(), shown)
        painter.setPen(QColor(TOKENS.line))
        painter.drawRect(frame)
        painter.end()


class PdfPreview(QScrollArea):
    """The pages of a paper under each other; a click asks for a larger view."""

    clicked = Signal()
    """The clerk clicked on a page or pressed Enter on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("文书预览")
        self._body = QWidget()
        self._box = QVBoxLayout(self._body)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(8))
        self._box.addStretch(1)
        self._pictures: tuple[Picture, ...] = ()
        self._sheets: tuple[_Sheet, ...] = ()
        self.setWidget(self._body)

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show these pages; an empty sequence empties the view. The place looked at stays."""
        if tuple(pictures) == self._pictures:
            return
        self._pictures = tuple(pictures)
        for sheet in self._sheets:
            self._box.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()
        self._sheets = tuple(_Sheet(picture) for picture in self._pictures)
        for place, sheet in enumerate(self._sheets):
            self._box.insertWidget(place, sheet)

    def pictures(self) -> tuple[Picture, ...]:
        """The pages shown."""
        return self._pictures

    def sheets(self) -> tuple[QWidget, ...]:
        """The pages as drawn."""
        return self._sheets

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pictures and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()
        super().mouseReleaseEvent(event)
