"""What the system says of the seat: its screen locked, the computer going to sleep, another user switched to.

On Linux by D-Bus (logind, and the screen savers of the desktops in use here); on Windows by the session's and the
power's messages, which were written by the book and are not tried.
"""

import ctypes
import sys
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QCoreApplication,
    QObject,
    Slot,
)
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QWidget

LOGIND = "org.freedesktop.login1"
ON_SYSTEM_BUS: Final = (
    (f"{LOGIND}.Manager", "PrepareForSleep"),
    (f"{LOGIND}.Session", "Lock"),
    ("org.freedesktop.DBus.Properties", "PropertiesChanged"),
)
ON_SESSION_BUS: Final = (
    ("org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("org.gnome.ScreenSaver", "ActiveChanged"),
    ("org.ukui.ScreenSaver", "lock"),
    ("com.deepin.dde.LockFront", "Visible"),
)
ALWAYS: Final = frozenset({"Lock", "lock"})
"""Signals that say it by being sent; the others carry whether it begins or ends."""

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
PBT_APMSUSPEND = 0x0004
WTS_GONE: Final = frozenset({0x2, 0x4, 0x7})
"""Console and remote disconnect (another user), and the session's lock (wtsapi32.h)."""


class SeatSignals(QObject):
    """Says when whoever sat here is no more in front of the screen."""

    gone = QtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter: WindowsMessages | None = None

    def listen(self, window: QWidget) -> None:
        """Begin; `window` is the top-level one. Where nothing can be heard, nothing is said."""
        if sys.platform == "win32":
            self._filter = WindowsMessages(self)
            self._filter.register(int(window.winId()))
            return
        self.listen_on(QDBusConnection.systemBus(), ON_SYSTEM_BUS)
        self.listen_on(QDBusConnection.sessionBus(), ON_SESSION_BUS)

    def listen_on(self, bus: QDBusConnection, signals: tuple[tuple[str, str], ...]) -> None:
        """Hear these signals of a bus, whoever sends them: a forged one does no more than lock."""
        if not bus.isConnected():
            return
        # What the stubs call bytes is the text SLOT makes.
        slot: Any = SLOT("told(QDBusMessage)")
        for interface, name in signals:
            bus.connect("", "", interface, name, self, slot)

    @Slot(QDBusMessage)
    def told(self, message: QDBusMessage) -> None:
        """A signal came in."""
        if says_gone(message.member(), message.arguments()):
            self.gone.emit()


def says_gone(name: str, arguments: list[Any]) -> bool:
    """Whether a D-Bus signal with these arguments says that nobody is in front of the screen now."""
    if name in ALWAYS:
        return True
    if name == "PropertiesChanged":
        # logind: this session is in the foreground, or another user's is.
        of, changed = (*arguments, "", {})[:2]
        known = changed if isinstance(changed, Mapping) else {}
        return of == f"{LOGIND}.Session" and known.get("Active") is False
    return bool(arguments) and arguments[0] is True


class WindowsMessages(QAbstractNativeEventFilter):
    """Reads the messages Windows sends to a window that registered for its session's changes."""

    def __init__(self, owner: SeatSignals) -> None:
        super().__init__()
        self._owner = owner

    def register(self, window: int) -> None:
        """Ask for the messages of this session alone."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)
        library = getattr(ctypes, "windll").wtsapi32  # noqa: B009 - there is none but on Windows
        library.WTSRegisterSessionNotification(ctypes.c_void_p(window), 0)

    def nativeEventFilter(self, kind: Any, message: int) -> Any:  # noqa: N802 - Qt's name
        if bytes(kind) == b"windows_generic_MSG":
            what = Message.from_address(int(message))
            if is_gone(what.message, what.wparam):
                self._owner.gone.emit()
        return False, 0


class Message(ctypes.Structure):
    """The head of MSG (winuser.h)."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wparam", ctypes.c_size_t),
    )


def is_gone(message: int, what: int) -> bool:
    """Whether a message of Windows says that nobody is in front of the screen now."""
    if message == WM_WTSSESSION_CHANGE:
        return what in WTS_GONE
    return message == WM_POWERBROADCAST and what == PBT_APMSUSPEND
