"""待裁: fields a desk and the county wrote differently, and the county's orders with what became of them."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from desk.changes import Changes
from desk.errors import DeskError
from desk.services import hub_disputes, hub_numbers, orders
from desk.services.hub_disputes import Dispute, Disputes
from desk.services.hub_numbers import Holder, NumberDispute
from desk.services.order_rows import OrderRow
from ui.notices import Banner, Verb
from ui.shell import Shell
from ui.widgets.cards import Card, label
from ui.widgets.conflict_box import ConflictBox
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import PageFrame
from ui.widgets.tab_row import TabRow
from ui.widgets.table_model import Cell, Column

HOW = "要对某一件提要求：在上面的搜索框里找到它，按 Enter 打开。"
CONFLICTS, ORDERS, NUMBERS = "待裁的冲突", "县里的要求", "重号"


def _moment(at: str) -> Cell:
    return Cell(at[5:16].replace("T", " ") or "—", quiet=not at, hint=at[:16].replace("T", " "))


def _ruling(one: Dispute) -> Cell:
    return Cell(f"已裁：{one.ruled}", tone="action") if one.ruled else Cell("待裁", tone="late")


DISPUTES: tuple[Column[Dispute], ...] = (
    Column("窗口", 104, lambda one: Cell(one.row.hall, hint=one.row.hall), spare=2),
    Column("编号", 104, lambda one: Cell(one.row.short_no)),
    Column("申请人", 84, lambda one: Cell(one.row.applicant, hint=one.row.item_name)),
    Column("哪一项", 110, lambda one: Cell(one.row.label)),
    Column("社区的值", 120, lambda one: Cell(one.row.ours, hint=one.row.ours), stretch=True),
    Column("县里的值", 130, lambda one: Cell(one.row.theirs, hint=one.row.theirs), spare=1),
    Column("裁定", 150, _ruling),
)
GIVEN: tuple[Column[OrderRow], ...] = (
    Column("窗口", 104, lambda row: Cell(row.hall, hint=row.hall), spare=2),
    Column("编号", 104, lambda row: Cell(row.short_no)),
    Column("申请人", 84, lambda row: Cell(row.applicant, hint=row.item_name)),
    Column("要求", 150, lambda row: Cell(row.what, hint=row.what), stretch=True),
    Column("结果", 122, lambda row: Cell(row.state, tone=row.tone)),
    Column("提出", 108, lambda row: _moment(row.given_at), spare=1),
)


def _bearer(one: Holder) -> Cell:
    told = f"{one.hall} {one.window} 号窗口 {one.applicant} {one.item_name}"
    return Cell(told, hint=f"{told}，{one.opened_at[:16].replace('T', ' ')} 收件")


def _keeper(one: NumberDispute) -> Cell:
    if not one.keeps:
        return Cell("待定", tone="late")
    return Cell("定给前一件" if one.keeps == "first" else "定给后一件", tone="action")


TWICE: tuple[Column[NumberDispute], ...] = (
    Column("编号", 124, lambda one: Cell(one.spoken, hint=one.number)),
    Column("前一件", 180, lambda one: _bearer(one.first), stretch=True),
    Column("后一件", 180, lambda one: _bearer(one.second), stretch=True),
    Column("定给谁", 104, _keeper),
)


class DisputesPage(PageFrame):
    """Nothing is chosen beforehand; what is decided goes to the desk as an order, with the next stick."""

    help_text = (
        "社区和县里把同一项填得不一样，两边的值都留着，请核实后裁一个。裁定随下一个 U 盘到社区，社区先定了的以社区为准。\n"
        f"{HOW}"
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.told = Disputes((), ())
        self.box = ConflictBox("社区")
        self.disputes = FilledTable(
            DataTable(DISPUTES, key=lambda one: one.row.id, name=CONFLICTS),
            EmptyState("没有要裁的", "社区和县里填得不一样的，收下上报包以后在这里。"),
        )
        self.orders = FilledTable(
            DataTable(GIVEN, key=lambda row: row.id, name=ORDERS),
            EmptyState("县里还没有提过要求", HOW),
        )
        self.numbers = FilledTable(
            DataTable(TWICE, key=lambda one: (one.number, one.second.case_id), name=NUMBERS),
            EmptyState("没有重号", "两台电脑给出同一个编号的，两件都在这里，核实后定给一件。"),
        )
        self.twice: tuple[NumberDispute, ...] = ()
        self.said = Banner()
        self.stack = QStackedWidget()
        self.tabs = TabRow((CONFLICTS, ORDERS, NUMBERS))
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        self.shell.read(hub_disputes.disputes, on_done=self._show, latest="disputes")
        self.shell.read(hub_numbers.disputes, on_done=self._show_numbers, latest="numbers")

    def wants(self, changes: Changes) -> bool:
        return changes.packages or bool(changes.cases)

    def _show(self, told: Disputes) -> None:
        self.told = told
        self.disputes.show_rows(told.waiting)
        self.orders.show_rows(told.orders)
        waiting = sum(not one.ruled for one in told.waiting)
        self.tabs.tabs[0].setText(f"{CONFLICTS} {waiting}" if waiting else CONFLICTS)
        table = self.disputes.table
        if table.chosen_key() is None and told.waiting:
            table.choose(told.waiting[0].row.id)
        self._tell()

    def _show_numbers(self, twice: tuple[NumberDispute, ...]) -> None:
        self.twice = twice
        self.numbers.show_rows(twice)
        waiting = sum(not one.keeps for one in twice)
        self.tabs.tabs[2].setText(f"{NUMBERS} {waiting}" if waiting else NUMBERS)
        table = self.numbers.table
        if table.chosen_key() is None and twice:
            table.choose((twice[0].number, twice[0].second.case_id))
        self._tell()

    def _number(self) -> NumberDispute | None:
        key = self.numbers.table.chosen_key()
        return next((one for one in self.twice if (one.number, one.second.case_id) == key), None)

    def _tell_number(self) -> None:
        """Both cases of the chosen number, and to whom it may be given."""
        one = self._number()
        self.box.show_conflict(None)
        if one is None or one.keeps:
            self.said.clear()
            return
        lines = (f"前一件：{_bearer(one.first).text}", f"后一件：{_bearer(one.second).text}")
        self.said.say(
            f"编号 {one.number} 两件都用了，请核实后定给一件",
            "\n".join(lines),
            Verb("定给前一件", partial(self._rule, "first")),
            Verb("定给后一件", partial(self._rule, "second")),
            tone="late",
        )

    def _rule(self, keeps: str) -> None:
        one = self._number()
        if one is not None:
            self.shell.write(
                hub_numbers.rule,
                on_done=lambda _: self._decided(),
                on_refused=self._refused,
                number=one.number,
                second=one.second.case_id,
                keeps=keeps,
            )

    def _tell(self) -> None:
        """The chosen conflict with both values, or what was said of the chosen order."""
        if self.stack.currentIndex() == 2:
            self._tell_number()
            return
        first = self.stack.currentIndex() == 0
        one = self._dispute() if first else None
        self.box.show_conflict(one.row if one and not one.ruled else None, named=True)
        row = None if first else self._order()
        if row is None or not (row.why or row.reason):
            self.said.clear()
            return
        lines = (f"理由：{row.reason}" if row.reason else "", row.why)
        self.said.say(f"{row.given_by}：{row.what}", "\n".join(filter(None, lines)), tone=row.tone)

    def _dispute(self) -> Dispute | None:
        key = self.disputes.table.chosen_key()
        return next((one for one in self.told.waiting if one.row.id == key), None)

    def _order(self) -> OrderRow | None:
        key = self.orders.table.chosen_key()
        return next((row for row in self.told.orders if row.id == key), None)

    def _decide(self, conflict_id: object, choice: str) -> None:
        self.shell.write(
            orders.give_decision,
            on_done=lambda _: self._decided(),
            on_refused=self._refused,
            conflict_id=conflict_id,
            choice=choice,
        )

    def _decided(self) -> None:
        self.shell.notices.toast("已裁定，下次接收时随回执写给社区")
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self.shell.cannot(error)
        self.refresh()

    def _open(self, _key: object) -> None:
        if self.stack.currentIndex() == 2:
            if (twice := self._number()) is not None:
                self.shell.go("order", case_id=twice.second.case_id)
            return
        one = self._dispute() if self.stack.currentIndex() == 0 else None
        row = one.row if one else self._order()
        if row is not None:
            self.shell.go("order", case_id=row.case_id)

    def _turn(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self._tell()

    def _connect(self) -> None:
        self.tabs.turned.connect(self._turn)
        self.box.decided.connect(self._decide)
        for filled in (self.disputes, self.orders, self.numbers):
            filled.table.chosen.connect(lambda _key: self._tell())
            filled.table.opened.connect(self._open)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.tabs, 1)
        row.addWidget(label("按 Enter 打开这件", "hint"))
        for filled in (self.disputes, self.orders, self.numbers):
            self.stack.addWidget(filled)
        card = Card()
        card.body.addLayout(row)
        card.body.addWidget(self.stack, 1)
        card.body.addWidget(self.said)
        self.body.addWidget(self.box)
        self.body.addWidget(card, 1)
