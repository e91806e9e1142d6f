"""What was copied out from behind a mask leaves the clipboard again after half a minute."""

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

KEPT_MS = 30_000


def copy_private(text: str, owner: QObject, kept_ms: int = KEPT_MS) -> None:
    """Put a private value on the clipboard and take it off later, unless something else is there by then.

    `owner` outlives the wait: the application, not a page that may be gone.
    """
    QGuiApplication.clipboard().setText(text)
    QTimer.singleShot(kept_ms, owner, partial(forget, text))


def forget(text: str) -> None:
    """Clear the clipboard if it still holds this."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.text() == text:
        clipboard.clear()
