"""今日: what is due, whom to serve unasked, today's cases, and one key to each usual item."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.changes import Changes
from desk.domain.registers import ListKind
from desk.services import catalog_views, closing_slip, drafts, requests, today
from desk.services.catalog_views import CatalogView
from desk.services.sync_slip import Slip
from desk.services.views import DraftRow, TodayView
from desk.words.catalog import EXPIRED, UNREADABLE
from ui.notices import Verb
from ui.pages.today.lists import CASES, DUE, PROACTIVE
from ui.pages.today.unfinished import UnfinishedLine
from ui.pages.today.usual_card import UsualCard
from ui.papers import PaperDesk
from ui.printers import Printers, SystemPrinters
from ui.shell import Shell
from ui.widgets.buttons import button
from ui.widgets.cards import Card
from ui.widgets.data_table import HIGH_ROW, DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.widths import side_width

LEFT = 290
EVERY_MINUTE = 60_000
NOBODY_KNOWN = "在这里办过一次事的人就记下了；到了享受补贴的年龄，当月会出现在这里。"
NOBODY_NOW = "已记下 {count:,} 人，本月没有人到享受补贴的年龄。"


class TodayPage(PageFrame):
    """The first page after signing in; every figure is counted from the file."""

    help_text = "左边是快到期的办件，Enter 打开。\n主动服务：本月到龄的人，Enter 直接受理。\nAlt 加数字受理常用事项，F9 受理。\n下班前按“日结单”：当天的件数、编号、备份和经过记录到哪一条，打一张签字装订。"

    def __init__(self, shell: Shell, printers: Printers | None = None) -> None:
        super().__init__()
        self.shell = shell
        self.due = FilledTable(
            DataTable(
                DUE, key=lambda r: r.case_id or r.register, name="待办", row=HIGH_ROW, header=False
            ),
            EmptyState("没有待办", "受理以后，快到期的办件排在这里。"),
        )
        self.proactive = FilledTable(
            DataTable(
                PROACTIVE,
                key=lambda row: (row.person_id, row.item_code),
                name="主动服务",
                row=HIGH_ROW,
                header=False,
            ),
            EmptyState("本月没有人到龄", NOBODY_KNOWN),
        )
        self.cases = FilledTable(
            DataTable(CASES, key=lambda row: row.id, name="今日办件"),
            EmptyState(
                "今天还没有办件", "刷身份证，或按 F9 受理第一件。", "受理", self.main_action
            ),
        )
        self.cases_card = Card("今日办件", " ")
        self.papers = PaperDesk(shell, printers or SystemPrinters(), self)
        self.papers.said.connect(shell.notices.toast)
        self.closing = button("日结单…", self._print_closing, role="link")
        self.usual_card = UsualCard()
        self.unfinished = UnfinishedLine()
        self._lay_out()
        self._connect()
        self._day: date | None = None
        self._warned: date | None = None
        # A program left open overnight has a new day in the morning.
        self._watch = QTimer(self)
        self._watch.setInterval(EVERY_MINUTE)
        self._watch.timeout.connect(self._see_the_day)
        self._watch.start()
        self.setFocusProxy(self.cases.table)

    def refresh(self) -> None:
        self.shell.read(today.today, on_done=self._show, latest="today")
        self.shell.read(drafts.left_behind, on_done=self._show_drafts, latest="drafts")
        self.shell.read(catalog_views.view, on_done=self._warn, latest="catalog")

    def wants(self, changes: Changes) -> bool:
        kept = changes.cases or changes.people or changes.records
        return bool(kept or changes.settings or changes.drafts or changes.rules)

    def main_action(self) -> None:
        self.shell.go("intake")

    def _show(self, view: TodayView) -> None:
        self._day = self.shell.office.today
        self.due.show_rows(view.due)
        if view.people_known:
            self.proactive.empty.text.setText(NOBODY_NOW.format(count=view.people_known))
        else:
            self.proactive.empty.text.setText(NOBODY_KNOWN)
        self.proactive.show_rows(view.proactive)
        self.cases.show_rows(view.cases)
        self.cases_card.aside.setText(
            f"受理 {view.accepted} · 办结 {view.concluded} · 补正 {view.supplements}"
        )
        self.usual_card.show_items(view.usual)

    def _show_drafts(self, rows: Sequence[DraftRow]) -> None:
        self.unfinished.show_drafts(rows, self.shell.office.today)

    def _warn(self, view: CatalogView) -> None:
        """Once a day: the catalogue is past its time, or cannot be read; the counter goes on all the same."""
        words = UNREADABLE if view.unreadable else EXPIRED if view.expired else None
        if words is not None and self._warned != self.shell.office.today:
            self._warned = self.shell.office.today
            self.banner.say(*words, Verb("打开目录", lambda: self.shell.go("catalog")), tone="soon")

    def _see_the_day(self) -> None:
        if self._day is not None and self._day != self.shell.office.today and self.isVisible():
            self.refresh()

    def _connect(self) -> None:
        self.due.table.opened.connect(self._open_due)
        self.cases.table.opened.connect(self._open_case)
        self.proactive.table.opened.connect(self._take_in)
        self.unfinished.taken_up.connect(lambda one: self.shell.go("intake", draft_id=one))
        self.usual_card.chosen.connect(lambda code: self.shell.go("intake", item_code=code))

    def _print_closing(self) -> None:
        def drawn(slip: Slip) -> None:
            self.papers.print_pdf(slip.title, slip.pdf, slip.profile)

        self.shell.write(closing_slip.slip, on_done=drawn, latest="closing")

    def _open_due(self, key: UUID | str) -> None:
        if isinstance(key, UUID):
            self._open_case(key)
        elif key == requests.REGISTER:
            self.shell.go("requests")
        else:
            self._open_list(key, "due")

    def _open_list(self, register: str, kind: ListKind) -> None:
        listed = self.shell.office.catalog.registers[register].list_of(kind)
        self.shell.go("rolls", register=register, list=listed.key if listed else "")

    def _open_case(self, case_id: UUID) -> None:
        self.shell.go("case", case_id=case_id)

    def _take_in(self, who: tuple[UUID, str]) -> None:
        person_id, item_code = who
        rows = self.proactive.table.rows.rows
        row = next(row for row in rows if (row.person_id, row.item_code) == who)
        if row.register:
            self._open_list(row.register, "raise")
        else:
            self.shell.go("intake", person_id=person_id, item_code=item_code)

    def _lay_out(self) -> None:
        due_card = Card("待办", "按期限排序")
        due_card.body.addWidget(self.due)
        people_card = Card("主动服务", "本月到龄")
        people_card.body.addWidget(self.proactive)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(due_card, 7)
        column.addWidget(people_card, 4)
        left.setFixedWidth(side_width(LEFT))
        # Here, where the list gives way: across the page it would push the usual items off a low screen.
        self.cases_card.head.addWidget(self.closing)
        self.cases_card.body.addWidget(self.unfinished)
        self.cases_card.body.addWidget(self.cases, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(left)
        row.addWidget(self.cases_card, 1)
        row.addWidget(self.usual_card)
        self.body.addLayout(row)
