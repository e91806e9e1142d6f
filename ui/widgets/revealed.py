"""Masked values shown whole: for a purpose asked once, for a minute, and never after the page was left."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desk.services.audit import codes
from desk.services.views import LabelValue
from ui.emptying import empty
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label
from ui.widgets.clipboard import copy_private

SHOWN_MS = 60_000


class Revealed(QWidget):
    """One button; the first time for a case it asks what for. Hand the values to `show_values` when they are there."""

    asked = Signal(object, str)
    """The clerk wants the values of this case or person, for this purpose."""

    def __init__(self, parent: QWidget | None = None, *, shown_ms: int = SHOWN_MS) -> None:
        super().__init__(parent)
        self._about: UUID | None = None
        self._purposes: dict[UUID, str] = {}
        self.open = button("查看遮住的内容…", self._open, role="quiet")
        self.purpose = QComboBox()
        self.purpose.setAccessibleName("用途")
        self.purpose.addItem("请选用途（会记入审计）", "")
        for one in codes().purposes:
            self.purpose.addItem(one.label, one.code)
        self.purpose.activated.connect(self._chosen)
        self.values = QVBoxLayout()
        self.values.setSpacing(px(4))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(shown_ms)
        self._timer.timeout.connect(self.close_values)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for made in (self.open, self.purpose):
            box.addWidget(made)
        box.addLayout(self.values)
        self.purpose.hide()

    @property
    def shown(self) -> bool:
        """Whether values stand here."""
        return self._timer.isActive()

    def be_about(self, about: UUID | None) -> None:
        """Another case or person stands on the page; the same one leaves what is open."""
        if about != self._about:
            self.close_values()
            self._about = about

    def show_values(self, about: UUID, lines: Sequence[LabelValue]) -> None:
        """Show these for a minute; for a page that went on to somebody else they are dropped."""
        if about != self._about or not self.isVisible():
            return
        self.close_values()
        for one in lines:
            self.values.addWidget(_line(one))
        self.open.setText("遮住")
        self._timer.start()

    def close_values(self) -> None:
        """Take them away."""
        self._timer.stop()
        self.purpose.hide()
        self.open.setText("查看遮住的内容…")
        empty(self.values)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_values()
        super().hideEvent(event)

    def _open(self) -> None:
        if self.shown:
            self.close_values()
        elif self._about in self._purposes:
            self.asked.emit(self._about, self._purposes[self._about])
        else:
            self.purpose.setCurrentIndex(0)
            self.purpose.show()
            self.purpose.setFocus()

    def _chosen(self) -> None:
        purpose = self.purpose.currentData()
        if purpose and self._about is not None:
            self.purpose.hide()
            self._purposes[self._about] = purpose
            self.asked.emit(self._about, purpose)


def _line(one: LabelValue) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label(one.label, "second"))
    row.addWidget(label(one.value, wrap=True), 1)
    copy = button("复制", _copies(one.value), role="quiet")
    copy.setAccessibleName(f"复制{one.label}")
    row.addWidget(copy)
    return made


def _copies(value: str) -> Callable[[], None]:
    def copy() -> None:
        if (app := QCoreApplication.instance()) is not None:
            copy_private(value, app)

    return copy
