"""The idle lock: the sign-in page of the same operator in place of the window; page and draft stay, out of sight."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from desk.changes import Changes
from desk.errors import DeskError, SignInPaused
from desk.services import locking
from desk.words.errors import words
from ui.operations import Operations
from ui.pages.sign_in import SignInPage
from ui.seat_signals import SeatSignals

LOCK_KEYS = "Ctrl+L"
LOCKED = "窗口已锁，正在填的都还在"
OTHER = "换人登录"
AWAY, LOOK_MS = timedelta(minutes=30), 60_000
ALIVE = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    )
)
APPEARS = frozenset((QEvent.Type.Show, QEvent.Type.ZOrderChange))


class Cover(QWidget):
    """Lies over the whole window; opaque, and nothing beneath it can be reached."""

    other = Signal()
    """Somebody else wants to sign in."""

    def __init__(self, host: QMainWindow, hall: str, operator: tuple[str, str]) -> None:
        super().__init__(host)
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.page = SignInPage(f"{hall}　{LOCKED}", [operator])
        self.change = QPushButton(OTHER)
        self.change.setProperty("role", "quiet")
        self.change.clicked.connect(self.other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        column.addWidget(self.page, 1)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignCenter)
        host.installEventFilter(self)
        self.setGeometry(host.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)


class Locking(QObject):
    """Locks when nobody touched anything for the seat's minutes, and at once by Ctrl+L or when the system says nobody is there.

    Locked for longer than `AWAY`, the office is closed and the key let go of; drafts are kept, and signing in goes on.

    `leave` is called when somebody else wants to sign in. `idle_ms` above 0 takes the place of the minutes.
    """

    def __init__(
        self,
        host: QMainWindow,
        window: QWidget,
        operations: Operations,
        leave: Callable[[], None],
        *,
        idle_ms: int = 0,
    ) -> None:
        super().__init__(window)
        self._host, self._window, self._operations, self._leave = host, window, operations, leave
        self._fixed = idle_ms
        self.cover: Cover | None = None
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(idle_ms or locking.USUAL * 60_000)
        self.timer.timeout.connect(self.lock)
        QShortcut(QKeySequence(LOCK_KEYS), window, self.lock)
        operations.feed.changed.connect(self._changed)
        application().installEventFilter(self)
        self._since = operations.office.clock.now()
        self._looks = 0
        self.away = QTimer(self)
        self.away.setInterval(LOOK_MS)
        self.away.timeout.connect(self._look_away)
        self.seat = SeatSignals(self)
        self.seat.gone.connect(self.lock)
        self.seat.listen(host)
        self.timer.start()
        self._read_minutes()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.cover is None:
            if event.type() in ALIVE:
                self.timer.start()
        elif event.type() in APPEARS and isinstance(watched, QWidget) and self._beneath(watched):
            self._put_away(watched, self.cover)
        return super().eventFilter(watched, event)

    def lock(self) -> None:
        """Cover the window; it and what hangs over it (a question, a menu) are put out of sight until it is open again.

        Hidden, not only covered: what is shown can be read out by a program for the blind, or by any other.
        """
        if self.cover is not None or not self._window.isVisible():
            return
        self.timer.stop()
        self._since, self._looks = self._operations.office.clock.now(), 0
        self.away.start()
        self._focus = application().focusWidget()
        if popup := application().activePopupWidget():
            popup.close()
        children = (one for one in self._host.children() if isinstance(one, QWidget))
        shown = [one for one in (*application().topLevelWidgets(), *children) if one.isVisible()]
        # A toast does not come back: its time is over by then.
        self._hidden = [one for one in shown if one.isWindow() and one is not self._host]
        for one in shown:
            if one is not self._host:
                one.hide()
        # Its shortcuts rest too.
        self._window.setEnabled(False)
        hall = self._operations.office.hall
        self.cover = Cover(self._host, hall.hall, (hall.operator_id.hex, hall.operator))
        self.cover.page.submitted.connect(self._try)
        self.cover.other.connect(self._let_other_in)
        self.cover.show()
        self.cover.raise_()
        self.cover.page.setFocus()

    def unlock(self) -> None:
        """Everything is as it was left."""
        if self.cover is None:
            return
        self.away.stop()
        self.cover.hide()
        self.cover.deleteLater()
        self.cover = None
        self._window.setEnabled(True)
        self._window.show()
        for one in filter(isValid, self._hidden):
            one.show()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self._hidden, self._focus = [], None
        self.timer.start()

    def _beneath(self, widget: QWidget) -> bool:
        """Whether it shows what is locked: another window, or a part of this one that is not the cover's own."""
        if not self._host.isVisible():
            return False
        outermost = widget.isWindow() or widget.parentWidget() is self._host
        above: QWidget | None = widget
        while above is not None and above is not self.cover:
            above = above.parentWidget()
        return outermost and above is None and widget is not self._host

    def _put_away(self, widget: QWidget, cover: Cover) -> None:
        """What appears while it is locked (work that was under way came to its end) waits until it is open again."""
        cover.raise_()

        def hide() -> None:
            # Not at once: it is in the middle of being shown, and what stands alone now may find its place in a window.
            if self.cover is None or not isValid(widget):
                return
            if widget.isVisible() and self._beneath(widget):
                widget.hide()
                self._hidden += [widget] if widget.isWindow() else []

        QTimer.singleShot(0, self, hide)

    def _look_away(self) -> None:
        """Once a minute while locked; by the clock too, for a computer asleep counts no minutes."""
        self._looks += 1
        gone = self._operations.office.clock.now() - self._since
        if self._looks * LOOK_MS >= AWAY.total_seconds() * 1000 or gone >= AWAY:
            self._let_other_in()

    def _let_other_in(self) -> None:
        self.away.stop()
        # Not shown for a moment to whoever stands there now.
        self._window.hide()
        for one in filter(isValid, self._hidden):
            one.close()
        if self.cover is not None:
            self.cover.hide()
            self.cover.deleteLater()
            self.cover = None
        self._leave()

    def _try(self, _operator: str, password: str) -> None:
        # Not on the reader's lane: a long list under way must not keep somebody out.
        self._operations.run(
            "files",
            lambda _task: locking.unlock(self._operations.office, password=password),
            on_done=lambda _done: self.unlock(),
            cannot=self._refused,
        )

    def _refused(self, error: DeskError) -> None:
        if self.cover is None:
            return
        if isinstance(error, SignInPaused):
            self.cover.page.paused(error.seconds)
            return
        said = words(error)
        self.cover.page.refused(said.title, said.text)

    def _changed(self, changes: Changes, _who: str) -> None:
        if changes.settings:
            self._read_minutes()

    def _read_minutes(self) -> None:
        if self._fixed:
            return

        def told(minutes: int) -> None:
            self.timer.setInterval(minutes * 60_000)
            if self.cover is not None:
                self.timer.stop()

        self._operations.run(
            "read",
            lambda _task: locking.minutes(self._operations.office),
            on_done=told,
            cannot=lambda _error: None,
            latest="lock_minutes",
        )


def application() -> QApplication:
    """The one application."""
    found = QApplication.instance()
    if not isinstance(found, QApplication):
        raise TypeError("no application")
    return found
