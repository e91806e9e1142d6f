"""What is done before the office is left: pages keep what was typed, and the day's last backup is made."""

import gc
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer, SignalInstance

from desk.errors import DeskError

if TYPE_CHECKING:
    from desk.services.office import Office


class Page(Protocol):
    """What has something typed in it."""

    def put_away(self) -> None: ...


class Pages(Protocol):
    """Pages by their keys."""

    @property
    def pages(self) -> Mapping[str, Page]: ...


class Listening(Protocol):
    """What brings outcomes to the pages."""

    def leave(self) -> None: ...


class Window(Protocol):
    """The working window."""

    @property
    def destroyed(self) -> SignalInstance: ...

    @property
    def operations(self) -> Listening: ...

    @property
    def navigation(self) -> Pages: ...


def put_away(window: Window | None) -> None:
    """Let every page keep what was typed."""
    for page in window.navigation.pages.values() if window else ():
        page.put_away()


def let_go(window: Window | None) -> None:
    """Another window or page comes in its place: it is told nothing more, and nothing keeps it.

    Its parts know each other, so the collector alone lets them go: now, or three windows more are built before it comes by.
    """
    if window is not None:
        window.operations.leave()
        window.destroyed.connect(_collect_soon)


def _collect_soon() -> None:
    QTimer.singleShot(0, gc.collect)


def back_up(office: "Office") -> None:
    """Make a backup where something changed since the last; what stands in its way was told while people worked."""
    from desk.services import backup_care

    try:
        backup_care.keep_up(office, at_closing=True)
    except DeskError:
        import logging

        logging.getLogger("bianmin.backup").info("none at closing")
