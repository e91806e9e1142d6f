"""A printer whose sheets can be read: Qt's own, writing each print into a file."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from ui.printers import NotAsked

NAME = "前台打印机"
DPI = 300


@dataclass
class Tray:
    """`there` is whether it is switched on, `chosen` whether the clerk takes it in the dialog."""

    folder: Path
    there: bool = True
    chosen: bool = True

    def names(self) -> tuple[str, ...]:
        return (NAME,) if self.there else ()

    def named(self, _name: str) -> QPrinter | None:
        return self._printer() if self.there else None

    def ask(self, _parent: QWidget, _name: str) -> QPrinter | NotAsked:
        if not self.there:
            return "no_printer"
        return self._printer() if self.chosen else "not_chosen"

    def prints(self) -> list[Path]:
        """The files printed, in their order."""
        return sorted(self.folder.glob("*.pdf"))

    def _printer(self) -> QPrinter:
        self.folder.mkdir(exist_ok=True)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(DPI)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / f"{len(self.prints()):03}.pdf"))
        return printer
