"""A table to a file the clerk names: asked where, written on the file pool, to be cancelled, said how it ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desk.errors import Cancelled, DeskError
from desk.services.table_files import TableKind
from ui.notices import Verb
from ui.shell import Shell
from ui.tasks import Task
from ui.widgets.progress_strip import ProgressStrip


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what the clerk calls it, its ending, and what file dialogs call it."""

    text: str
    ending: str
    files: str


KINDS: Mapping[TableKind, FileKind] = {
    "xlsx": FileKind("Excel 表格（.xlsx）", ".xlsx", "Excel 表格 (*.xlsx)"),
    "csv": FileKind("CSV（UTF-8，新版 Excel）", ".csv", "CSV 文件 (*.csv)"),
    "csv-gb18030": FileKind("CSV（GB 18030，老系统导入）", ".csv", "CSV 文件 (*.csv)"),
    "package": FileKind("CSV 数据包（附字段说明，.zip）", ".zip", "数据包 (*.zip)"),
    "pdf": FileKind("PDF（A4 横放，号码打星）", ".pdf", "PDF 文件 (*.pdf)"),
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: by which verb with which facts, under which name, and how its rows are counted.

    The verb is also given `path`, `progress`, `cancelled`, and `kind` where `kinds` says that it knows several.
    """

    verb: Callable[..., object]
    facts: Mapping[str, object]
    name: str
    what: str = "台账"
    unit: str = "件"
    kinds: bool = True
    count: Callable[[Any], int] = int
    dated: bool = True


def show_folder(folder: Path) -> None:
    """Open the folder in the system's own file window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class TableExport(QObject):
    """One file at a time; `strip` is to stand on the page."""

    written = Signal(object)
    """The file is in its place; with what the verb gave back."""
    busy = Signal(bool)
    """Whether something is being written."""

    def __init__(
        self,
        shell: Shell,
        order: Callable[[], Order],
        parent: QWidget,
        *,
        open_folder: Callable[[Path], None] = show_folder,
    ) -> None:
        super().__init__(parent)
        self._shell, self._order, self._open_folder = shell, order, open_folder
        self._task: Task | None = None
        self.strip = ProgressStrip()
        self.strip.cancel_asked.connect(self.cancel)

    def start(self, kind: TableKind = "xlsx") -> None:
        """Ask where, then write what the order says now."""
        if self._task is not None:
            return
        order, known = self._order(), KINDS[kind]
        day = f"-{self._shell.office.today:%Y%m%d}" if order.dated else ""
        name = f"{order.name}{day}{known.ending}"
        path = self._shell.notices.choose_save(f"导出{order.what}", name, known.files)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(known.ending)
        facts = {**order.facts, "path": path, **({"kind": kind} if order.kinds else {})}
        self.watch(f"正在写{order.what}……", order.verb, facts, partial(self._done, order, path))

    def watch(
        self,
        words: str,
        verb: Callable[..., object],
        facts: Mapping[str, object],
        then: Callable[[Any], None],
    ) -> None:
        """Run a long verb with the strip on the page; nothing where one is under way."""
        if self._task is not None:
            return

        def done(value: object) -> None:
            self._rest()
            then(value)

        operations = self._shell.operations
        self.busy.emit(True)
        self.strip.start(words)
        self._task = operations.run(
            "files",
            operations.call(verb, dict(facts), watched=True),
            cannot=self._stopped,
            on_done=done,
            on_progress=self.strip.tell,
            initiator=self._shell.page,
        )

    def cancel(self) -> None:
        """Stop at the next look; nothing is left behind."""
        if self._task is not None:
            self._task.cancel()

    def _done(self, order: Order, path: Path, value: object) -> None:
        self.written.emit(value)
        self._shell.notices.toast(
            f"{order.what}已导出，共 {order.count(value):,} {order.unit}：{path.name}",
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
        self.busy.emit(False)
