"""台账: every department's ledger at the left, its first rows and the ways out at the right."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout

from desk.changes import Changes
from desk.services import ledger_book
from desk.services.ledger_book import BookRow, Preview, Printed, Written
from desk.services.table_files import TableKind
from ui.pages.ledgers.own import OwnLedgers
from ui.pages.ledgers.preview import NO_DAYS, LedgerCard
from ui.pages.ledgers.spans import SpanChooser
from ui.papers import PaperDesk
from ui.printers import Printers, SystemPrinters
from ui.shell import Shell
from ui.table_export import KINDS, Order, TableExport
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card
from ui.widgets.data_table import HIGH_ROW, DataTable
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.table_model import Cell, Column

NEVER = "还没有写过"
LIST: tuple[Column[BookRow], ...] = (
    Column(
        "台账", 200, lambda row: Cell(row.title, row.last or NEVER, hint=row.title), stretch=True
    ),
    Column("交给", 110, lambda row: Cell(row.goes_to or "—", hint=row.goes_to), spare=1),
)
OTHERS: tuple[TableKind, ...] = ("csv", "csv-gb18030", "package", "pdf")


class LedgersPage(PageFrame):
    """F7. F9 writes the chosen ledger as an Excel file, Ctrl P prints it."""

    help_text = (
        "↑ ↓ 选一份台账，右边选时间、看前面几行。\n"
        "F9 写成 Excel；Ctrl P 打印；“别的格式”里有 CSV、数据包和 PDF。\n"
        "“上次以来”只写上次写出以后变动过的，一件不漏，也不重复。\n"
        "部门有自己的表，点“按部门的表做一份”，指给程序看一次就行。"
    )

    def __init__(self, shell: Shell, printers: Printers | None = None) -> None:
        super().__init__()
        self.shell = shell
        self.table = DataTable(
            LIST, key=lambda row: row.key, name="台账", row=HIGH_ROW, header=False
        )
        self.spans = SpanChooser(shell.office.today)
        self.card = LedgerCard(self.spans)
        self.right = QStackedWidget()
        self.own = OwnLedgers(shell, self.card, self.right, self)
        self.making = self.own.making
        self.files = TableExport(shell, self._order, self)
        self.papers = PaperDesk(shell, printers or SystemPrinters(), self)
        self.papers.said.connect(lambda text: shell.notices.toast(text))
        self.write = button("写成 Excel…", self.main_action, role="primary", key="F9")
        self.others = button("别的格式 ▾")
        self.print = button("打印", self.print_action, key="Ctrl P")
        self.make = button("按部门的表做一份", self.own.start)
        self.forget = button("删掉这份", self._ask_forget, role="quiet")
        self._choose = ""
        self._lay_out()
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _key: self.main_action())
        self.spans.changed.connect(self._look)
        self.files.written.connect(self._written)
        self.files.busy.connect(self._hold)
        self.own.saved.connect(self._show_anew)
        self.setFocusProxy(self.table)

    def opened(self, **facts: object) -> None:
        """With `ledger` that one is chosen."""
        if "ledger" in facts:
            self._choose = str(facts["ledger"])
            self.make_stale()

    def refresh(self) -> None:
        self.shell.read(ledger_book.books, on_done=self._list, latest="books")

    def wants(self, changes: Changes) -> bool:
        return bool(changes.cases or changes.records or changes.people)

    def main_action(self) -> None:
        if self.own.under_way:
            self.own.save()
        elif self.write.isEnabled():
            self.files.start("xlsx")

    def print_action(self) -> None:
        book, span = self.book(), self.spans.span()
        if book is None or span is None or not self.print.isEnabled():
            return
        self.files.watch(
            "正在排版……",
            ledger_book.print_out,
            {"key": book.key, "span": span},
            self._printed,
        )

    def go_back(self) -> bool:
        return self.own.leave() or super().go_back()

    def book(self) -> BookRow | None:
        """The ledger chosen."""
        key = self.table.chosen_key()
        return next((row for row in self.table.rows.rows if row.key == key), None)

    # The list and one of it

    def _show_anew(self, key: str) -> None:
        self._choose = key
        self.refresh()

    def _ask_forget(self) -> None:
        book = self.book()
        if book is not None:
            self.own.ask_forget(book)

    def _list(self, books: tuple[BookRow, ...]) -> None:
        self.table.show_rows(books)
        wanted, self._choose = self._choose or self.table.chosen_key(), ""
        if not self.table.choose(wanted) and books:
            self.table.choose(books[0].key)
        self._look()

    def _chosen(self, _key: object) -> None:
        book = self.book()
        if book is None:
            return
        self.own.leave()
        self.card.show_book(book)
        self.forget.setVisible(book.own)
        self._look()

    def _look(self) -> None:
        """Read the first rows of what is chosen."""
        book, span = self.book(), self.spans.span()
        usable = book is not None and not book.broken and span is not None
        self._enable(usable)
        if book is None or book.broken:
            return
        if span is None:
            self.card.say(NO_DAYS)
            return
        self.shell.read(
            ledger_book.preview,
            on_done=self._show,
            latest="preview",
            key=book.key,
            span=span,
        )

    def _show(self, seen: Preview) -> None:
        book = self.book()
        if book is not None and (seen.key, seen.span) == (book.key, self.spans.span()):
            self.card.show_rows(seen)

    # Out

    def _order(self) -> Order:
        book, span = self.book(), self.spans.span()
        title = book.title if book else ""
        return Order(
            verb=ledger_book.write,
            facts={"key": book.key if book else "", "span": span},
            name=f"{title}-{span.words.replace(' ', '') if span else ''}",
            unit="行",
            count=lambda written: int(written.rows),
        )

    def _written(self, written: object) -> None:
        if isinstance(written, Written):
            self.shell.write(ledger_book.note, on_done=lambda _: self.refresh(), written=written)

    def _printed(self, printed: Printed) -> None:
        if printed.left_out:
            self.shell.notices.toast(
                f"只打前 {printed.rows:,} 行，还有 {printed.left_out:,} 行，请用 Excel。"
            )
        self.papers.print_pdf(printed.title, printed.pdf, printed.profile)

    def _hold(self, busy: bool) -> None:
        if busy:
            self._enable(False)
        else:
            self._look()

    def _enable(self, able: bool) -> None:
        for made in (self.write, self.others, self.print):
            made.setEnabled(able)

    # Layout

    def _lay_out(self) -> None:
        menu = QMenu(self.others)
        for kind in OTHERS:
            menu.addAction(KINDS[kind].text, partial(self.files.start, kind))
        self.others.setMenu(menu)
        left = Card()
        left.body.setContentsMargins(px(6), px(6), px(6), px(10))
        left.body.addWidget(self.table, 1)
        left.body.addWidget(self.make)
        self.card.foot.addWidget(self.forget)
        self.card.foot.addStretch(1)
        for made in (self.others, self.print, self.write):
            self.card.foot.addWidget(made)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(left, 3)
        row.addWidget(self.right, 7)
        column = QVBoxLayout()
        column.setSpacing(px(8))
        column.addLayout(row, 1)
        column.addWidget(self.files.strip)
        self.body.addLayout(column, 1)
