"""The slip that goes with a written stick, and the sheet with the key's code, on their way to the printer."""

from PySide6.QtWidgets import QWidget

from desk.services import sync_key_sheet, sync_slip
from desk.services.sync_slip import Slip
from ui.pages.sync.send_card import SendCard
from ui.papers import PaperDesk
from ui.printers import Printers
from ui.shell import Shell


class SlipPrinting(PaperDesk):
    """Draws and prints what the card asks for."""

    def __init__(self, shell: Shell, card: SendCard, printers: Printers, parent: QWidget) -> None:
        super().__init__(shell, printers, parent)
        self._desk = shell
        self.said.connect(shell.notices.toast)
        card.slip_asked.connect(self._draw)

    def _draw(self, files: tuple[str, ...]) -> None:
        self._desk.read(sync_slip.slip, on_done=self._drawn, latest="slip", files=files)

    def draw_key_sheet(self) -> None:
        """The sheet with this window's words and code."""
        self._desk.read(sync_key_sheet.sheet, on_done=self._drawn, latest="slip")

    def _drawn(self, slip: Slip) -> None:
        self.print_pdf(slip.title, slip.pdf, slip.profile)
