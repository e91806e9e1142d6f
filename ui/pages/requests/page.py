"""网上申请: what waits, what became of the rest, and the file that answers."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout

from desk.changes import Changes
from desk.services import request_answers, requests, revealing
from desk.services.request_views import AnswersWritten, RequestRow
from ui.pages.requests.panel import RequestPanel
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.data_table import HIGH_ROW, DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.table_model import Cell, Column

COLUMNS: tuple[Column[RequestRow], ...] = (
    Column("收到", 100, lambda row: Cell(row.came_on), spare=1),
    Column("申请人", 110, lambda row: Cell(row.name, hint=row.name)),
    Column(
        "申请",
        200,
        lambda row: Cell(row.item or "没有写事项", second=row.wanted, hint=row.wanted),
        stretch=True,
    ),
    Column("办件", 100, lambda row: Cell(row.case_no), spare=2),
    Column("状态", 84, lambda row: Cell(row.state_label, tone=row.tone)),
)


class RequestsPage(PageFrame):
    """F9 takes the chosen request up, or opens the case it became."""

    help_text = (
        "待处理的排在前面；选一条，右边是居民的原话。\n"
        "F9 受理：人和事项自动填好，办完自动记到这条申请上；办不了的写明原因。\n"
        "“写出答复”把办得怎样写成文件，带回去给小程序。"
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.table = DataTable(COLUMNS, key=lambda row: row.id, name="网上申请", row=HIGH_ROW)
        self.list = FilledTable(
            self.table,
            EmptyState(
                "还没有网上申请", "小程序导出的申请文件，从“导入”收进来。", "导入申请", self._import
            ),
        )
        self.panel = RequestPanel()
        self.count = label("", "second")
        self.answer = button("写出答复…", self._answer)
        self._lay_out()
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _key: self.main_action())
        self.panel.take_asked.connect(self._take)
        self.panel.refuse_asked.connect(self._refuse)
        self.panel.revealed.asked.connect(self._reveal)
        self.panel.case_asked.connect(self._open_case)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        self.shell.read(requests.listed, on_done=self._show, latest="requests")

    def wants(self, changes: Changes) -> bool:
        return bool(changes.records or changes.cases)

    def main_action(self) -> None:
        row = self.panel.row
        if row is not None and row.state == "new":
            self._take()
        else:
            self._open_case()

    def _show(self, rows: tuple[RequestRow, ...]) -> None:
        self.list.show_rows(rows)
        waiting = sum(row.state == "new" for row in rows)
        self.count.setText(f"待处理 {waiting:,} 条" if rows else "")
        self.answer.setEnabled(any(row.state in ("taken", "refused") for row in rows))
        if self.table.chosen_key() is None and rows:
            self.table.choose(rows[0].id)
        self._chosen(self.table.chosen_key())

    def _chosen(self, key: UUID | None) -> None:
        rows: tuple[RequestRow, ...] = self.table.rows.rows
        self.panel.show_row(next((row for row in rows if row.id == key), None))

    def _reveal(self, request_id: UUID, purpose: str) -> None:
        self.shell.write(
            revealing.of_request,
            on_done=partial(self.panel.revealed.show_values, request_id),
            request_id=request_id,
            purpose=purpose,
        )

    def _take(self) -> None:
        if self.panel.row is not None:
            self.shell.go("intake", request_id=self.panel.row.id)

    def _refuse(self, reason: str) -> None:
        row = self.panel.row
        if row is not None:
            self.shell.write(
                requests.refuse,
                on_done=lambda _: self._refused(),
                request_id=row.id,
                version=row.version,
                reason=reason,
            )

    def _refused(self) -> None:
        self.shell.notices.toast("已记下不受理，写出答复时会告诉居民。")
        self.refresh()

    def _open_case(self) -> None:
        if self.panel.row is not None and self.panel.row.case_id is not None:
            self.shell.go("case", case_id=self.panel.row.case_id)

    def _answer(self) -> None:
        folder = self.shell.notices.choose_folder("答复写到哪个文件夹")
        if folder is not None:
            self.shell.write(request_answers.write, on_done=self._answered, folder=folder)

    def _answered(self, written: AnswersWritten) -> None:
        names = "、".join(written.files)
        self.shell.notices.toast(f"已写出 {written.answers:,} 条答复：{names}")
        self.refresh()

    def _import(self) -> None:
        self.shell.go("importing", kind="requests")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(label("网上申请", "heading"))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(button("导入申请…", self._import))
        head.addWidget(self.answer)
        card = Card()
        card.body.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(card, 1)
        row.addWidget(self.panel)
        self.body.addLayout(head)
        self.body.addLayout(row, 1)
