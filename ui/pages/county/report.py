"""区县汇总: who has reported and who is silent, what is missing, refused or in dispute, and the cases counted."""

from collections.abc import Iterator

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from desk.changes import Changes
from desk.services import hub_report
from desk.services.hub_report import SILENT_DAYS, CountLine, DeskLine, HubReport
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.tab_row import TabRow
from ui.widgets.table_model import Cell, Column
from ui.widgets.widths import side_width

RIGHT = 350
MOST_MISSING = 4
"""Missing numbers named one by one; more are counted."""
COUNTS = ("按社区", "按事项", "按条线", "按月份")
FIGURES = ("窗口", "没有上报", "等缺的包", "退回", "待裁", "办件")


def last_word(line: DeskLine) -> tuple[str, str]:
    """When this window reported last, and the tone of it."""
    if line.silent is None:
        return "没有上报过", "soon"
    when = "今天" if not line.silent else f"{line.silent} 天前"
    return when, "soon" if line.is_silent else "good"


def troubles(line: DeskLine) -> Iterator[str]:
    """What of this window waits for somebody."""
    if line.missing:
        shown = "、".join(map(str, line.missing[:MOST_MISSING]))
        more = f" 等 {len(line.missing)} 个" if len(line.missing) > MOST_MISSING else ""
        yield f"缺第 {shown}{more} 号包"
    if line.conflicts:
        yield f"冲突 {line.conflicts} 处"
    if line.refused:
        yield f"退回 {line.refused} 条"


def _trouble(line: DeskLine) -> Cell:
    told = " · ".join(troubles(line))
    return Cell(told, tone="late" if line.missing or line.conflicts else "soon", hint=told)


def _last(line: DeskLine) -> Cell:
    text, tone = last_word(line)
    return Cell(text, tone=tone, hint=line.last_on)


DESKS: tuple[Column[DeskLine], ...] = (
    Column(
        "窗口", 148, lambda row: Cell(f"{row.name} {row.window} 号", hint=row.site), stretch=True
    ),
    Column("上次上报", 104, _last),
    Column("到第几包", 76, lambda row: Cell(f"{row.packages:,}"), spare=2),
    Column("记录", 84, lambda row: Cell(f"{row.events:,}"), spare=1),
    Column("办件", 66, lambda row: Cell(f"{row.cases:,}")),
    Column("要处理的", 150, _trouble),
)
TOTALS: tuple[Column[CountLine], ...] = (
    Column("", 130, lambda row: Cell(row.label, hint=row.label), stretch=True),
    Column("办件", 84, lambda row: Cell(f"{row.cases:,}")),
    Column("已办结", 84, lambda row: Cell(f"{row.closed:,}")),
)


class ReportPage(PageFrame):
    """F9 counts again."""

    help_text = (
        f"哪个窗口上报了、哪个 {SILENT_DAYS} 天以上没有上报、缺哪一包、退回多少、有没有冲突要裁。\n"
        "右边是办件数，可以按社区、事项、条线、月份看。按 F9 重新统计。"
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.told: HubReport | None = None
        self.figures = {name: label("—", "figure") for name in FIGURES}
        self.head = label("", "second", wrap=True)
        self.desks = FilledTable(
            DataTable(DESKS, key=_key, name="窗口"),
            EmptyState("还没有登记窗口", "到“窗口”页，用社区写出的登记文件登记。"),
        )
        self.totals = FilledTable(
            DataTable(TOTALS, key=lambda row: row.key, name="办件数"),
            EmptyState("还没有办件", "收下上报包以后，这里按社区、事项、条线、月份数。"),
        )
        self.tabs = TabRow(COUNTS)
        self._lay_out()
        self.tabs.turned.connect(lambda _place: self._show_totals())

    def refresh(self) -> None:
        self.shell.read(hub_report.report, on_done=self._show, latest="report")

    def wants(self, changes: Changes) -> bool:
        return changes.packages or bool(changes.cases)

    def main_action(self) -> None:
        self.refresh()

    def _show(self, told: HubReport) -> None:
        self.told = told
        desks = told.desks
        values = (
            len(desks),
            len(told.silent),
            sum(bool(one.missing) for one in desks),
            sum(one.refused for one in desks),
            sum(one.conflicts for one in desks),
            told.cases,
        )
        for figure, value in zip(self.figures.values(), values, strict=True):
            figure.setText(f"{value:,}")
        aside = f"单独存放的可疑文件 {told.set_aside} 个。" if told.set_aside else ""
        made = told.made_at[5:16].replace("T", " ")
        self.head.setText(f"{made} 统计，收下经过记录 {told.events:,} 条。{aside}")
        self.desks.show_rows(desks)
        self._show_totals()

    def _show_totals(self) -> None:
        if self.told is not None:
            told = self.told
            lists = (told.by_community, told.by_item, told.by_line, told.by_month[::-1])
            self.totals.show_rows(lists[self.tabs.place])

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.addWidget(self.head, 1)
        upper.addWidget(button("重新统计", self.main_action, key="F9"))
        figures = QHBoxLayout()
        figures.setSpacing(px(12))
        for name, figure in self.figures.items():
            figures.addWidget(_figure(name, figure), 1)
        desks = Card("窗口", f"{SILENT_DAYS} 天以上没有上报的，请打电话问一问")
        desks.body.addWidget(self.desks, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(desks, 1)
        row.addWidget(self._totals_card())
        self.body.setSpacing(px(12))
        self.body.addLayout(upper)
        self.body.addLayout(figures)
        self.body.addLayout(row, 1)

    def _totals_card(self) -> Card:
        card = Card("办件数", "已收下的")
        card.setFixedWidth(side_width(RIGHT))
        card.body.addWidget(self.tabs)
        card.body.addWidget(self.totals, 1)
        return card


def _key(line: DeskLine) -> tuple[object, ...]:
    # A window may carry on an earlier one's data: both stand in the list.
    return (line.site, line.window, line.last_on, line.packages, line.events)


def _figure(name: str, figure: QLabel) -> Card:
    card = Card()
    card.body.setContentsMargins(px(14), px(8), px(14), px(8))
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(label(name, "label"))
    column.addWidget(figure)
    card.body.addLayout(column)
    return card
