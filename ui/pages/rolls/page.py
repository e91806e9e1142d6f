"""名册: the lists of a register, one person of them at the right, and what can be done about him."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.changes import Changes
from desk.errors import DeskError
from desk.services import revealing, roll_changes, rolls
from desk.services.roll_views import (
    RollChoice,
    RollEntry,
    RollFilter,
    RollKey,
    RollPage,
    RollRow,
    RollTotals,
)
from ui.pages.rolls.deeds import RollDeeds
from ui.pages.rolls.filters import RollFilters
from ui.pages.rolls.output import RollOutput
from ui.pages.rolls.panel import RollPanel
from ui.pages.rolls.tables import NOBODY, RollTables
from ui.printers import Printers, SystemPrinters
from ui.shell import Shell
from ui.theme import factor, px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.data_table import DataTable
from ui.widgets.page_frame import GAP, PageFrame

PAGE = 50
NOT_FOUND = "没有这样的人"


class RollsPage(PageFrame):
    """F6. F9 does the first thing that can be done about the chosen one."""

    help_text = (
        "先选名册，再选名单；↑ ↓ 选一人，右边写明情况和能办的事。\n"
        "F9 或 Enter 办第一件；升档名单可以一次全部升档。\n"
        "Ctrl P 打印现在列出的名单，导出表格也是这些人。"
    )

    def __init__(self, shell: Shell, printers: Printers | None = None) -> None:
        super().__init__()
        self.shell = shell
        self.filters = RollFilters(self)
        self.output = RollOutput(
            shell, self.filters.wanted, self._title, printers or SystemPrinters(), self
        )
        self.tables = RollTables(self.filters)
        self.panel = RollPanel()
        self.deeds = RollDeeds(shell, self.filters, self.panel, self.rows, self)
        self.count = label("", "second")
        self.imports = button(
            "导入名单…", lambda: shell.go("importing", kind=self.filters.register.key)
        )
        self.raise_all = button("全部升档", self.deeds.ask_raise_all, role="primary")
        self._wants: dict[str, object] = {}
        self._choose: UUID | None = None
        self._lay_out()
        self.raise_all.hide()
        self.filters.changed.connect(self._look_anew)
        self.deeds.done.connect(self.refresh)
        self.panel.revealed.asked.connect(partial(_reveal, self))
        self.tables.chosen.connect(self._chosen)
        self.tables.opened.connect(self.main_action)
        self.tables.more_wanted.connect(self._read_more)

    @property
    def table(self) -> DataTable:
        """The table shown."""
        return self.tables.filled().table

    def rows(self) -> tuple[RollRow, ...]:
        """The lines read so far."""
        return self.table.rows.rows

    def opened(self, **facts: object) -> None:
        """With `register` and `list` that list, with `record_id` that entry chosen."""
        if not facts:
            return
        self._wants = facts
        chosen = facts.get("record_id")
        self._choose = chosen if isinstance(chosen, UUID) else None
        self.make_stale()

    def refresh(self) -> None:
        self.shell.read(rolls.registers, on_done=self._offer, latest="registers")

    def wants(self, changes: Changes) -> bool:
        return bool(changes.records or changes.people or changes.cases)

    def main_action(self) -> None:
        self.deeds.main()

    def print_action(self) -> None:
        if self.filters.choices:
            self.output.print_list()

    def go_back(self) -> bool:
        return self.panel.close_form() or super().go_back()

    # Reading

    def _offer(self, choices: tuple[RollChoice, ...]) -> None:
        self.filters.offer(choices, self.shell.office.today)
        wanted, self._wants = self._wants, {}
        if wanted:
            self.filters.open_with(str(wanted.get("register") or ""), str(wanted.get("list") or ""))
        self._read(max(PAGE, self.table.rows.rowCount()))

    def _look_anew(self) -> None:
        self.panel.close_form()
        self._read(PAGE)

    def _read(self, limit: int) -> None:
        wanted = self.filters.wanted()
        self.tables.show_list()
        item = self.shell.office.catalog.item(self.filters.register.item)
        self.output.notice.setVisible(item.limits.publicity_days > 0)
        self.setFocusProxy(self.table)
        self.shell.read(
            rolls.page,
            on_done=partial(self._show, wanted),
            latest="page",
            wanted=wanted,
            limit=limit,
        )
        self.shell.read(
            rolls.counts,
            on_done=self.filters.lists.show_counts,
            latest="counts",
            register=wanted.register,
        )
        if self.filters.shown.kind == "changes":
            self.shell.read(
                roll_changes.totals,
                on_done=self._show_totals,
                latest="totals",
                register=wanted.register,
                month_wanted=wanted.month,
            )

    def _show(self, wanted: RollFilter, page: RollPage) -> None:
        if wanted != self.filters.wanted():
            return
        filled = self.tables.filled()
        narrowed = bool(wanted.text or wanted.tier or wanted.place)
        filled.empty.say(NOT_FOUND if narrowed else NOBODY, self.filters.shown.empty)
        filled.show_rows(page.rows, page.last)
        if self._choose is not None:
            filled.table.choose(self._choose)
            self._choose = None
        if filled.table.chosen_key() is None and page.rows:
            filled.table.choose(page.rows[0].id)
        self._chosen(filled.table.chosen_key())
        self._say_count()

    def _say_count(self) -> None:
        rows, kind = self.table.rows, self.filters.shown.kind
        more = "" if rows.ended else "以上"
        if kind != "changes":
            self.count.setText(f"共 {rows.rowCount():,} 人{more}")
        self.raise_all.setVisible(kind == "raise" and rows.rowCount() > 0)
        self.raise_all.setText(f"全部升档 {rows.rowCount()} 人")

    def _show_totals(self, totals: RollTotals) -> None:
        if self.filters.shown.kind != "changes":
            return
        paid = f" · 应发 {totals.total} 元" if totals.total else ""
        self.count.setText(f"上月 {totals.before:,} 人 · 本月 {totals.after:,} 人{paid}")

    def _read_more(self, after: RollKey) -> None:
        filled = self.tables.filled()

        def add(page: RollPage) -> None:
            filled.table.rows.add_page(after, page.rows, page.last)
            self._say_count()

        def refused(error: DeskError) -> None:
            filled.table.rows.more_failed()
            self.shell.cannot(error)

        self.shell.read(
            rolls.page,
            on_done=add,
            on_refused=refused,
            latest="more",
            wanted=self.filters.wanted(),
            after=after,
            limit=PAGE,
        )

    def _chosen(self, key: object) -> None:
        row = self._row(key)
        if row is None:
            self.panel.show_entry(None)
            return

        def show(entry: RollEntry) -> None:
            if self.table.chosen_key() == row.id:
                self.panel.show_entry(entry)

        self.shell.read(
            rolls.entry, on_done=show, latest="entry", wanted=self.filters.wanted(), row=row
        )

    def _row(self, key: object) -> RollRow | None:
        return next((row for row in self.rows() if row.id == key), None)

    # Layout

    def _title(self) -> str:
        return f"{self.filters.register.label}{self.filters.shown.label}名单"

    def _lay_out(self) -> None:
        # With large text the buttons do not fit beside the registers.
        one_line = factor() == 1.0
        upper, lists, lower = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        narrow = lists if one_line else lower
        for row in (upper, lists, lower):
            row.setSpacing(px(8))
        upper.addWidget(self.filters.registers)
        upper.addStretch(1)
        upper.addWidget(self.count)
        for made in (self.output.notice, self.imports, self.output.save, self.output.print):
            upper.addWidget(made)
        lists.addWidget(self.filters.lists)
        for combo in self.filters.combos():
            narrow.addWidget(combo)
        narrow.addWidget(self.filters.text, 1)
        narrow.addWidget(self.raise_all)
        if not one_line:
            lists.addStretch(1)
        head = QVBoxLayout()
        head.setSpacing(px(8))
        for row in (upper, lists, lower):
            head.addLayout(row)
        head.addWidget(self.output.strip)
        card = Card()
        card.body.setContentsMargins(px(10), px(4), px(10), px(8))
        card.body.addWidget(self.tables)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(card, 1)
        row.addWidget(self.panel)
        self.body.setSpacing(px(12))
        self.body.addLayout(head)
        self.body.addLayout(row, 1)


def _reveal(page: RollsPage, about: UUID, purpose: str) -> None:
    entry = page.panel.entry
    if entry is None:
        return
    of_entry = entry.row.record_id is not None
    facts: dict[str, Any] = {"record_id" if of_entry else "person_id": about}
    page.shell.write(
        revealing.of_entry if of_entry else revealing.of_person,
        on_done=partial(page.panel.revealed.show_values, about),
        purpose=purpose,
        **facts,
    )
