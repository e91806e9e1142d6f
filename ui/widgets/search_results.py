"""The list under the search box: people, cases, items, each under its heading."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk.services.views import SearchHits
from ui.theme import TOKENS, px

ROW = 40
HEADING = 28
NOTHING = "没有找到。换姓名、拼音首字母或证件号试试"

_HIT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its kind, what to open, and the words of its row."""

    kind: Literal["person", "case", "item"]
    key: UUID | str
    title: str
    detail: str
    aside: str = ""


def hits_of(hits: SearchHits) -> tuple[Hit, ...]:
    """What was found, in the order it is shown."""
    people = [
        Hit("person", row.id, row.name, f"{row.id_masked}　{row.house}".strip(), row.phone_masked)
        for row in hits.people
    ]
    cases = [
        Hit("case", row.id, row.applicant, f"{row.short_no}　{row.item_name}", row.state_label)
        for row in hits.cases
    ]
    items = [Hit("item", row.code, row.short_name, row.name, row.line_label) for row in hits.items]
    return (*people, *cases, *items)


class SearchResults(QListWidget):
    """Takes no focus: the box keeps the keyboard and moves the mark with `step`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_Rows(self))
        self.hide()

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show `hits` under their headings, the first one marked."""
        self.clear()
        headings = {"person": "居民", "case": "办件", "item": "事项"}
        kind = ""
        for hit in hits:
            if hit.kind != kind:
                kind = hit.kind
                self._add_words(headings[kind], HEADING)
            item = QListWidgetItem(hit.title, self)
            item.setData(_HIT, hit)
            item.setSizeHint(QSize(0, px(ROW)))
        if not hits:
            self._add_words(NOTHING, ROW)
        self.setCurrentRow(1 if hits else -1)

    def current(self) -> Hit | None:
        """The marked hit."""
        return self.hit_at(self.currentRow())

    def hit_at(self, row: int) -> Hit | None:
        """The hit of a row, None for a heading."""
        item = self.item(row)
        found = item.data(_HIT) if item is not None else None
        return found if isinstance(found, Hit) else None

    def step(self, by: int) -> None:
        """Move the mark to the next hit up or down, over headings."""
        row = self.currentRow() + by
        while 0 <= row < self.count():
            if self.hit_at(row) is not None:
                self.setCurrentRow(row)
                return
            row += by

    def wanted_height(self) -> int:
        """How high it would be without scrolling."""
        return sum(self.sizeHintForRow(row) for row in range(self.count())) + 12

    def _add_words(self, text: str, height: int) -> None:
        item = QListWidgetItem(text, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, px(height)))


class _Rows(QStyledItemDelegate):
    """Paints title, detail and the word at the right."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        hit = index.data(_HIT)
        room = QRect(option.rect).adjusted(px(12), 0, -px(12), 0)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        if isinstance(hit, Hit):
            self._ground(painter, QRect(option.rect), state)  # type: ignore[attr-defined]
            self._hit(painter, room, hit)
        else:
            painter.setPen(QColor(TOKENS.hint))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.restore()

    def _ground(self, painter: QPainter, room: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(TOKENS.action_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(room, QColor(TOKENS.hover))

    def _hit(self, painter: QPainter, room: QRect, hit: Hit) -> None:
        metrics = painter.fontMetrics()
        aside = metrics.horizontalAdvance(hit.aside)
        title = max(px(96), metrics.horizontalAdvance(hit.title) + px(16))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(TOKENS.text))
        painter.drawText(room, middle, hit.title)
        painter.setPen(QColor(TOKENS.second))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, hit.aside)
        place = room.adjusted(title, 0, -aside - px(12), 0)
        detail = metrics.elidedText(hit.detail, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, middle, detail)
