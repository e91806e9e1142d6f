"""Papers on their way out: shown, printed, saved as a file."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from desk.errors import DeskError
from desk.files import write_atomic
from desk.printing.raster import Picture
from desk.services import documents, print_jobs
from desk.services.documents import Plan
from desk.services.print_jobs import PrintOrder
from desk.services.printers import PrinterProfile
from desk.words.errors import words
from desk.words.printing import boxes, trouble
from ui.notices import Verb
from ui.printers import Printers, Sending, Trouble, put_on_paper, send
from ui.shell import Shell

SCREEN_DPI = 110
NO_PRINTER_SET = "这个窗口还没有设打印机。按 Ctrl P 选一台，或另存 PDF。"
NO_PRINTER = "没有找到打印机。办件已经保存，请另存 PDF，或接好打印机再按 Ctrl P。"
SENT = "已送到打印机。"
Begin = Callable[..., object]


class PaperDesk(QObject):
    """Prints, shows and saves papers; says what became of each. Where a medium is '' it is the one set for the paper."""

    said = Signal(str)
    """What became of the paper, a sentence."""

    def __init__(self, shell: Shell, printers: Printers, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._printers = printers
        self._parent = parent
        self._under_way: set[UUID] = set()

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

    def hand_out(
        self,
        document: UUID,
        medium: str,
        decided: Callable[[bool], None] = lambda _printing: None,
    ) -> None:
        """The first print, right after the end: silent, and only where a printer is set for it, which `decided` is told."""
        self._print(document, medium, decided=decided)

    def print_out(self, document: UUID, medium: str) -> None:
        """Print because the clerk asked; what was printed before is marked 补打."""
        self._print(document, medium)

    def reprint(self, document: UUID, medium: str) -> None:
        """Print once more, counted and marked 补打."""
        self._print(document, medium, again=True)

    def print_pdf(self, title: str, pdf: bytes, profile: PrinterProfile) -> None:
        """Print what is no document of a case: a roster, a blank form, the calibration page."""
        begin = partial(print_jobs.begin_pdf, title=title, pdf=pdf, medium=profile.medium)
        self._choose(profile, begin)

    def retry(self, job_id: int, printer: str, *, ask: bool = False) -> None:
        """Send a listed paper to its printer again, or with `ask` to one the clerk chooses."""
        if not ask:
            self._begin(partial(print_jobs.retry, job_id=job_id), None)
            return
        chosen = self._ask(printer)
        if chosen is not None:
            name = chosen.printerName()
            self._begin(partial(print_jobs.retry, job_id=job_id, printer=name), chosen)

    def save(self, document: UUID, medium: str, name: str) -> None:
        """Ask where, and save the paper as PDF; that hands it out, and a further time it is marked and counted as 补打."""
        path = self._shell.notices.choose_save("另存 PDF", f"{name}.pdf", "PDF 文件 (*.pdf)")
        if path is None:
            return

        def write(paper: documents.ToGive) -> None:
            self._shell.files(
                lambda: write_atomic(path, paper.pdf), on_done=lambda _done: kept(paper)
            )

        def kept(paper: documents.ToGive) -> None:
            self._shell.write(documents.given, document_id=document, paper=paper)
            self.said.emit(f"已存为“{path.name}”。")

        self._shell.read(documents.to_give, document_id=document, medium=medium, on_done=write)

    # From the wish to the paper

    def _print(
        self,
        document: UUID,
        medium: str,
        *,
        again: bool = False,
        decided: Callable[[bool], None] | None = None,
    ) -> None:
        """One paper is on its way once: a second press while it is waits for nothing. Nobody asked where `decided` is given."""
        if document in self._under_way:
            return
        self._under_way.add(document)
        done = partial(self._under_way.discard, document)

        def planned(plan: Plan) -> None:
            if decided is not None:
                decided(plan.profile.at_once)
            if decided is not None and not plan.profile.at_once:
                done()
                self.said.emit(NO_PRINTER_SET)
                return
            begin = partial(
                print_jobs.begin, document_id=document, medium=plan.profile.medium, again=again
            )
            self._warn(plan, partial(self._choose, plan.profile, begin, done), done)

        self._shell.read(
            documents.plan,
            document_id=document,
            medium=medium,
            on_done=planned,
            on_refused=lambda error: self._refused(error, done),
        )

    def _warn(self, plan: Plan, go: Callable[[], None], done: Callable[[], None]) -> None:
        """Ask first where a character would come out as a box."""
        if not plan.unprintable:
            go()
            return

        def leave() -> None:
            done()
            self.said.emit("没有打印。")

        said = boxes(plan.title, plan.unprintable)
        self._shell.notices.ask(
            said.title, said.text, Verb("照样打印", go), Verb("先不打印", leave)
        )

    def _choose(
        self, profile: PrinterProfile, begin: Begin, done: Callable[[], None] = lambda: None
    ) -> None:
        """To the printer that is set, else to the one the clerk chooses."""
        if profile.at_once:
            set_up = partial(begin, printer=profile.printer, copies=profile.copies)
            self._begin(set_up, None, done)
            return
        chosen = self._ask(profile.printer)
        if chosen is None:
            done()
            return
        copies = max(chosen.copyCount(), 1)
        self._begin(partial(begin, printer=chosen.printerName(), copies=copies), chosen, done)

    def _ask(self, name: str) -> QPrinter | None:
        chosen = self._printers.ask(self._parent, name)
        if isinstance(chosen, QPrinter):
            return chosen
        if chosen == "no_printer":
            self.said.emit(NO_PRINTER)
        return None

    def _begin(
        self, verb: Begin, chosen: QPrinter | None, done: Callable[[], None] = lambda: None
    ) -> None:
        """Keep the job, then draw it for the printer, both away from the window."""

        def kept(order: PrintOrder) -> None:
            self._shell.files(
                lambda: self._put_out(order, chosen),
                on_done=lambda why: self._came_out(order, why, done),
            )

        self._shell.write(verb, on_done=kept, on_refused=lambda error: self._refused(error, done))

    def _put_out(self, order: PrintOrder, chosen: QPrinter | None) -> Trouble:
        sending = Sending(order.pdf, order.medium, order.copies, order.dx, order.dy)
        if chosen is not None:
            return put_on_paper(chosen, replace(sending, copies=1))
        return send(self._printers, order.printer, sending)

    def _came_out(self, order: PrintOrder, why: Trouble, done: Callable[[], None]) -> None:
        done()
        if why:
            self._shell.write(print_jobs.job_failed, job_id=order.job_id, why=why)
            self.said.emit(
                f"没打出来：{trouble(why)}。办件已经保存，弄好后点右上角“没打出来”重打。"
            )
        else:
            # Counted now and not before: what is not on paper has not been given to anybody.
            self._shell.write(print_jobs.job_done, job_id=order.job_id)
            self.said.emit(SENT)

    def _refused(self, error: DeskError, done: Callable[[], None]) -> None:
        done()
        said = words(error)
        self.said.emit(f"{said.title}。{said.text}")
