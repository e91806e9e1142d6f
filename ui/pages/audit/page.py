"""审计: what was done that is no change of a case, newest first; and the chain looked at again on asking."""

from uuid import UUID

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QHBoxLayout

from desk.changes import Changes
from desk.errors import Cancelled, DeskError
from desk.services import audit_views, chain
from desk.services.audit_views import AuditChoices, AuditFilter, AuditKey, AuditPage, AuditRow
from desk.services.chain import ChainReport
from ui.shell import Shell
from ui.tasks import Task
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import PageFrame
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.table_model import Cell, Column

PAGE = 50
COLUMNS: tuple[Column[AuditRow], ...] = (
    Column("时间", 156, lambda row: Cell(row.at)),
    Column("做了什么", 150, lambda row: Cell(row.label)),
    Column("谁", 84, lambda row: Cell(row.who)),
    Column("对象", 170, lambda row: Cell(row.about, hint=row.about), spare=2),
    Column("用途", 120, lambda row: Cell(row.purpose), spare=3),
    Column(
        "内容", 150, lambda row: Cell(row.facts, hint=row.facts, quiet=True), stretch=True, spare=1
    ),
    Column("序号", 72, lambda row: Cell(f"{row.n:,}", quiet=True), spare=4),
)


class AuditRecordPage(PageFrame):
    """F9 looks at the whole chain again."""

    help_text = (
        "这里只看不改：谁在什么时候登录、查看、导出、打印、导入、换密钥，最新的在前。\n"
        "可以按事项、人员、日期找。\n"
        "F9 核对全部经过记录：有人改过、删过或插过一条，都会指出是第几条。"
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.what, self.who = QComboBox(), QComboBox()
        self.by_day, self.day = QCheckBox("只看这一天"), QDateEdit()
        self.check = button("核对全部记录", self.main_action, key="F9", role="primary")
        self.strip = ProgressStrip()
        self.table = DataTable(COLUMNS, key=lambda row: row.id, name="审计记录")
        self.list = FilledTable(
            self.table, EmptyState("没有这样的记录", "换一个事项、人员或日期再看。")
        )
        self._task: Task | None = None
        self._lay_out()
        self.what.addItem("全部事项", "")
        self.who.addItem("全部人员", None)
        self.what.currentIndexChanged.connect(self._read)
        self.who.currentIndexChanged.connect(self._read)
        self.by_day.toggled.connect(self._read)
        self.day.dateChanged.connect(self._read)
        self.table.rows.more_wanted.connect(self._read_more)
        self.strip.cancel_asked.connect(self._stop)
        self.setFocusProxy(self.table)

    def opened(self, **facts: object) -> None:
        self.make_stale()

    def refresh(self) -> None:
        self.shell.read(audit_views.choices, on_done=self._offer, latest="choices")
        self._read()

    def wants(self, changes: Changes) -> bool:
        return bool(changes)

    def main_action(self) -> None:
        """Look at the whole chain again."""
        if self._task is not None:
            return
        self.check.setEnabled(False)
        self.strip.start("正在核对经过记录……")
        operations = self.shell.operations
        # On the file pool: over years of cases it takes a while, and other pages go on reading.
        self._task = operations.run(
            "files",
            operations.call(chain.check_whole, {}, watched=True),
            cannot=self._not_checked,
            on_done=self._checked,
            on_progress=lambda done, total, _text: self.strip.tell(
                done, total, f"已核对 {done:,} 条，共 {total:,} 条"
            ),
        )

    def put_away(self) -> None:
        self._stop()

    def wanted(self) -> AuditFilter:
        """What the filters ask for."""
        operator = self.who.currentData()
        day = self.day.date().toPython() if self.by_day.isChecked() else None
        return AuditFilter(
            what=self.what.currentData() or "",
            operator=operator if isinstance(operator, UUID) else None,
            day=day,  # type: ignore[arg-type]
        )

    def _offer(self, choices: AuditChoices) -> None:
        deeds = [(one.label, one.code) for one in choices.deeds]
        people = [(name, one) for one, name in choices.operators]
        for combo, offered in ((self.what, deeds), (self.who, people)):
            known = {combo.itemData(place) for place in range(combo.count())}
            for text, data in offered:
                if data not in known:
                    combo.addItem(text, data)

    def _read(self) -> None:
        self.day.setEnabled(self.by_day.isChecked())
        self.shell.read(
            audit_views.page, on_done=self._show, latest="page", wanted=self.wanted(), limit=PAGE
        )

    def _show(self, page: AuditPage) -> None:
        self.list.show_rows(page.rows, page.last)

    def _read_more(self, after: AuditKey) -> None:
        def add(page: AuditPage) -> None:
            self.table.rows.add_page(after, page.rows, page.last)

        def refused(error: DeskError) -> None:
            self.table.rows.more_failed()
            self.shell.cannot(error)

        self.shell.read(
            audit_views.page,
            on_done=add,
            on_refused=refused,
            latest="more",
            wanted=self.wanted(),
            after=after,
            limit=PAGE,
        )

    def _checked(self, report: ChainReport) -> None:
        self._rest()
        if report.faults:
            self.strip.end(f"核对了 {report.events:,} 条，有不对的地方。")
            title = "经过记录有被动过的地方，先不要删改任何文件，请联系县里的技术人员"
            self.shell.notices.banner(self.banner, title, "；".join(report.faults))
        else:
            self.strip.end(f"核对了 {report.events:,} 条，一条不缺，没有被改动过。")
        self.shell.write(chain.keep, on_done=lambda _: self._read(), report=report)

    def _not_checked(self, error: DeskError) -> None:
        self._rest()
        self.strip.clear()
        if not isinstance(error, Cancelled):
            self.shell.cannot(error)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _rest(self) -> None:
        self._task = None
        self.check.setEnabled(True)

    def _lay_out(self) -> None:
        today = self.shell.office.today
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        for made, name in ((self.what, "事项"), (self.who, "人员"), (self.day, "日期")):
            made.setAccessibleName(name)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(label("审计", "heading"))
        head.addStretch(1)
        for one in (self.what, self.who, self.by_day, self.day, self.check):
            head.addWidget(one)
        card = Card()
        card.body.setContentsMargins(px(10), px(4), px(10), px(8))
        card.body.addWidget(self.list)
        self.body.setSpacing(px(12))
        self.body.addLayout(head)
        self.body.addWidget(self.strip)
        self.body.addWidget(card, 1)
