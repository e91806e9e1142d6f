"""The bar above the pages: search, what is not yet reported, and the time."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desk.services.sync_views import Unsent
from ui.theme import TOKENS, px
from ui.widgets.cards import label
from ui.widgets.search_box import SearchBox

HEIGHT = 60
_WEEKDAYS = "一二三四五六日"


class TopBar(QFrame):
    """`now` says the time, so that the bar and the papers agree on it."""

    unsent_pressed = Signal()
    unprinted_pressed = Signal()
    backup_pressed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setFixedHeight(px(HEIGHT))
        self._now = now
        self.search = SearchBox()
        self.busy = label("正在处理……", "hint")
        self.busy.setVisible(False)
        self.unprinted = _chip(TOKENS.late, "看哪些文书没打出来，重打或删掉")
        self.unprinted.clicked.connect(self.unprinted_pressed)
        self.unsent = _chip(TOKENS.dot_soon, "到“同步”页写到 U 盘")
        self.unsent.clicked.connect(self.unsent_pressed)
        self.backup = _chip(TOKENS.dot_soon, "到“设置”页把备份复制到 U 盘")
        self.backup.clicked.connect(self.backup_pressed)
        self.time = label("", "chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(12)
        row.addWidget(self.search, 1)
        for chip in (self.busy, self.unprinted, self.backup, self.unsent, self.time):
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.show_time)
        self.show_time()

    def show_search(self, *, on: bool) -> None:
        """Whether there is a search; without one its place stays empty."""
        kept = self.search.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.search.setSizePolicy(kept)
        self.search.setVisible(on)

    def show_unsent(self, unsent: Unsent) -> None:
        """How many cases the county has not been told of; none takes the chip away."""
        self.unsent.setText(f"待上报 {unsent.cases} 件{'以上' if unsent.more else ''}")
        self.unsent.setVisible(unsent.cases > 0)

    def show_unprinted(self, count: int) -> None:
        """How many papers did not come out of their printer; none takes the chip away."""
        self.unprinted.setText(f"{count} 份没打出来")
        self.unprinted.setVisible(count > 0)

    def show_backup(self, text: str, *, late: bool) -> None:
        """How long no backup was copied to a second medium; '' takes the chip away."""
        self.backup.setText(text)
        self.backup.setIcon(dot(TOKENS.late if late else TOKENS.dot_soon))
        self.backup.setVisible(bool(text))

    def show_time(self) -> None:
        """Show the minute, and come again when it is over."""
        now = self._now()
        self.time.setText(when(now))
        self._clock.start((60 - now.second) * 1000)


def _chip(colour: str, tip: str) -> QPushButton:
    """A button with a dot before its words, hidden until it has something to say."""
    made = QPushButton()
    made.setProperty("role", "chip")
    made.setIcon(dot(colour))
    made.setIconSize(QSize(px(8), px(8)))
    made.setToolTip(tip)
    made.hide()
    return made


def when(moment: datetime) -> str:
    """Date, weekday and minute: 11 月 23 日 周一 14:06."""
    weekday = _WEEKDAYS[moment.weekday()]
    return f"{moment.month} 月 {moment.day} 日 周{weekday} {moment:%H:%M}"


def dot(colour: str) -> QIcon:
    """A round dot."""
    picture = QPixmap(32, 32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(1, 1, 30, 30)
    painter.end()
    return QIcon(picture)
