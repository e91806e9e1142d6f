"""One ledger at the right: of when, its first rows, and how it goes out."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desk.services.ledger_book import BookRow, Preview
from ui.pages.ledgers.spans import SpanChooser
from ui.theme import px
from ui.widgets.cards import Card, label
from ui.widgets.data_table import DataTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.table_model import Cell, Column

Numbered = tuple[int, tuple[str, ...]]
NARROW, WIDE = 64, 190
PER_SIGN = 14
PADDING = 20
MASKED = "屏幕和纸上号码打星；Excel 和 CSV 里是全的。"
NOTHING = ("没有要写的", "换一段时间看看。")
NOTHING_NEW = ("上次以后没有变动", "没有新的要报；要重报一遍，选“全部”或者月份。")
NO_DAYS = ("还没有写全日期", "写上从哪天到哪天。")
BROKEN = ("这份台账用不了了", "县里的目录改过，里面有的项目没有了。请删掉，按部门的表再做一份。")


class LedgerCard(Card):
    """The ledger shown; `spans` says of when."""

    def __init__(self, spans: SpanChooser, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.spans = spans
        self.note = label("", "second", wrap=True)
        self.count = label("", "second")
        self.empty = EmptyState("")
        self.table: DataTable | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(spans, 1)
        row.addWidget(self.count)
        self.body.addWidget(self.note)
        self.body.addLayout(row)
        self.body.addWidget(self.stack, 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(px(8))
        self.body.addLayout(self.foot)

    def show_book(self, book: BookRow) -> None:
        """Show which it is; its rows come."""
        self.title.setText(book.title)
        self.aside.setText(f"交：{book.goes_to}" if book.goes_to else "")
        self.note.setText(" ".join(filter(None, (book.note, MASKED))))
        self.spans.setVisible(not book.broken)
        self.spans.offer(book.spans)
        self.count.setText("")
        if book.broken:
            self.say(BROKEN)

    def show_rows(self, seen: Preview) -> None:
        """The first rows; how many there are in all."""
        more = f"，先看 {len(seen.rows)} 行" if seen.count > len(seen.rows) else ""
        self.count.setText(f"共 {seen.count:,} 行{more}")
        if not seen.rows:
            self.say(NOTHING_NEW if seen.span.kind == "since" else NOTHING)
            return
        if self.table is not None:
            self.stack.removeWidget(self.table)
            self.table.deleteLater()
        self.table = DataTable(_columns(seen), key=_number, name="前面几行")
        self.table.show_rows(tuple(enumerate(seen.rows)))
        self.stack.addWidget(self.table)
        self.stack.setCurrentWidget(self.table)

    def say(self, words: tuple[str, str]) -> None:
        """Show words in place of rows."""
        self.empty.say(*words)
        self.stack.setCurrentWidget(self.empty)


def _number(row: Numbered) -> int:
    return row[0]


def _columns(seen: Preview) -> tuple[Column[Numbered], ...]:
    """As wide as their words, within reason: the rest is scrolled to."""
    return tuple(
        Column(title, _width(title, [row[place] for row in seen.rows]), partial(_cell, place))
        for place, title in enumerate(seen.labels)
    )


def _width(title: str, cells: list[str]) -> int:
    longest = max(_signs(text) for text in (title, *cells))
    return min(WIDE, max(NARROW, round(longest * PER_SIGN) + PADDING))


def _signs(text: str) -> float:
    """How wide a text is in Chinese characters."""
    return sum(0.6 if sign.isascii() else 1.0 for sign in text)


def _cell(place: int, row: Numbered) -> Cell:
    return Cell(row[1][place], hint=row[1][place])
