"""The list as a ledger file: three kinds, progress, cancel, and where it lies."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desk.errors import Cancelled, DeskError
from desk.services import ledger
from desk.services.ledger import LedgerKind
from desk.services.views import CaseFilter
from ui.notices import Verb
from ui.shell import Shell
from ui.tasks import Task
from ui.widgets.buttons import button
from ui.widgets.progress_strip import ProgressStrip

KINDS: tuple[tuple[LedgerKind, str, str, str], ...] = (
    ("xlsx", "Excel 表格（.xlsx）", ".xlsx", "Excel 表格 (*.xlsx)"),
    ("csv", "CSV（UTF-8，新版 Excel）", ".csv", "CSV 文件 (*.csv)"),
    ("csv-gb18030", "CSV（GB 18030，老系统导入）", ".csv", "CSV 文件 (*.csv)"),
)


def show_folder(folder: Path) -> None:
    """Open the folder in the system's own file window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class LedgerExport(QObject):
    """Asks where, writes on the file pool, says how it ended; one file at a time."""

    def __init__(
        self,
        shell: Shell,
        wanted: Callable[[], CaseFilter],
        parent: QWidget,
        *,
        open_folder: Callable[[Path], None] = show_folder,
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._wanted = wanted
        self._open_folder = open_folder
        self._task: Task | None = None
        self.strip = ProgressStrip()
        self.strip.cancel_asked.connect(self.cancel)
        self.button: QPushButton = button("导出台账 ▾")
        self.menu = QMenu(self.button)
        for kind, text, _ending, _files in KINDS:
            self.menu.addAction(text, partial(self.start, kind))
        self.button.setMenu(self.menu)

    def start(self, kind: LedgerKind) -> None:
        """Ask where, then write the cases of the filter as it stands now."""
        _, _, ending, files = next(row for row in KINDS if row[0] == kind)
        name = f"办件台账-{self._shell.office.today:%Y%m%d}{ending}"
        path = self._shell.notices.choose_save("导出台账", name, files)
        if path is None or self._task is not None:
            return
        path = path if path.suffix else path.with_suffix(ending)
        facts: dict[str, object] = {"wanted": self._wanted(), "path": path, "kind": kind}
        operations = self._shell.operations
        self.button.setEnabled(False)
        self.strip.start("正在写台账……")
        self._task = operations.run(
            "files",
            operations.call(ledger.export, facts, watched=True),
            cannot=self._stopped,
            on_done=lambda rows: self._written(path, rows),
            on_progress=self.strip.tell,
            initiator=self._shell.page,
        )

    def cancel(self) -> None:
        """Stop at the next look; nothing is left behind."""
        if self._task is not None:
            self._task.cancel()

    def _written(self, path: Path, rows: int) -> None:
        self._rest()
        self._shell.notices.toast(
            f"台账已导出，共 {rows:,} 件：{path.name}",
            Verb("打开所在文件夹", lambda: self._open_folder(path.parent)),
        )

    def _stopped(self, error: DeskError) -> None:
        self._rest()
        if isinstance(error, Cancelled):
            self._shell.notices.toast("已停下，没有留下文件。")
        else:
            self._shell.cannot(error)

    def _rest(self) -> None:
        self._task = None
        self.strip.clear()
        self.button.setEnabled(True)
