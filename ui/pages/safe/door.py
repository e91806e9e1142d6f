"""The way into the safe mode, and out of it."""

from collections.abc import Callable
from typing import Protocol

from desk.services.office import Office
from ui.pages.safe.page import SafePage
from ui.starting import Starting


class Leave(Protocol):
    """Closes the office; with `rescue` whoever comes next chooses among the backups."""

    def __call__(self, *, rescue: bool = False) -> None: ...


def offer(
    start: Starting,
    office: Office,
    *,
    look: Callable[[Office], None],
    leave: Leave,
) -> None:
    """Show what can be done to whoever signed in; `leave` closes the office and asks for the password again."""
    if start.notices is None:
        return
    page = SafePage(office, start.run, start.notices)

    page.usual.connect(lambda: as_usual(start, leave))
    page.look.connect(lambda: look(office))
    page.rescue.connect(lambda: leave(rescue=True))
    start.host.setCentralWidget(page)
    page.setFocus()


def as_usual(start: Starting, leave: Callable[[], None]) -> None:
    """From now on the program is opened as usual; what broke off before is forgotten."""
    start.careful = False
    if start.watch is not None:
        start.watch.forget()
    leave()
