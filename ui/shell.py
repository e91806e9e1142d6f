"""What a page is handed: the office's verbs, the notices, the way to other pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from desk.errors import DeskError
from desk.services import settings
from desk.services.office import Office
from desk.words.errors import words
from ui.feed import Feed
from ui.notices import Banner, Notices
from ui.operations import OnDone, OnRefused, Operations
from ui.tasks import Lane, Progress, Task


@dataclass(frozen=True, slots=True)
class Preferences:
    """This seat's choices for the window; how papers are printed is in `desk.services.printers`."""

    large_text: bool = False


def read_preferences(office: Office) -> Preferences:
    """The preferences as kept; defaults for what was never chosen."""
    return Preferences(large_text=bool(settings.get(office, "large_text", False)))


class Go(Protocol):
    """Opens a page by its key; `facts` reach its `opened`."""

    def __call__(self, page: str, **facts: object) -> None: ...


@dataclass(slots=True)
class Shell:
    """One page's shell; `page` is its key in the navigation, `banner` where its refusals stand."""

    page: str
    operations: Operations
    notices: Notices
    feed: Feed
    go: Go
    back: Callable[[], None]
    preferences: Preferences = Preferences()
    banner: Banner | None = None

    @property
    def office(self) -> Office:
        """The open office; for its plain values (hall, clock, catalog), not for rows."""
        return self.operations.office

    def write(
        self,
        verb: Callable[..., Any],
        *,
        on_done: OnDone | None = None,
        on_refused: OnRefused | None = None,
        on_progress: Progress | None = None,
        latest: str = "",
        **facts: object,
    ) -> Task:
        """Run a verb that writes, on the writer thread.

        `on_done` gets the value inside its `Done`; what it touched goes to all pages. A named failure goes to
        `on_refused`, or as words into the page's banner. With `on_progress(done, total, text)` the verb is given
        `progress` and `cancelled`, and the task's `cancel()` works. Of several calls with the same `latest` only
        the newest is answered.
        """
        return self._run("write", verb, on_done, on_refused, on_progress, latest, facts)

    def read(
        self,
        verb: Callable[..., Any],
        *,
        on_done: OnDone,
        on_refused: OnRefused | None = None,
        on_progress: Progress | None = None,
        latest: str = "",
        **facts: object,
    ) -> Task:
        """Run a verb that only looks, on the reader thread; else as `write`."""
        return self._run("read", verb, on_done, on_refused, on_progress, latest, facts)

    def files(
        self,
        work: Callable[[], Any],
        *,
        on_done: OnDone,
        on_refused: OnRefused | None = None,
        latest: str = "",
    ) -> Task:
        """Run `work()` on the file pool: drawing a PDF's pages, reading a folder; it gets no office."""
        return self.operations.run(
            "files",
            lambda _task: work(),
            cannot=on_refused or self.cannot,
            on_done=on_done,
            latest=self._own(latest),
            initiator=self.page,
        )

    def cannot(self, error: DeskError) -> None:
        """Say a failure in the page's banner, or in a toast where there is none."""
        said = words(error)
        if self.banner is not None:
            self.notices.banner(self.banner, said.title, said.text)
        else:
            self.notices.toast(f"{said.title} {said.text}")

    def _run(
        self,
        lane: Lane,
        verb: Callable[..., Any],
        on_done: OnDone | None,
        on_refused: OnRefused | None,
        on_progress: Progress | None,
        latest: str,
        facts: dict[str, object],
    ) -> Task:
        return self.operations.run(
            lane,
            self.operations.call(verb, facts, watched=on_progress is not None),
            cannot=on_refused or self.cannot,
            on_done=on_done,
            on_progress=on_progress,
            latest=self._own(latest),
            initiator=self.page,
        )

    def _own(self, latest: str) -> str:
        return f"{self.page}/{latest}" if latest else ""
