"""The last resort: a bug is logged without data, and told calmly; the window goes on where it can."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from desk.logs import told_without_data

log = logging.getLogger("bianmin.crash")

# Said by platforms without a real screen; nothing is wrong then.
_HARMLESS = ("propagateSizeHints",)
MOST_OF_QT = 300


class Crash(QObject):
    """Takes what nobody caught, from any thread, and has `show` called on the main thread, one bug at a time."""

    _caught = Signal()

    def __init__(self, show: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._showing = False
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Be the hook of Python, of its threads, and of Qt's own messages."""
        sys.excepthook = self.take
        threading.excepthook = lambda args: self.take(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        qInstallMessageHandler(self.take_qt)

    def bug(self, error: BaseException) -> None:
        """A bug that came back from a worker."""
        self.take(type(error), error, error.__traceback__)

    def take(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Log where it happened and tell the clerk."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        log.error("%s", told_without_data(kind, trace))
        self._caught.emit()

    def take_qt(self, level: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
        """Qt's warnings go to the log; they never reach the clerk."""
        said = (text or "")[:MOST_OF_QT]
        if any(sign in said for sign in _HARMLESS):
            return
        if level in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            log.error("Qt: %s", said)
        else:
            log.info("Qt: %s", said)

    def closed(self) -> None:
        """The clerk has read it; the next bug may be told."""
        self._showing = False

    def _tell(self) -> None:
        if self._showing:
            return
        self._showing = True
        self._show()
