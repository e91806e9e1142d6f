"""待裁: fields a desk and the county wrote differently, and the county's orders with what became of them."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from desk.changes import Changes
from desk.errors import DeskError
from desk.services import hub_disputes, orders
from desk.services.hub_disputes import Dispute, Disputes
from desk.services.order_rows import OrderRow
from ui.notices import Banner
from ui.shell import Shell
from ui.widgets.cards import Card, label
from ui.widgets.conflict_box import ConflictBox
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import PageFrame
from ui.widgets.tab_row import TabRow
from ui.widgets.table_model import Cell, Column

HOW = "要对某一件提要求：在上面的搜索框里找到它，按 Enter 打开。"
CONFLICTS, ORDERS = "待裁的冲突", "县里的要求"


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
        self.said = Banner()
        self.stack = QStackedWidget()
        self.tabs = TabRow((CONFLICTS, ORDERS))
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        self.shell.read(hub_disputes.disputes, on_done=self._show, latest="disputes")

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

    def _tell(self) -> None:
        """The chosen conflict with both values, or what was said of the chosen order."""
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
        for filled in (self.disputes, self.orders):
            filled.table.chosen.connect(lambda _key: self._tell())
            filled.table.opened.connect(self._open)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.tabs, 1)
        row.addWidget(label("按 Enter 打开这件", "hint"))
        for filled in (self.disputes, self.orders):
            self.stack.addWidget(filled)
        card = Card()
        card.body.addLayout(row)
        card.body.addWidget(self.stack, 1)
        card.body.addWidget(self.said)
        self.body.addWidget(self.box)
        self.body.addWidget(card, 1)
