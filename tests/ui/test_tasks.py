"""Workers: order, the main thread, progress, cancelling, closing, and the late 'busy'."""

import threading

from PySide6.QtCore import QThread

from desk.errors import Cancelled, DiskFull
from ui.tasks import Task, Tasks


def nothing(_: object) -> None:
    """For outcomes a test does not look at."""


def test_writes_keep_their_order(qtbot, tasks):
    done: list[object] = []
    for n in range(50):
        tasks.submit("write", lambda _t, n=n: n, on_done=done.append, on_error=nothing)
    qtbot.waitUntil(lambda: len(done) == 50)
    assert done == list(range(50))


def test_work_runs_elsewhere_and_is_told_on_the_main_thread(qtbot, tasks):
    main = threading.get_ident()
    where: list[int] = []
    tasks.submit(
        "read",
        lambda _t: threading.get_ident(),
        on_done=lambda worker: where.extend((worker, threading.get_ident())),
        on_error=nothing,
    )
    qtbot.waitUntil(lambda: len(where) == 2)
    assert where[0] != main
    assert where[1] == main


def test_one_thread_a_lane(qtbot, tasks):
    seen: dict[str, set[str]] = {"write": set(), "read": set()}
    for lane in ("write", "read"):
        for _ in range(5):
            tasks.submit(
                lane,
                lambda _t: threading.current_thread().name,
                on_done=seen[lane].add,
                on_error=nothing,
            )
    qtbot.waitUntil(lambda: tasks.idle)
    assert {lane: len(names) for lane, names in seen.items()} == {"write": 1, "read": 1}
    assert seen["write"] != seen["read"]


def test_a_failure_arrives_as_it_was_raised(qtbot, tasks):
    failures: list[Exception] = []

    def fails(_task: Task) -> None:
        raise DiskFull

    tasks.submit("write", fails, on_done=nothing, on_error=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], DiskFull)


def test_progress_is_thinned_but_ends_at_the_end(qtbot, tasks):
    told: list[int] = []

    def long(task: Task) -> None:
        for n in range(1, 1001):
            tasks.report(task, n, 1000, "写")

    done: list[object] = []
    tasks.submit(
        "files",
        long,
        on_done=done.append,
        on_error=nothing,
        on_progress=lambda n, _total, _text: told.append(n),
    )
    qtbot.waitUntil(lambda: bool(done))
    assert told[-1] == 1000
    assert len(told) < 500


def test_cancelling_reaches_the_work(qtbot, tasks):
    started = threading.Event()
    failures: list[Exception] = []

    def patient(task: Task) -> None:
        started.set()
        while not task.cancelled():
            QThread.yieldCurrentThread()
        raise Cancelled

    task = tasks.submit("files", patient, on_done=nothing, on_error=failures.append)
    assert started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], Cancelled)


def test_what_was_dropped_is_not_told(qtbot, tasks):
    told: list[object] = []
    gate = threading.Event()
    tasks.submit("read", lambda _t: gate.wait(5), on_done=nothing, on_error=nothing)
    late = tasks.submit("read", lambda _t: "late", on_done=told.append, on_error=nothing)
    tasks.submit("read", lambda _t: "newest", on_done=told.append, on_error=nothing)
    late.drop()
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle)
    assert told == ["newest"]


def test_busy_is_said_only_of_what_takes_long(qtbot, tasks):
    said: list[bool] = []
    tasks.busy.connect(said.append)
    tasks.submit("read", lambda _t: None, on_done=nothing, on_error=nothing)
    qtbot.waitUntil(lambda: tasks.idle)
    assert said == []
    gate = threading.Event()
    tasks.submit("read", lambda _t: gate.wait(5), on_done=nothing, on_error=nothing)
    qtbot.waitUntil(lambda: said == [True])
    gate.set()
    qtbot.waitUntil(lambda: said == [True, False])


def test_closing_waits_and_tells_nothing_more(qtbot):
    tasks = Tasks()
    started = threading.Event()
    told: list[object] = []
    finished: list[bool] = []

    def work(task: Task) -> str:
        started.set()
        while not task.cancelled():
            QThread.yieldCurrentThread()
        finished.append(True)
        return "late"

    tasks.submit("write", work, on_done=told.append, on_error=told.append)
    assert started.wait(5)
    tasks.close()
    assert finished == [True]
    after = tasks.submit("write", lambda _t: 1, on_done=told.append, on_error=told.append)
    assert after.dropped
    assert told == []
