"""The lists on paper and as tables: with progress, to be cancelled, and said how it ended."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desk.errors import Cancelled, DeskError
from desk.services import roll_export, roll_papers
from desk.services.roll_views import RollFilter
from ui.notices import Verb
from ui.papers import PaperDesk
from ui.printers import Printers
from ui.shell import Shell
from ui.tasks import Task
from ui.widgets.buttons import button
from ui.widgets.progress_strip import ProgressStrip

SHEET = "A4"
NO_NOTICE = "现在没有公示中的申请。在办件里按“开始公示”以后，再来打印公示单。"


def show_folder(folder: Path) -> None:
    """Open the folder in the system's own file window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class RollOutput(QObject):
    """One at a time; what comes out is the list as it stands on the page."""

    def __init__(
        self,
        shell: Shell,
        wanted: Callable[[], RollFilter],
        title: Callable[[], str],
        printers: Printers,
        parent: QWidget,
        *,
        open_folder: Callable[[Path], None] = show_folder,
    ) -> None:
        super().__init__(parent)
        self._shell, self._wanted, self._title = shell, wanted, title
        self._open_folder = open_folder
        self._task: Task | None = None
        self.papers = PaperDesk(shell, printers, parent)
        self.papers.said.connect(lambda text: shell.notices.toast(text))
        self.strip = ProgressStrip()
        self.strip.cancel_asked.connect(self.cancel)
        self.print = button("打印名单", self.print_list, key="Ctrl P")
        self.save = button("导出表格", self.export)
        self.notice = button("打印公示单", self.print_notice)

    def print_list(self) -> None:
        """Issue the list and print it."""
        if self._free("正在排名单……"):
            self._task = self._shell.write(
                roll_papers.print_list,
                on_done=self._issued,
                on_refused=self._stopped,
                wanted=self._wanted(),
            )

    def print_notice(self) -> None:
        """Issue the notice of those made public now and print it."""
        if self._free("正在排公示单……"):
            self._task = self._shell.write(
                roll_papers.print_notice,
                on_done=self._issued,
                on_refused=self._stopped,
                register=self._wanted().register,
            )

    def export(self) -> None:
        """Ask where, then write the list as it stands now."""
        if self._task is not None:
            return
        name = f"{self._title()}-{self._shell.office.today:%Y%m%d}.xlsx"
        path = self._shell.notices.choose_save("导出表格", name, "Excel 表格 (*.xlsx)")
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(".xlsx")
        facts: dict[str, object] = {"wanted": self._wanted(), "path": path}
        operations = self._shell.operations
        self._begin("正在写表格……")
        self._task = operations.run(
            "files",
            operations.call(roll_export.export, facts, watched=True),
            cannot=self._stopped,
            on_done=lambda rows: self._written(path, rows),
            on_progress=self.strip.tell,
            initiator=self._shell.page,
        )

    def cancel(self) -> None:
        """Stop at the next look; nothing is left behind."""
        if self._task is not None:
            self._task.cancel()

    def _issued(self, document: UUID | None) -> None:
        self._rest()
        if document is None:
            self._shell.notices.toast(NO_NOTICE)
        else:
            self.papers.print_out(document, SHEET)

    def _written(self, path: Path, rows: int) -> None:
        self._rest()
        self._shell.notices.toast(
            f"表格已导出，共 {rows:,} 人：{path.name}",
            Verb("打开所在文件夹", lambda: self._open_folder(path.parent)),
        )

    def _stopped(self, error: DeskError) -> None:
        self._rest()
        if isinstance(error, Cancelled):
            self._shell.notices.toast("已停下，没有留下文件。")
        else:
            self._shell.cannot(error)

    def _free(self, words: str) -> bool:
        """Whether nothing is under way; then this begins."""
        if self._task is not None:
            return False
        self._begin(words)
        return True

    def _begin(self, words: str) -> None:
        self.strip.start(words)
        for made in (self.print, self.save, self.notice):
            made.setEnabled(False)

    def _rest(self) -> None:
        self._task = None
        self.strip.clear()
        for made in (self.print, self.save, self.notice):
            made.setEnabled(True)
