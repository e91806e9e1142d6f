"""The sheet with the recovery key, out to a printer or into a file; the key is kept nowhere else."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desk.errors import DeskError
from desk.files import write_atomic
from desk.services.office import Office
from desk.services.recovery_paper import recovery_sheet
from desk.words.printing import trouble
from ui.notices import Notices
from ui.pages.setup.recovery_step import RecoveryStep
from ui.printers import Printers, Sending, SystemPrinters, Trouble, put_on_paper
from ui.tasks import Run

SHEET_NAME = "恢复密钥.pdf"


class SheetOut:
    """Answers the two buttons of the step that shows the key."""

    def __init__(
        self,
        page: QWidget,
        step: RecoveryStep,
        run: Run,
        notices: Notices,
        say: Callable[[DeskError], None],
    ) -> None:
        self.printers: Printers = SystemPrinters()
        self._page, self._step, self._run, self._notices = page, step, run, notices
        self._say = say
        self._held: tuple[Office, str] | None = None
        step.save.connect(self._save)
        step.print_asked.connect(self._print)

    def hold(self, office: Office, recovery_key: str) -> None:
        """Show this key, and draw its sheet when asked."""
        self._held = office, recovery_key
        self._step.set_key(recovery_key)

    def _print(self) -> None:
        if self._held is None:
            return
        office, key = self._held
        printer = self.printers.ask(self._page, "")
        if printer == "no_printer":
            self._notices.toast("没有找到打印机。请另存 PDF 到别处打印，或照着屏幕抄下来")
        if isinstance(printer, str):
            return

        def work() -> Trouble:
            # Straight to the printer: this sheet is never kept in the list of print jobs.
            return put_on_paper(printer, Sending(recovery_sheet(office, recovery_key=key), "A4"))

        self._run(work, on_done=self._put_out, on_refused=self._say)

    def _put_out(self, why: Trouble) -> None:
        if why:
            self._notices.toast(f"没打出来：{trouble(why)}。也可以照着屏幕抄下来")
        else:
            self._notices.toast("已送到打印机，请收好这张纸")

    def _save(self) -> None:
        target = self._notices.choose_save("另存恢复密钥", SHEET_NAME, "PDF 文件 (*.pdf)")
        if target is None or self._held is None:
            return
        office, key = self._held

        def work() -> Path:
            write_atomic(target, recovery_sheet(office, recovery_key=key))
            return target

        self._run(work, on_done=self._saved, on_refused=self._say)

    def _saved(self, target: Path) -> None:
        self._notices.toast(f"已存为“{target.name}”，打印后请从电脑上删掉")
