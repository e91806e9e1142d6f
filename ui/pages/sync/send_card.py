"""上报县里: how much is waiting, where it goes, and how far the writing is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.services.sync_views import SyncView, Written
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.stick_choice import StickChoice

PULL = "可以拔出 U 盘了。"


class SendCard(Card):
    """F9 writes; the words say when the stick may be pulled."""

    write_asked = Signal()
    """The clerk wants the packages on the stick."""
    slip_asked = Signal(object)
    """He wants the slip that goes with them: the names of the files."""

    def __init__(self, stick: StickChoice, parent: QWidget | None = None) -> None:
        super().__init__("上报县里", " ", parent)
        self.figure = label("0", "figure")
        self.count = label("", wrap=True)
        self.last = label("", "second", wrap=True)
        self.write = button("写到 U 盘", self.write_asked.emit, role="primary", key="F9")
        self.strip = ProgressStrip()
        self.slip = button("打印交接单", self._ask_slip, role="quiet")
        self.slip.hide()
        self._files: tuple[str, ...] = ()
        counts = QHBoxLayout()
        counts.setSpacing(px(6))
        counts.addWidget(self.figure)
        counts.addWidget(self.count, 1, Qt.AlignmentFlag.AlignBottom)
        left = QVBoxLayout()
        left.setSpacing(px(2))
        left.addLayout(counts)
        left.addWidget(self.last)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addLayout(left, 1)
        row.addWidget(stick)
        row.addWidget(self.write)
        self.body.addLayout(row)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.slip, 0, Qt.AlignmentFlag.AlignLeft)

    def show_view(self, view: SyncView) -> None:
        """Show what waits."""
        self.aside.setText(view.county)
        self.figure.setText(f"{view.unsent_cases:,}")
        self.count.setText(f"件，{view.unsent_events:,} 条记录没有上报")
        self.last.setText(view.last_text)

    def begin(self) -> None:
        """The writing begins."""
        self.write.setEnabled(False)
        self.slip.hide()
        self.strip.start("正在准备上报包……先不要拔 U 盘。")

    def tell(self, done: int, total: int, words: str) -> None:
        """How far it is."""
        self.strip.tell(done, total, f"{words}……核对完再拔。" if words else "")

    def written(self, written: Written) -> None:
        """All of it is on the stick and was read back."""
        self.write.setEnabled(True)
        self._files = written.files
        self.slip.setVisible(bool(written.files))
        if written.files:
            told = f"写好 {len(written.files)} 个包、{written.events:,} 条记录，读回核对一致。"
            self.strip.end(f"{told}{PULL}")
        else:
            self.strip.end(f"没有要上报的，也没有等回执的包。{PULL}")

    def stopped(self) -> None:
        """It ended before its end."""
        self.write.setEnabled(True)
        self.strip.clear()

    def _ask_slip(self) -> None:
        self.slip_asked.emit(self._files)
