"""The clerk's eyes: find what is on the screen by its words, and wait until the window rests."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from ui.startup import Host, Start
from ui.tasks import Tasks

PATIENCE_MS = 20_000
SHORT_MS = 1000
"""A single-shot timer under this is a rest in typing or drawing; longer ones (drafts, toasts) are not waited for."""

W = TypeVar("W", bound=QWidget)


class NotSeen(Exception):
    """What the story reaches for never came on the screen."""


class Eyes:
    """Looks at one window; `start` is the program as it was started last."""

    def __init__(self, start: Start) -> None:
        self.start = start

    @property
    def host(self) -> Host:
        """The window."""
        return self.start.host

    def see(self, kind: type[W], name: str) -> W:
        """The widget with these words (its own or what a screen reader says), as soon as it is on the screen.

        Raises:
            NotSeen: it does not come.
        """
        self.wait_until(lambda: any(True for _ in self._named(kind, name)), name)
        return next(self._named(kind, name))

    def on_screen(self, kind: type[W]) -> list[W]:
        """All widgets of this kind that are shown."""
        return [one for one in self.host.findChildren(kind) if one.isVisible()]

    def shows(self, words: str) -> bool:
        """Whether a label or button with these words in it is on the screen."""
        written = [one.text() for one in self.on_screen(QLabel)]
        written += [one.text() for one in self.on_screen(QAbstractButton)]
        return any(words in text for text in written)

    def shows_button(self, name: str) -> bool:
        """Whether a button with exactly these words is on the screen."""
        return any(name in _names(one) for one in self.on_screen(QAbstractButton))

    def asks(self, name: str) -> bool:
        """Whether something with this name is on the screen to be answered."""
        return any(one.accessibleName() == name for one in self.on_screen(QWidget))

    def wait_for(self, words: str) -> None:
        """Wait until these words stand somewhere, and the window rests."""
        self.wait_until(lambda: self.shows(words), words)
        self.rest()

    def read(self, role: str) -> list[str]:
        """The words of the shown labels of this role, in the order they were made."""
        return [one.text() for one in self.on_screen(QLabel) if one.property("role") == role]

    def wait_until(self, met: Callable[[], bool], what: str) -> None:
        """Let the program work until `met`.

        Raises:
            NotSeen: naming `what`, after twenty seconds.
        """
        left = QDeadlineTimer(PATIENCE_MS)
        # Something must come in now and then, or waiting for events would outlast its end.
        tick = QTimer()
        tick.start(10)
        while not met():
            if left.hasExpired():
                raise NotSeen(f"屏幕上没有出现“{what}”")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def rest(self) -> None:
        """Wait until nothing is asked, read or drawn any more."""
        self.wait_until(lambda: self._still() and self._still(), "做完")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _still(self) -> bool:
        QCoreApplication.processEvents()
        working = any(not tasks.idle for tasks in self.start.findChildren(Tasks))
        return not working and not any(map(_is_short, self.host.findChildren(QTimer)))

    def _named(self, kind: type[W], name: str) -> Iterator[W]:
        return (one for one in self.on_screen(kind) if name in _names(one))


def _names(widget: QWidget) -> tuple[str, ...]:
    """By what one may call a widget: what is written on it (without a count), what is said of it."""
    written = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return widget.accessibleName(), written, written.split(" ")[0], widget.toolTip()


def _is_short(timer: QTimer) -> bool:
    return timer.isActive() and timer.isSingleShot() and timer.interval() < SHORT_MS
