"""办件: the list, read page by page as far as the clerk scrolls, with the due date of the chosen one explained."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.changes import Changes
from desk.services import case_views
from desk.services.case_views import DueStory
from desk.services.views import CaseFilter, CasePage
from ui.pages.cases.columns import COLUMNS
from ui.pages.cases.due_panel import DuePanel
from ui.pages.cases.filters import Filters
from ui.pages.cases.ledger_export import LedgerExport
from ui.shell import Shell
from ui.theme import px
from ui.widgets.cards import Card, label
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import GAP, PageFrame

PAGE = 50


class CasesPage(PageFrame):
    """F3. Enter opens a case; what was chosen and looked at stays where it is when the list is read again."""

    help_text = "↑ ↓ 选一件，Enter 打开。\n上面的按钮和下拉框缩小范围，右边写明期限怎样算。\n导出台账，导出的就是现在列出的这些。"

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        catalog = shell.office.catalog
        lines = [(line.key, line.label) for line in catalog.lines]
        states = {
            state.key: state.label
            for workflow in catalog.workflows.values()
            for state in workflow.states.values()
            if state.key != workflow.start
        }
        self.filters = Filters(shell.office.today, lines, states.items(), self)
        self.export = LedgerExport(shell, self.filters.wanted, self)
        self.table = DataTable(COLUMNS, key=lambda row: row.id, name="办件")
        self.empty = EmptyState("没有这样的办件", "换一个范围看看，或者按 F2 受理一件。")
        self.list = FilledTable(self.table, self.empty)
        self.due = DuePanel()
        self.count = label("", "second")
        self._counts: dict[str, int] = {}
        self._lay_out()
        self.filters.changed.connect(self._look_anew)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._chosen)
        self.table.rows.more_wanted.connect(self._read_more)
        self.setFocusProxy(self.table)

    def opened(self, **facts: object) -> None:
        if "group" in facts or "text" in facts:
            self.filters.open_with(str(facts.get("group") or ""), str(facts.get("text") or ""))
            self.make_stale()

    def refresh(self) -> None:
        self.filters.today = self.shell.office.today
        self.shell.read(
            case_views.operators, on_done=self.filters.show_operators, latest="operators"
        )
        self._read(max(PAGE, len(self.table.rows.rows)))

    def wants(self, changes: Changes) -> bool:
        return bool(changes.cases or changes.people or changes.packages)

    def main_action(self) -> None:
        self._open(self.table.chosen_key())

    def _look_anew(self) -> None:
        self._read(PAGE)

    def _read(self, limit: int) -> None:
        wanted = self.filters.wanted()
        self.shell.read(
            case_views.page,
            on_done=partial(self._show, wanted),
            latest="page",
            wanted=wanted,
            limit=limit,
        )
        self.shell.read(
            case_views.counts, on_done=self._show_counts, latest="counts", wanted=wanted
        )

    def _show(self, wanted: CaseFilter, page: CasePage) -> None:
        self.list.show_rows(page.rows, page.last)
        if self.table.chosen_key() is None and page.rows:
            self.table.choose(page.rows[0].id)
        elif self.table.chosen_key() is not None:
            self._chosen(self.table.chosen_key())
        self._say_count(wanted)

    def _read_more(self, after: UUID) -> None:
        wanted = self.filters.wanted()

        def add(page: CasePage) -> None:
            self.table.rows.add_page(after, page.rows, page.last)
            self._say_count(wanted)

        def refused(error: Exception) -> None:
            self.table.rows.more_failed()
            self.shell.cannot(error)  # type: ignore[arg-type]

        self.shell.read(
            case_views.page,
            on_done=add,
            on_refused=refused,
            latest="more",
            wanted=wanted,
            after=after,
            limit=PAGE,
        )

    def _show_counts(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self.filters.show_counts(counts)
        self._say_count(self.filters.wanted())

    def _say_count(self, wanted: CaseFilter) -> None:
        """The count knows nothing of words looked for nor of the way to the county; then what is listed is counted."""
        rows = self.table.rows
        if not wanted.text and not wanted.sync:
            self.count.setText(f"共 {self._counts.get(wanted.group, 0):,} 件")
        elif rows.ended:
            self.count.setText(f"找到 {rows.rowCount():,} 件")
        else:
            self.count.setText(f"找到 {rows.rowCount():,} 件以上")

    def _chosen(self, case_id: UUID | None) -> None:
        if case_id is None:
            self.due.show_story(None)
            return

        def show(story: DueStory) -> None:
            if self.table.chosen_key() == case_id:
                self.due.show_story(story)

        self.shell.read(case_views.due_story, on_done=show, latest="due", case_id=case_id)

    def _open(self, case_id: UUID | None) -> None:
        if case_id is not None:
            self.shell.go("case", case_id=case_id)

    def _lay_out(self) -> None:
        upper, choices = QHBoxLayout(), QHBoxLayout()
        for row in (upper, choices):
            row.setSpacing(px(8))
        for chip in self.filters.chips.values():
            upper.addWidget(chip)
        for combo in self.filters.combos():
            choices.addWidget(combo)
        choices.addWidget(self.filters.text, 1)
        upper.addStretch(1)
        upper.addWidget(self.count)
        upper.addWidget(self.export.button)
        head = QVBoxLayout()
        head.setSpacing(px(8))
        head.addLayout(upper)
        head.addLayout(choices)
        head.addWidget(self.filters.own_days)
        head.addWidget(self.export.files.strip)
        card = Card()
        card.body.setContentsMargins(px(10), px(4), px(10), px(8))
        card.body.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(card, 1)
        row.addWidget(self.due)
        self.body.setSpacing(px(12))
        self.body.addLayout(head)
        self.body.addLayout(row, 1)
