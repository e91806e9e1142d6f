"""Taking in the rows looked at: with progress, to be cancelled, told how it ended; and the list as a file."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desk.domain.import_kinds import ImportKind
from desk.errors import Cancelled, DeskError
from desk.services import imports
from desk.services.import_views import ImportJob, ImportPlan
from ui.pages.importing.preview import PreviewStep
from ui.shell import Shell
from ui.tasks import Task


class Taking(QObject):
    """One job at a time; all its good rows come in, or none."""

    begun = Signal()
    """It is under way."""
    ended = Signal()
    """The outcome stands in the preview."""

    def __init__(self, shell: Shell, preview: PreviewStep, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._preview = shell, preview
        self._job: ImportJob | None = None
        self._kind: ImportKind | None = None
        self._path: Path | None = None
        self._task: Task | None = None
        preview.take_asked.connect(self._take_in)
        preview.save_asked.connect(self._save_list)
        preview.onward_asked.connect(self._onward)
        preview.strip.cancel_asked.connect(self._cancel)

    @property
    def under_way(self) -> bool:
        """Whether rows are being taken in now."""
        return self._task is not None

    def offer(self, job: ImportJob, kind: ImportKind, path: Path | None) -> None:
        """This is what will be taken in."""
        self._job, self._kind, self._path = job, kind, path
        self._preview.leads_on = kind.into != "people"

    def _take_in(self) -> None:
        if self._job is None or self.under_way:
            return
        self.begun.emit()
        self._preview.begin("正在导入……")
        self._task = self._shell.write(
            imports.take_in,
            on_done=self._taken,
            on_refused=self._stopped,
            on_progress=self._preview.strip.tell,
            job=self._job,
        )

    def _taken(self, plan: ImportPlan) -> None:
        self._task = None
        self._preview.rest()
        self._preview.show_plan("已导入", plan, done=True)
        self.ended.emit()
        coming = plan.counts.get("new", 0) + plan.counts.get("fill", 0)
        self._shell.notices.toast(f"已导入 {coming:,} 行。")

    def _stopped(self, error: DeskError) -> None:
        self._task = None
        self._preview.rest()
        if isinstance(error, Cancelled):
            self._shell.notices.toast("已停下，一行也没有导入。")
        else:
            self._shell.cannot(error)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _save_list(self) -> None:
        job, plan, shell = self._job, self._preview.plan, self._shell
        if job is None or plan is None:
            return
        stem = self._path.stem if self._path else "导入"
        name = f"{stem}-导入结果.xlsx"
        path = shell.notices.choose_save("保存清单", name, "Excel 表格 (*.xlsx)")
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(".xlsx")
        shell.files(
            partial(imports.save_list, shell.office, job=job, plan=plan, path=path),
            on_done=lambda rows: shell.notices.toast(f"清单已保存，共 {rows:,} 行：{path.name}"),
        )

    def _onward(self) -> None:
        kind = self._kind
        if kind is None:
            return
        if kind.into == "register":
            self._shell.go("rolls", register=kind.register)
        elif kind.into == "requests":
            self._shell.go("requests")
        else:
            self._shell.go("cases", group="closed" if kind.into == "cases" else "open")
