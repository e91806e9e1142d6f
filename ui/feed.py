"""Tells every page what an operation touched."""

from PySide6.QtCore import QObject, Signal

from desk.changes import Changes


class Feed(QObject):
    """One signal for all pages; a page that is hidden only marks itself stale."""

    changed = Signal(object, object)
    """`Changes` and the initiator: the key of the page that asked for the operation ('' if none did)."""

    def tell(self, changes: Changes, initiator: str = "") -> None:
        """Pass on what was touched; an empty `Changes` is not told."""
        if changes:
            self.changed.emit(changes, initiator)
