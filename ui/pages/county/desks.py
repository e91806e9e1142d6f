"""窗口: the desks a county knows; a new one is registered after its words or its code were compared."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from desk.changes import Changes
from desk.services import hub_desk_rows, hub_desks
from desk.services.hub_desk_rows import DeskRow, DesksView
from desk.services.hub_desks import Introduction
from ui.pages.county.desk_deeds import DeskDeeds
from ui.pages.county.desk_panel import DeskPanel
from ui.pages.county.enrol_panel import EnrolPanel
from ui.shell import Shell
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.scrolling import scrolling
from ui.widgets.six_words import SixWords
from ui.widgets.table_model import Cell, Column
from ui.widgets.widths import side_width

RIGHT = 384
FILES = "登记文件 (*.bmenrol)"
HOW_OWN = "社区收下公钥文件后会打电话来，请把这六个词按顺序读给对方。"
SAID = {
    "new": "已登记，可以接收这个窗口的上报包",
    "known": "早已登记过，没有变化",
    "renewed": "换过的密钥已登记",
    "successor": "已登记。请把还在路上的 U 盘都收完，再点“补发”",
}

COLUMNS: tuple[Column[DeskRow], ...] = (
    Column(
        "窗口", 150, lambda row: Cell(f"{row.name} {row.window} 号", hint=row.site), stretch=True
    ),
    Column("社区代码", 132, lambda row: Cell(row.site), spare=1),
    Column("登记文件", 100, lambda row: Cell(row.since), spare=2),
    Column("收到第几包", 92, lambda row: Cell(f"{row.seq:,}" if row.seq else "—")),
    Column("状态", 132, lambda row: Cell(row.state, tone=row.tone, hint=row.why)),
)


class DesksPage(PageFrame):
    """F9 registers a desk."""

    help_text = (
        "社区把登记文件送来，按 F9 选它，打电话核对六个词，或扫窗口屏幕上的码，一致才登记。\n"
        "密钥丢了、电脑被偷，停用那个窗口；换了电脑，登记新的，收完路上的 U 盘再补发。"
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.view: DesksView | None = None
        self._code = ""
        self.list = FilledTable(
            DataTable(COLUMNS, key=lambda row: row.key, name="窗口"),
            EmptyState("还没有登记窗口", "社区写出登记文件送来，按 F9 登记。"),
        )
        self.nobody = Card()
        self.nobody.body.addWidget(label("在左边选一个窗口。", "second", wrap=True))
        self.nobody.body.addStretch(1)
        self.register = button("登记窗口…", self.main_action, role="primary", key="F9")
        self.panel = DeskPanel()
        self.enrol = EnrolPanel()
        self.deeds = DeskDeeds(shell, self.panel, self)
        self.side = QStackedWidget()
        self.own = SixWords(large=False)
        self.roots = label("", "second", wrap=True)
        self._lay_out()
        self._connect()

    def opened(self, **facts: object) -> None:
        """`code`: what a scanner read off a window's screen."""
        code = str(facts.get("code") or "")
        if not code:
            return
        if self.side.currentWidget() is self.enrol and self.enrol.told is not None:
            self.enrol.typed.setText(code)
        else:
            self._code = code
            self._find()

    def refresh(self) -> None:
        self.shell.read(hub_desk_rows.desks, on_done=self._show, latest="desks")

    def wants(self, changes: Changes) -> bool:
        return changes.packages

    def main_action(self) -> None:
        if self.side.currentWidget() is self.enrol:
            self.enrol.ask()
            return
        path = self.shell.notices.choose_file("选社区送来的登记文件", FILES)
        if path is not None:
            self.shell.read(hub_desks.introduce, on_done=partial(self._introduced, path), path=path)

    def go_back(self) -> bool:
        if self.side.currentWidget() is self.enrol:
            self._leave()
            return True
        return self.panel.close_question() or super().go_back()

    def _show(self, view: DesksView) -> None:
        self.view = view
        self.roots.setText(view.roots_past)
        self.roots.setVisible(bool(view.roots_past))
        self.own.show_words(f"{view.county}的六个词", view.own_words, HOW_OWN)
        self.list.show_rows(view.rows)
        table = self.list.table
        if table.chosen_key() is None and view.rows:
            table.choose(view.rows[0].key)
        self._find()
        self._chosen()

    def _find(self) -> None:
        """The window whose code was scanned, if it is one of ours."""
        if not self._code or self.view is None:
            return
        code, self._code = self._code, ""
        found = next((row for row in self.view.rows if hub_desk_rows.same(code, row)), None)
        if found is None:
            self.shell.notices.toast("扫到的不是已登记窗口的密钥。要登记它，请先选登记文件")
        else:
            self.list.table.choose(found.key)
            self.shell.notices.toast(f"是 {found.name} {found.window} 号窗口的密钥，{found.state}")

    def _chosen(self) -> None:
        if self.side.currentWidget() is not self.enrol:
            row = self._row()
            self.panel.show_row(row)
            self.side.setCurrentWidget(self.panel_area if row else self.nobody)

    def _row(self) -> DeskRow | None:
        key = self.list.table.chosen_key()
        rows = self.view.rows if self.view else ()
        return next((row for row in rows if row.key == key), None)

    # Registering

    def _introduced(self, path: Path, told: Introduction) -> None:
        self.banner.clear()
        self.enrol.show_introduction(path, told)
        self.side.setCurrentWidget(self.enrol)
        self.register.hide()
        self.enrol.begin()

    def _enrol(self, path: Path) -> None:
        until = self.enrol.until()
        self.shell.write(hub_desks.enrol, on_done=self._enrolled, path=path, until=until)

    def _enrolled(self, told: Introduction) -> None:
        self._leave()
        self.shell.notices.toast(SAID[told.step])
        self.refresh()

    def _leave(self) -> None:
        self.enrol.clear()
        self.register.show()
        self.side.setCurrentWidget(self.nobody)
        self._chosen()

    def _connect(self) -> None:
        self.list.table.chosen.connect(lambda _key: self._chosen())
        self.enrol.agreed.connect(self._enrol)
        self.enrol.left.connect(self._leave)
        self.deeds.stale.connect(self.refresh)

    def _lay_out(self) -> None:
        card = Card("窗口", "在用的排在前面")
        card.body.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.register)
        card.body.addLayout(foot)
        own = Card("区县自己的密钥")
        own.body.addWidget(self.own)
        own.body.addWidget(self.roots)
        own.body.addWidget(button("写出公钥文件…", self.deeds.write_key, role="quiet"))
        self.panel_area = scrolling(self.panel, own, spacing=GAP)
        for part in (self.nobody, self.panel_area, self.enrol):
            self.side.addWidget(part)
        self.side.setFixedWidth(side_width(RIGHT))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(card, 1)
        row.addWidget(self.side)
        self.body.addLayout(row)
