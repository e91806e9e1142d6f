"""到期删除: the list of what is due, erased by two persons; what is held by law; what was erased."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from desk.changes import Changes
from desk.services import erasing, keeping
from desk.services.keeping import DueRow, KeepingView
from desk.services.second_person import Approval
from ui.notices import Verb
from ui.pages.keeping.held_card import HeldCard
from ui.second_person import ask_consent
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.data_table import HIGH_ROW, DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.scrolling import scrolling
from ui.widgets.table_model import Cell, Column
from ui.widgets.widths import side_width

RIGHT = 320
SHOWN = 8
DOUBT = "电脑的日期还没有核对，先不列。请核对日期以后再来。"
STAYS = (
    "删除以后，这件只留编号、事项和日期，“经过”里留一条谁同意删除的记录，改不了也补不回来。"
    "县里的副本收到下一个上报包后删除。备份里的副本随备份到期清掉，最长 12 个月；"
    "其间恢复备份，程序会照原来的决定再删一次。已封好的交换包打不开也改不了，县里确认收到满一年后从本机清掉。"
)
COLUMNS: tuple[Column[DueRow], ...] = (
    Column("编号", 110, lambda row: Cell(row.number, hint=row.number)),
    Column("事项", 170, lambda row: Cell(row.title, second=row.who), stretch=True),
    Column("办结", 96, lambda row: Cell(row.closed), spare=2),
    Column("到期", 96, lambda row: Cell(row.due or "未到期", tone="" if row.due else "soon")),
    Column("类别", 190, lambda row: Cell(row.keep, second=row.wish or row.basis, hint=row.wish)),
)


class KeepingPage(PageFrame):
    """F9 erases the chosen record, once a second person consents."""

    help_text = (
        "保管期限满了的排在这里，县里要求删除的排在最前面。期限从办结那天起按年算，县里可以随目录改。\n"
        "选一条看依据，按 F9 删除；要两个人：你和另一位负责人。打官司、信访、审计要用的，先“依法保留”。"
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.view: KeepingView | None = None
        self.table = DataTable(COLUMNS, key=lambda row: row.id, name="到期删除", row=HIGH_ROW)
        self.list = FilledTable(
            self.table, EmptyState("没有到期的", "保管期限满了的办件和名册条目会列在这里。")
        )
        self.count = label("", "second")
        self.about = label("选一条，看它为什么到期。", "second", wrap=True)
        self.basis = QLineEdit()
        self.basis.setAccessibleName("删除的依据")
        self.basis.setPlaceholderText("依据，如 保管期限已满，经分管领导同意")
        self.one = button("删除这一条", self.main_action, key="F9", role="danger")
        self.all = button("删除全部", self._erase_all)
        self.keep = button("回复县里：先不删", self._decline)
        self.held = HeldCard(shell)
        self.gone = label("", "second", wrap=True)
        self._lay_out()
        self.table.chosen.connect(lambda _key: self._show_chosen())
        self.held.changed.connect(self.refresh)
        self.setFocusProxy(self.table)

    def opened(self, **facts: object) -> None:
        self.make_stale()

    def refresh(self) -> None:
        self.shell.read(keeping.view, on_done=self._show, latest="keeping")

    def wants(self, changes: Changes) -> bool:
        return bool(changes.cases or changes.records)

    def main_action(self) -> None:
        row = self.chosen()
        if row is not None:
            self._erase((row.id,), f"删除 {row.number} {row.title}")

    def chosen(self) -> DueRow | None:
        """The row that is chosen."""
        key = self.table.chosen_key()
        rows: tuple[DueRow, ...] = self.view.due if self.view else ()
        return next((one for one in rows if one.id == key), None)

    def _erase_all(self) -> None:
        rows = self.view.due if self.view else ()
        if rows:
            self._erase(tuple(one.id for one in rows), f"删除列出的全部 {len(rows)} 条")

    def _erase(self, ids: tuple[UUID, ...], title: str) -> None:
        basis = self.basis.text().strip()
        if not basis:
            self.basis.setFocus()
            self.shell.notices.toast("请先写删除的依据，它会留在“经过”里。")
            return

        def consented(approval: Approval) -> None:
            self.shell.write(
                erasing.erase,
                on_done=self._erased,
                ids=ids,
                basis=basis,
                approved_by=approval,
            )

        def go_on() -> None:
            ask_consent(self.shell, title, consented)

        self.shell.notices.ask(
            f"{title}？", STAYS, Verb("请第二个人同意", go_on, "danger"), Verb("先不删")
        )

    def _erased(self, count: int) -> None:
        self.shell.notices.toast(f"已删除 {count} 条。编号、事项和日期还在。")
        self.refresh()

    def _decline(self) -> None:
        row = self.chosen()
        if row is None or not row.order:
            return
        why = self.basis.text().strip()
        if not why:
            self.basis.setFocus()
            self.shell.notices.toast("请先写为什么先不删，县里要看。")
            return
        self.shell.write(
            erasing.decline,
            on_done=lambda _: self._declined(),
            order_id=UUID(hex=row.order),
            why=why,
        )

    def _declined(self) -> None:
        self.shell.notices.toast("已记下，随下一个上报包告诉县里。")
        self.refresh()

    def _show(self, view: KeepingView) -> None:
        self.view = view
        self.list.show_rows(view.due)
        self.count.setText(DOUBT if view.doubt else f"共 {len(view.due):,} 条")
        if self.table.chosen_key() is None and view.due:
            self.table.choose(view.due[0].id)
        lines = [f"{one.day}　{one.number or '—'}　{one.title}" for one in view.erased[:SHOWN]]
        self.gone.setText("\n".join(lines) or "还没有删除过。")
        self.held.show_rows(view.held)
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.chosen()
        some = row is not None
        self.one.setEnabled(some)
        self.all.setEnabled(bool(self.view and self.view.due))
        self.keep.setVisible(row is not None and bool(row.order))
        if row is None:
            self.about.setText("选一条，看它为什么到期。")
            return
        told = (
            f"{row.title}　{row.who}",
            f"{row.closed} 办结，{row.due} 到期" if row.due else f"{row.closed} 办结，期限还没有到",
            f"类别：{row.keep}",
            row.basis,
            row.wish,
        )
        self.about.setText("\n".join(filter(None, told)))
        self.held.offer(row.number, row.id)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(label("到期删除", "heading"))
        head.addWidget(self.count, 1)
        card = Card()
        card.body.setContentsMargins(px(10), px(4), px(10), px(8))
        card.body.addWidget(self.list)
        one = Card("这一条", "两个人同意才删")
        one.body.addWidget(self.about)
        one.body.addWidget(self.basis)
        for verb in (self.one, self.all, self.keep):
            one.body.addWidget(verb, 0, Qt.AlignmentFlag.AlignLeft)
        gone = Card("删除过的", "只留编号、事项、日期")
        gone.body.addWidget(self.gone)
        gone.body.addWidget(label(STAYS, "hint", wrap=True))
        right = scrolling(one, self.held, gone, spacing=GAP)
        right.setFixedWidth(side_width(RIGHT))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(card, 1)
        row.addWidget(right)
        whole = QVBoxLayout()
        whole.setSpacing(px(12))
        whole.addLayout(head)
        whole.addLayout(row, 1)
        self.body.addLayout(whole)
