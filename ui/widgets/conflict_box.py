"""A field desk and county wrote differently: both values side by side, the one before, and a button under each."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.services.order_rows import ConflictRow
from ui.theme import mark, px
from ui.widgets.buttons import button
from ui.widgets.cards import label

EMPTY = "（空）"


class ConflictBox(QFrame):
    """One conflict at a time; nothing is chosen beforehand."""

    decided = Signal(object, str)
    """The clerk chose: the conflict's id, and `desk` or `county`."""

    def __init__(self, desk: str = "本机", parent: QWidget | None = None) -> None:
        """`desk` is what the desk is called where this stands."""
        super().__init__(parent)
        self._desk = desk
        self.setProperty("role", "banner")
        mark(self, "tone", "late")
        self.row: ConflictRow | None = None
        self.title = label("", "strong", wrap=True)
        self.before, self.ours, self.theirs = (label("", "strong", wrap=True) for _ in range(3))
        self._ours_who, self._theirs_who = (
            label("", "hint", wrap=True),
            label("", "hint", wrap=True),
        )
        self.keep = button(f"留{desk}的", partial(self._decide, "desk"))
        self.take = button("采用县里的", partial(self._decide, "county"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(18))
        self._grid.setVerticalSpacing(px(2))
        columns = (
            ("原值", self.before, label("")),
            (f"{desk}的值", self.ours, self._ours_who),
            ("县里的值", self.theirs, self._theirs_who),
        )
        for place, (head, value, who) in enumerate(columns):
            self._grid.setColumnStretch(place, 1)
            for line, widget in enumerate((label(head, "label"), value, who)):
                self._grid.addWidget(widget, line, place)
        verbs = QHBoxLayout()
        verbs.setSpacing(px(8))
        verbs.addStretch(1)
        verbs.addWidget(self.keep)
        verbs.addWidget(self.take)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(14), px(10), px(14), px(10))
        box.addWidget(self.title)
        box.addLayout(self._grid)
        box.addLayout(verbs)
        self.hide()

    def show_conflict(self, row: ConflictRow | None, *, named: bool = False, more: int = 0) -> None:
        """Show this one, hide for None; `named` says whose case it is, `more` how many wait behind it."""
        self.row = row
        self.setVisible(row is not None)
        if row is None:
            return
        whose = f"{row.short_no} {row.applicant} {row.item_name}：" if named else ""
        behind = f"（后面还有 {more} 处）" if more else ""
        self.title.setText(
            f"{whose}“{row.label}”{self._desk}和县里填的不一样，请核实后选一个。{behind}"
        )
        self.before.setText(row.before or EMPTY)
        self.ours.setText(row.ours or EMPTY)
        self.theirs.setText(row.theirs or EMPTY)
        self._ours_who.setText(f"{row.ours_by} {moment(row.ours_at)}")
        self._theirs_who.setText(f"县里 {row.theirs_by} {moment(row.theirs_at)}")

    def _decide(self, choice: str) -> None:
        if self.row is not None:
            self.decided.emit(self.row.id, choice)


def moment(at: str) -> str:
    """`11-23 10:12`."""
    return at[5:16].replace("T", " ")
