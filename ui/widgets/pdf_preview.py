"""Papers as pictures: on the screen scaled to the width, and on a printer at their exact size."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPageLayout,
    QPageSize,
    QPainter,
    QPaintEvent,
)
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desk.printing.raster import Picture
from ui.theme import TOKENS, px

_FORMATS = {"BGRA": QImage.Format.Format_RGB32, "L": QImage.Format.Format_Grayscale8}
_MM_PER_INCH = 25.4
_ROLL_MM = 90.0


def image_of(picture: Picture) -> QImage:
    """The picture as an image that owns its bytes."""
    form = _FORMATS[picture.format]
    return QImage(picture.data, picture.width, picture.height, picture.stride, form).copy()


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


def paper_size(picture: Picture, dpi: int) -> QSizeF:
    """Width and height in millimetres of a page drawn at `dpi`."""
    return QSizeF(picture.width / dpi * _MM_PER_INCH, picture.height / dpi * _MM_PER_INCH)


def page_layout(picture: Picture, dpi: int) -> QPageLayout:
    """The printer's page for this picture: no margins; a sheet wider than high is turned, a roll never is."""
    size = paper_size(picture, dpi)
    turned = size.width() > size.height() and size.width() > _ROLL_MM
    if turned:
        size.transpose()
    page = QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    return QPageLayout(page, way, QMarginsF(), QPageLayout.Unit.Millimeter, QMarginsF())


def printer_named(name: str) -> QPrinter | None:
    """The system printer of that name, '' the default one; None when there is none."""
    info = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
    return None if info.isNull() else QPrinter(info, QPrinter.PrinterMode.HighResolution)


def paint_pictures(printer: QPrinter, pages: Sequence[Picture], dpi: int) -> bool:
    """Print pages that were drawn at `dpi` on `printer` at their exact size; False when it would not start."""
    if not pages:
        return False
    printer.setFullPage(True)
    printer.setPageLayout(page_layout(pages[0], dpi))
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number, picture in enumerate(pages):
        if number:
            printer.setPageLayout(page_layout(picture, dpi))
            printer.newPage()
        whole = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRectF(whole), image_of(picture))
    return painter.end()


def print_pictures(printer_name: str, pages: Sequence[Picture], dpi: int) -> bool:
    """Print without asking on the named printer ('' the default); False when there is none or it would not start."""
    printer = printer_named(printer_name)
    return printer is not None and paint_pictures(printer, pages, dpi)
