"""What happened to a case, newest first: when, who, what, why, and the paper that came of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk.services.views import HistoryRow
from ui.theme import factor, px
from ui.widgets.buttons import button
from ui.widgets.cards import label, line

WHEN, WHO = 92, 64
BESIDE = 10
"""A title of so many characters still leaves room for the words beside it."""


class Timeline(QScrollArea):
    """One row for each event; the papers are buttons."""

    paper_asked = Signal(object)
    """The clerk wants to see the paper of this id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("经过")
        self._rows: tuple[HistoryRow, ...] = ()
        self.setWidget(QWidget())

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Show these, newest first."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, px(4), 0)
        box.setSpacing(0)
        for row in self._rows:
            box.addWidget(self._row(row))
            box.addWidget(line())
        box.addStretch(1)
        self.setWidget(inside)

    def _row(self, row: HistoryRow) -> QWidget:
        made = QWidget()
        box = QHBoxLayout(made)
        box.setContentsMargins(px(8), px(6), px(4), px(6))
        box.setSpacing(px(10))
        top = Qt.AlignmentFlag.AlignTop
        when = label(row.at[5:16].replace("T", " "))
        when.setToolTip(row.at[:19].replace("T", " "))
        when.setMinimumWidth(px(WHEN))
        who = label(row.who)
        who.setMinimumWidth(px(WHO))
        if factor() > 1:
            # Beside large letters the words have no room for two columns before them.
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addWidget(when)
            both.addWidget(who)
            both.addStretch(1)
            box.addLayout(both)
        else:
            box.addWidget(when, 0, top)
            box.addWidget(who, 0, top)
        said = QVBoxLayout()
        said.setSpacing(px(2))
        said.addWidget(label(row.text or row.document_title, wrap=True))
        if row.reason:
            said.addWidget(label(f"原因：{row.reason}", "second", wrap=True))
        box.addLayout(said, 1)
        if row.document is not None:
            chip = button(row.document_title, role="tab")
            chip.setToolTip(f"在右边看这份文书：{row.document_title}")
            # A long title gives way before anything is pushed behind the scroll bar.
            chip.setMinimumWidth(px(WHO))
            chip.clicked.connect(lambda _=False, paper=row.document: self.paper_asked.emit(paper))
            # With large text, or for a long title, there is no room beside the words.
            if factor() > 1 or len(row.document_title) > BESIDE:
                said.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                box.addWidget(chip, 0, top)
        return made
