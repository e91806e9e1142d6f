"""Run a service call and tell its outcome: value, words in place, or a bug."""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.errors import Cancelled, DeskError
from desk.services.office import Office
from desk.services.operation import Done
from ui.feed import Feed
from ui.tasks import Lane, Progress, Task, Tasks

log = logging.getLogger("bianmin.operations")

OnDone = Callable[[Any], None]
OnRefused = Callable[[DeskError], None]


class Operations(QObject):
    """The pages' way to the office: `write` and `read` add the office and bring the outcome back.

    `cannot` tells the clerk a named failure, `on_bug` gets everything else.
    """

    rescue_asked = Signal()
    """The clerk wants to go back to a backup: the office is to be closed first."""

    new_key_asked = Signal(object)
    """The lead wants another data key, with one of these people's consent: the office is to be closed first."""

    usual_start_asked = Signal()
    """The clerk has seen enough of the mode that only looks."""

    def __init__(
        self,
        office: Office,
        tasks: Tasks,
        feed: Feed,
        *,
        on_bug: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.office = office
        self._tasks = tasks
        self.feed = feed
        self._on_bug = on_bug
        self._latest: dict[str, Task] = {}
        self._left = False

    def leave(self) -> None:
        """Its window goes: what is under way comes to its end and its pages are told nothing more.

        The feed goes too: whoever listened by a function of his own would be kept by it.
        """
        self._left = True
        self._latest.clear()
        self.feed.deleteLater()
        self.deleteLater()

    def run(
        self,
        lane: Lane,
        work: Callable[[Task], object],
        *,
        cannot: OnRefused,
        on_done: OnDone | None = None,
        on_progress: Progress | None = None,
        latest: str = "",
        initiator: str = "",
    ) -> Task:
        """Queue `work`; of several with the same `latest` only the newest tells its outcome."""
        if self._left:
            # A timer of a window on its way out: its office may be closed, and nobody comes into a folder that was let go of.
            return _not_asked()

        def done(value: object) -> None:
            # The initiator redraws from the value first, the others from the feed after it.
            if on_done is not None:
                on_done(value.value if isinstance(value, Done) else value)
            if isinstance(value, Done):
                self.feed.tell(value.changes, initiator)

        def failed(error: Exception) -> None:
            if isinstance(error, Cancelled) and on_progress is None:
                return
            if isinstance(error, DeskError):
                log.info("%s: %s", initiator or "window", type(error).__name__)
                self._here(cannot)(error)
            else:
                self._on_bug(error)

        if latest and (before := self._latest.get(latest)):
            before.drop()
        task = self._tasks.submit(
            *(lane, work),
            on_done=self._here(done),
            on_error=failed,
            on_progress=self._here(on_progress) if on_progress else None,
        )
        if latest:
            self._latest[latest] = task
        return task

    def _here(self, tell: Callable[..., None]) -> Callable[..., None]:
        """The same, for as long as the window is there to be told."""

        def told(*outcome: object) -> None:
            if not self._left:
                tell(*outcome)

        return told

    def call(
        self, verb: Callable[..., object], facts: dict[str, object], *, watched: bool
    ) -> Callable[[Task], object]:
        """The work for a service verb: the office first; `watched` verbs also get `progress` and `cancelled`."""

        def work(task: Task) -> object:
            if not watched:
                return verb(self.office, **facts)

            def progress(done: int, total: int, text: str = "") -> None:
                self._tasks.report(task, done, total, text)

            return verb(self.office, **facts, progress=progress, cancelled=task.cancelled)

        return work


def _not_asked() -> Task:
    """Work that is not to be begun."""
    task = Task(lambda _value: None, lambda _error: None, None)
    task.drop()
    return task
