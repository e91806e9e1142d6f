"""The printers of this computer, and how a PDF gets onto one at its exact size."""

from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desk.printing import raster
from desk.printing.raster import Picture

Trouble = Literal["", "missing", "stopped", "refused", "broken"]
NotAsked = Literal["no_printer", "not_chosen"]
# Finer than this the eye sees no gain, and a page takes more than 35 MB.
FINEST_DPI = 600
_MM_PER_INCH = 25.4
_SHEETS = ("A4", "A5")
_STOPPED = (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error)
_FORMATS = {"BGRA": QImage.Format.Format_RGB32, "L": QImage.Format.Format_Grayscale8}


class Printers(Protocol):
    """Where paper comes out; tests put in printers that write files."""

    def names(self) -> tuple[str, ...]: ...
    def named(self, name: str) -> QPrinter | None: ...
    def ask(self, parent: QWidget, name: str) -> QPrinter | NotAsked: ...


class SystemPrinters:
    """The printers of this computer."""

    def names(self) -> tuple[str, ...]:
        """All there are. May take seconds: for workers."""
        return tuple(QPrinterInfo.availablePrinterNames())

    def named(self, name: str) -> QPrinter | None:
        """The printer of that name; None when it is not there. May take seconds: for workers."""
        info = QPrinterInfo.printerInfo(name)
        return None if info.isNull() else QPrinter(info, QPrinter.PrinterMode.HighResolution)

    def ask(self, parent: QWidget, name: str) -> QPrinter | NotAsked:
        """Let the clerk choose a printer, beginning with the one named."""
        names = QPrinterInfo.availablePrinterNames()
        if not names:
            return "no_printer"
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if name in names:
            printer.setPrinterName(name)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle("选打印机")
        return printer if dialog.exec() else "not_chosen"


@dataclass(frozen=True, slots=True)
class Sending:
    """What is to be put on paper; `dx` and `dy` (mm) move it right and down, as the printer was calibrated."""

    pdf: bytes
    medium: str
    copies: int = 1
    dx: float = 0.0
    dy: float = 0.0


def send(printers: Printers, name: str, sending: Sending) -> Trouble:
    """Print without asking; what stood in the way, '' for nothing. For workers."""
    printer = printers.named(name)
    return "missing" if printer is None else put_on_paper(printer, sending)


def put_on_paper(printer: QPrinter, sending: Sending) -> Trouble:
    """Draw every page at its exact size on a printer; what stood in the way, '' for nothing. For workers."""
    info = QPrinterInfo(printer)
    # A printer that writes a file is none of the system's and has no state.
    if not info.isNull() and info.state() in _STOPPED:
        return "stopped"
    sizes = raster.sizes(sending.pdf)
    rounds = 1
    if sending.copies > 1 and printer.supportsMultipleCopies():
        printer.setCopyCount(sending.copies)
    else:
        rounds = sending.copies
    printer.setFullPage(True)
    printer.setPageLayout(page_layout(sizes[0], sending.medium))
    painter = QPainter()
    if not painter.begin(printer):
        return "refused"
    order = [index for _ in range(rounds) for index in range(len(sizes))]
    for nth, index in enumerate(order):
        if nth:
            printer.setPageLayout(page_layout(sizes[index], sending.medium))
            if not printer.newPage():
                painter.end()
                return "broken"
        _draw(painter, printer.resolution(), sending, index)
    return "" if painter.end() else "broken"


def page_layout(size: tuple[float, float], medium: str) -> QPageLayout:
    """The printer's page of that width and height (mm), without margins.

    A sheet wider than high is a turned sheet; rolls and continuous forms are fed as they are, by their exact length.
    """
    paper = QSizeF(*size)
    turned = medium in _SHEETS and paper.width() > paper.height()
    if turned:
        paper.transpose()
    match = QPageSize.SizeMatchPolicy
    policy = match.FuzzyMatch if medium in _SHEETS else match.ExactMatch
    page = QPageSize(paper, QPageSize.Unit.Millimeter, "", policy)
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    return QPageLayout(page, way, QMarginsF(), QPageLayout.Unit.Millimeter, QMarginsF())


def image_of(picture: Picture) -> QImage:
    """The picture as an image that owns its bytes."""
    form = _FORMATS[picture.format]
    return QImage(picture.data, picture.width, picture.height, picture.stride, form).copy()


def _draw(painter: QPainter, resolution: int, sending: Sending, index: int) -> None:
    """One page, dot for dot where the printer is no finer than 600 dpi, moved by whole dots."""
    parts = -(-resolution // FINEST_DPI)
    picture = raster.page(
        sending.pdf, index, resolution / parts, two_tone=sending.medium not in _SHEETS
    )
    left, top = (round(mm / _MM_PER_INCH * resolution) for mm in (sending.dx, sending.dy))
    target = QRectF(left, top, picture.width * parts, picture.height * parts)
    painter.drawImage(target, image_of(picture))
