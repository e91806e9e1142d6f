"""Papers on their way out: shown, printed, saved as a file."""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desk.files import write_atomic
from desk.printing.raster import Picture
from desk.services import documents
from ui.shell import Shell
from ui.widgets.pdf_preview import paint_pictures, print_pictures

SCREEN_DPI = 110
SHEET_DPI = 300
ROLL_DPI = 203
"""What a thermal printer of 80 mm paper has."""

Outcome = Literal["printed", "no_printer", "not_chosen"]


class Printer(Protocol):
    """Whoever puts pictures on paper; tests put their own in."""

    def send(self, name: str, pages: Sequence[Picture], dpi: int) -> bool: ...
    def ask(self, parent: QWidget, pages: Sequence[Picture], dpi: int) -> Outcome: ...


class SystemPrinter:
    """The printers of this computer."""

    def send(self, name: str, pages: Sequence[Picture], dpi: int) -> bool:
        """Print without asking; False when the printer is not there."""
        return print_pictures(name, pages, dpi)

    def ask(self, parent: QWidget, pages: Sequence[Picture], dpi: int) -> Outcome:
        """Let the clerk choose a printer."""
        if not QPrinterInfo.availablePrinterNames():
            return "no_printer"
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle("选打印机")
        if not dialog.exec():
            return "not_chosen"
        return "printed" if paint_pictures(printer, pages, dpi) else "no_printer"


class PaperDesk(QObject):
    """Prints, shows and saves one paper at a time; says what became of it."""

    said = Signal(str)
    """What became of the paper, a sentence."""

    def __init__(self, shell: Shell, printer: Printer, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._printer = printer
        self._parent = parent

    def show(
        self, document: UUID, medium: str, show: Callable[[tuple[Picture, ...]], None]
    ) -> None:
        """Hand the pictures of the paper to `show`."""
        self._shell.read(
            documents.pdf,
            document_id=document,
            medium=medium,
            latest="paper",
            on_done=lambda pdf: self.draw(pdf, SCREEN_DPI, show),
        )

    def draw(self, pdf: bytes, dpi: int, show: Callable[[tuple[Picture, ...]], None]) -> None:
        """Draw a PDF away from the window and hand the pictures on."""
        self._shell.read(
            documents.pictures, pdf=pdf, dpi=dpi, latest=f"pictures{dpi}", on_done=show
        )

    def hand_out(self, document: UUID, medium: str) -> None:
        """The first print, right after the end: silent, and only where a printer is set."""
        if self._shell.preferences.printer:
            self._print(document, medium)
        else:
            self.said.emit("这个窗口还没有设打印机。按 Ctrl P 选一台，或另存 PDF。")

    def print_out(self, document: UUID, medium: str) -> None:
        """Print because the clerk asked; what was printed before is marked 补打."""
        self._print(document, medium)

    def reprint(self, document: UUID, medium: str) -> None:
        """Print once more, counted and marked 补打."""
        self._print(document, medium, again=True)

    def save(self, document: UUID, medium: str, name: str) -> None:
        """Ask where, and save the paper as PDF."""
        path = self._shell.notices.choose_save("另存 PDF", f"{name}.pdf", "PDF 文件 (*.pdf)")
        if path is None:
            return

        def write(pdf: bytes) -> None:
            self._shell.files(
                lambda: write_atomic(path, pdf),
                on_done=lambda _done: self.said.emit(f"已存为“{path.name}”。"),
            )

        self._shell.read(documents.pdf, document_id=document, medium=medium, on_done=write)

    def _print(self, document: UUID, medium: str, *, again: bool = False) -> None:
        """Print the original, or a marked reprint where one was handed out before, today or years ago."""
        self._shell.read(
            documents.was_handed_out,
            document_id=document,
            on_done=lambda before: self._draw_print(document, medium, again=again or before),
        )

    def _draw_print(self, document: UUID, medium: str, *, again: bool) -> None:
        dpi = ROLL_DPI if medium == "80mm" else SHEET_DPI

        def drawn(pdf: bytes) -> None:
            self.draw(pdf, dpi, lambda pages: self._put_out(document, medium, pages, again=again))

        verb = documents.marked if again else documents.pdf
        self._shell.read(verb, on_done=drawn, document_id=document, medium=medium)

    def _put_out(
        self, document: UUID, medium: str, pages: Sequence[Picture], *, again: bool
    ) -> None:
        name = self._shell.preferences.printer
        dpi = ROLL_DPI if medium == "80mm" else SHEET_DPI
        if name and self._printer.send(name, pages, dpi):
            outcome: Outcome = "printed"
        else:
            outcome = self._printer.ask(self._parent, pages, dpi)
        if outcome == "printed":
            # Counted now and not before: a clerk who thinks better of it at the dialog has printed nothing.
            kept = documents.reprint if again else documents.hand_out
            self._shell.write(kept, document_id=document, medium=medium)
            self.said.emit("已送到打印机。")
        elif outcome == "no_printer":
            self.said.emit("没有找到打印机。办件已经保存，请另存 PDF，或接好打印机再按 Ctrl P。")
