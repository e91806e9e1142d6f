"""One quiet line for what was begun and not ended; absent when there is nothing."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desk.services.views import DraftRow
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label


class UnfinishedLine(QFrame):
    """Names the newest draft, counts the others, and leads back to it."""

    taken_up = Signal(int)
    """The clerk goes on with the draft of that id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "soon")
        self._draft_id = 0
        self.words: QLabel = label("", wrap=True)
        self.go_on = button("接着办", lambda: self.taken_up.emit(self._draft_id), compact=True)
        box = QHBoxLayout(self)
        box.setContentsMargins(px(14), px(6), px(8), px(6))
        box.addWidget(self.words, 1)
        box.addWidget(self.go_on)
        self.hide()

    def show_drafts(self, rows: Sequence[DraftRow], today: date) -> None:
        """Offer the first of these, the newest; none hides the line."""
        self.setVisible(bool(rows))
        if not rows:
            return
        newest, others = rows[0], len(rows) - 1
        self._draft_id = newest.id
        day, time = newest.saved_at[:10], newest.saved_at[11:16]
        when = time if day == today.isoformat() else f"{day[5:]} {time}"
        more = f"；另有 {others} 件" if others else ""
        self.words.setText(f"没有办完：{newest.label or '没写姓名'}，{when} 存的草稿{more}")
