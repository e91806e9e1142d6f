"""What stands there after an end: the number large, what happens next, the paper, and the next visitor."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.printing.raster import Picture
from desk.services.views import CaseDetail, Finished
from ui.theme import mark, px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label, line
from ui.widgets.pdf_preview import PdfPreview


class DoneCard(Card):
    """The confirmation in place of form and paper."""

    print_asked = Signal()
    """Print the paper (again)."""
    save_asked = Signal()
    """Save the paper as PDF."""
    another = Signal()
    """The same visitor has another item."""
    combined = Signal()
    """Print one receipt for all items of this visit."""
    next_visitor = Signal()
    """The next one, please."""
    case_asked = Signal()
    """Open the case's page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.said = label("", tone="good")
        self.number = label("", "figure", wrap=True)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.next = label("", wrap=True)
        self.printed = label("", "second", wrap=True)
        self.preview = PdfPreview()
        self._combined = button("合并打印本次各项", self.combined.emit)
        self._paper_buttons = (
            button("打印", self.print_asked.emit, key="Ctrl P"),
            button("另存 PDF…", self.save_asked.emit),
        )
        self.first = button("下一位", self.next_visitor.emit, role="primary", key="F9")
        said_row = QHBoxLayout()
        said_row.addWidget(self.said)
        said_row.addStretch(1)
        self.body.addLayout(said_row)
        for part in (self.number, self.next, line()):
            self.body.addWidget(part)
        left = QVBoxLayout()
        left.setSpacing(px(10))
        left.addLayout(self._buttons())
        left.addWidget(self.printed)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(px(20))
        row.addLayout(left, 2)
        row.addWidget(self.preview, 3)
        self.body.addLayout(row, 1)

    def _buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(px(8))
        grid.addWidget(self.first, 0, 0, 1, 2)
        for column, made in enumerate(self._paper_buttons):
            grid.addWidget(made, 1, column)
        grid.addWidget(button("再办一项（同一人）", self.another.emit), 2, 0)
        grid.addWidget(button("看这件", self.case_asked.emit), 2, 1)
        grid.addWidget(self._combined, 3, 0, 1, 2)
        return grid

    def show_finished(self, finished: Finished, items_of_visit: int) -> None:
        """Say how it ended; the paper and the next steps follow when they are read."""
        self.said.setText(finished.said)
        self.number.setText(finished.number or "不编号")
        self.next.setText("")
        self.say_printed("")
        self.preview.show_pictures(())
        for made in self._paper_buttons:
            made.setVisible(finished.document is not None)
        self._combined.setVisible(items_of_visit > 1)

    def show_detail(self, detail: CaseDetail) -> None:
        """Say what happens next."""
        row = detail.row
        mark(self.said, "tone", row.tone)
        short = f"短号 {row.short_no}，" if row.short_no else ""
        sure = "预计 " if row.provisional else ""
        limit = f"\n{detail.due_title} {sure}{row.due_on}" if row.due_on else ""
        self.next.setText(
            f"{row.applicant} · {row.item_name}\n{short}现在是“{row.state_label}”。{limit}"
        )

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show the paper."""
        self.preview.show_pictures(pictures)

    def say_printed(self, text: str) -> None:
        """Say what became of the paper."""
        self.printed.setText(text)
        self.printed.setVisible(bool(text))

    def start(self) -> None:
        """Put the keyboard on the next visitor."""
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)
