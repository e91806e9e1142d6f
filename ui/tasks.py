"""Work away from the window: one writer, one reader, a small pool for files; outcomes come back to the main thread."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desk.errors import DeskError

Lane = Literal["write", "read", "files"]
Progress = Callable[[int, int, str], None]

BUSY_AFTER_MS = 300
_PROGRESS_EVERY = 1 / 30
_WORKERS: dict[Lane, int] = {"write": 1, "read": 1, "files": 2}


class Run(Protocol):
    """Runs work off the window's thread, for whoever has no office to ask; a named failure goes to `on_refused`."""

    def __call__(
        self,
        work: Callable[[], Any],
        *,
        on_done: Callable[[Any], None],
        on_refused: Callable[[DeskError], None],
    ) -> object: ...


class RunTold(Protocol):
    """The same; with `on_progress` the work is handed a function to tell how far it is."""

    def __call__(
        self,
        work: Callable[..., Any],
        *,
        on_done: Callable[[Any], None],
        on_refused: Callable[[DeskError], None],
        on_progress: Progress | None = None,
    ) -> object: ...


@dataclass(slots=True, eq=False)
class Task:
    """One piece of work under way; `cancel` asks it to stop at its next look, its outcome is then not told."""

    on_done: Callable[[Any], None]
    on_error: Callable[[Exception], None]
    on_progress: Progress | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _dropped: bool = False
    told_at: float = 0.0

    def cancel(self) -> None:
        """Ask the work to stop; it ends with whatever it raises then (usually `Cancelled`)."""
        self._stop.set()

    def drop(self) -> None:
        """Nobody waits for this any more: stop it and tell nothing."""
        self._dropped = True
        self._stop.set()

    def cancelled(self) -> bool:
        """Whether somebody asked it to stop; for the worker."""
        return self._stop.is_set()

    @property
    def dropped(self) -> bool:
        return self._dropped


class Tasks(QObject):
    """Runs work on three lanes; `write` and `read` keep the order they were given.

    Every callback runs on the thread this object was made on.
    """

    busy = Signal(bool)
    """True once something has been running for 300 ms, False when all is quiet again."""
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {
            lane: ThreadPoolExecutor(workers, thread_name_prefix=f"desk-{lane}")
            for lane, workers in _WORKERS.items()
        }
        self._running: set[Task] = set()
        self._closed = False
        self._shown_busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BUSY_AFTER_MS)
        self._timer.timeout.connect(self._say_busy)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        lane: Lane,
        work: Callable[[Task], object],
        *,
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
        on_progress: Progress | None = None,
    ) -> Task:
        """Queue `work` on `lane`; it is handed its `Task`, for `cancelled` and `report`."""
        task = Task(on_done, on_error, on_progress)
        if self._closed:
            task.drop()
            return task
        self._running.add(task)
        if not self._timer.isActive() and not self._shown_busy:
            self._timer.start()
        self._pools[lane].submit(self._work, task, work)
        return task

    def report(self, task: Task, done: int, total: int, text: str) -> None:
        """Tell how far `task` is, at most about 30 times a second (the last step always); from any thread."""
        now = time.monotonic()
        if task.on_progress is None or (now - task.told_at < _PROGRESS_EVERY and done < total):
            return
        task.told_at = now
        told = task.on_progress
        self._arrived.emit((task, lambda: told(done, total, text), False))

    @property
    def idle(self) -> bool:
        """Whether nothing is queued or running; outcomes not yet delivered count as running."""
        return not self._running

    def close(self) -> None:
        """Ask all work to stop, wait for it, tell nothing more. What is queued for writing is still written."""
        self._closed = True
        for task in self._running:
            task.drop()
        for lane, pool in self._pools.items():
            pool.shutdown(wait=True, cancel_futures=lane != "write")
        self._timer.stop()
        self._running.clear()

    def _work(self, task: Task, work: Callable[[Task], object]) -> None:
        try:
            result = work(task)
        except Exception as error:
            failed = error
            self._arrived.emit((task, lambda: task.on_error(failed), True))
        else:
            self._arrived.emit((task, lambda: task.on_done(result), True))

    def _deliver(self, arrival: tuple[Task, Callable[[], None], bool]) -> None:
        task, tell, last = arrival
        if last:
            self._running.discard(task)
            self._settle()
        if not task.dropped and not self._closed:
            tell()

    def _settle(self) -> None:
        if self._running:
            return
        self._timer.stop()
        if self._shown_busy:
            self._shown_busy = False
            self.busy.emit(False)

    def _say_busy(self) -> None:
        if self._running:
            self._shown_busy = True
            self.busy.emit(True)
