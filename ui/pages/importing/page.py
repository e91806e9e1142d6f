"""导入: choose a file, say which column is which, look at every row, take in what is good."""

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from desk.changes import Changes
from desk.errors import DeskError
from desk.services import imports, items
from desk.services.import_views import ImportJob, ImportPlan, Opened
from ui.pages.importing.choose import ChooseStep
from ui.pages.importing.mapping import MappingStep
from ui.pages.importing.preview import PreviewStep
from ui.pages.importing.taking import Taking
from ui.shell import Shell
from ui.widgets.page_frame import PageFrame

FILES = "表格 (*.xlsx *.csv *.json)"


class ImportingPage(PageFrame):
    """F9 goes a step on, Esc a step back; what was mapped is kept, also for the next file with the same headings."""

    help_text = (
        "先选是什么表，再选文件；列认错了就改，F9 看一看每一行会怎样。\n"
        "有错的行写明错在哪一格，不收；其余的按“导入”一次收完，中途取消等于没导。\n"
        "Esc 退回上一步，选过的列不会丢。"
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.choose, self.mapping, self.preview = ChooseStep(), MappingStep(), PreviewStep()
        self.steps = QStackedWidget()
        for step in (self.choose, self.mapping, self.preview):
            self.steps.addWidget(step)
        self.body.addWidget(self.steps, 1)
        self.path: Path | None = None
        self._other_item = ""
        self.taking = Taking(shell, self.preview, self)
        self._wanted = ""
        self._mapped: dict[tuple[str, tuple[str, ...]], dict[str, int]] = {}
        self.choose.file_asked.connect(self._choose_file)
        self.mapping.look_asked.connect(self._look)
        self.mapping.back_asked.connect(self._first)
        self.mapping.table_asked.connect(self._read_file)
        self.preview.back_asked.connect(self._back_from_preview)
        self.preview.other_item_chosen.connect(self._stand_for)
        self.taking.begun.connect(self.banner.clear)
        self.taking.ended.connect(self._show_preview)

    def opened(self, **facts: object) -> None:
        """With `kind` that kind of table; what is under way stays."""
        wanted = str(facts.get("kind") or "")
        if wanted and self.steps.currentWidget() is self.choose:
            self._wanted = wanted
            self.choose.press(wanted)

    def refresh(self) -> None:
        self.shell.read(imports.kinds, on_done=self._offer, latest="kinds")
        self.shell.read(items.items, on_done=self.preview.offer_items, latest="items")

    def wants(self, changes: Changes) -> bool:
        return changes.settings

    def main_action(self) -> None:
        step = self.steps.currentWidget()
        chosen = {self.choose: self.choose.choose, self.mapping: self.mapping.look}
        press = chosen.get(step, self.preview.take)
        if press.isEnabled():
            press.click()

    def go_back(self) -> bool:
        if self.taking.under_way:
            return True
        if self.steps.currentWidget() is self.preview:
            self._back_from_preview()
        elif self.steps.currentWidget() is self.mapping:
            self._first()
        else:
            return super().go_back()
        return True

    # The steps

    def _offer(self, kinds: tuple[object, ...]) -> None:
        self.choose.offer(kinds)  # type: ignore[arg-type]
        self.choose.press(self._wanted)

    def _choose_file(self) -> None:
        path = self.shell.notices.choose_file("选择要导入的表", FILES)
        if path is not None:
            self.path = path
            self._read_file("", 0)

    def _read_file(self, sheet: str, row: int) -> None:
        """On the file pool: a strange file may take its half minute."""
        path, kind, office = self.path, self.choose.kind, self.shell.office
        if path is None or not kind:
            return
        self._keep_columns()
        self.banner.clear()
        self.choose.reading(path.name)
        self.shell.files(
            lambda: imports.open_file(office, path=path, kind=kind, sheet=sheet, heading_row=row),
            on_done=self._opened,
            on_refused=self._refused,
            latest="file",
        )

    def _refused(self, error: DeskError) -> None:
        self.choose.rest()
        self.shell.cannot(error)

    def _opened(self, opened: Opened) -> None:
        self.choose.rest()
        kept = self._mapped.get((opened.kind.key, opened.table.headings))
        name = self.path.name if self.path else ""
        self.mapping.show_file(name, opened, opened.columns if kept is None else kept)
        self.steps.setCurrentWidget(self.mapping)
        self.setFocusProxy(self.mapping.look)
        self.mapping.look.setFocus()

    def _keep_columns(self) -> None:
        opened = self.mapping.opened
        if opened is not None:
            kept = (opened.kind.key, opened.table.headings)
            self._mapped[kept] = self.mapping.columns()

    def _look(self) -> None:
        opened = self.mapping.opened
        if opened is None or not self.mapping.is_whole():
            return
        self._keep_columns()
        job = ImportJob(
            kind=opened.kind.key,
            table=opened.table,
            columns=self.mapping.columns(),
            other_item=self._other_item,
            source=opened.source,
        )
        self.taking.offer(job, opened.kind, self.path)
        self.mapping.look.setEnabled(False)
        self.shell.read(
            imports.preview,
            on_done=self._show_plan,
            on_refused=self._not_looked,
            latest="plan",
            job=job,
        )

    def _not_looked(self, error: DeskError) -> None:
        self.mapping.look.setEnabled(True)
        self.shell.cannot(error)

    def _show_plan(self, plan: ImportPlan) -> None:
        self.mapping.look.setEnabled(True)
        self.preview.show_plan("看一看：还没有导入", plan, done=False)
        self._show_preview()

    def _show_preview(self) -> None:
        self.steps.setCurrentWidget(self.preview)
        self.setFocusProxy(self.preview.table)
        self.preview.table.setFocus()

    def _stand_for(self, item_code: str) -> None:
        self._other_item = item_code
        self._look()

    def _back_from_preview(self) -> None:
        if self.preview.done:
            self._first()
        else:
            self.steps.setCurrentWidget(self.mapping)
            self.mapping.look.setFocus()

    def _first(self) -> None:
        self._keep_columns()
        self.mapping.opened = None
        self._other_item = ""
        self.preview.other.setCurrentIndex(0)
        self.banner.clear()
        self.steps.setCurrentWidget(self.choose)
        self.setFocusProxy(self.choose.choose)
        self.choose.choose.setFocus()
