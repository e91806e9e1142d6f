"""A click's trip: the verb gets the office, the value comes back, the feed is told, refusals stand in place."""

import threading

import pytest

from desk.changes import Changes
from desk.errors import Cancelled, DiskFull, NotFound
from desk.services import settings
from desk.services.operation import Done
from desk.words.errors import words
from ui.notices import Banner


@pytest.fixture
def told(shell):
    """What the feed told, with the initiator."""
    heard: list[tuple[Changes, str]] = []
    shell.feed.changed.connect(lambda changes, who: heard.append((changes, who)))
    return heard


def test_a_write_brings_its_value_and_tells_the_others(qtbot, shell, told, office):
    done: list[object] = []
    shell.write(
        lambda office: settings.put(office, key="printer", value="HP 1020"), on_done=done.append
    )
    qtbot.waitUntil(lambda: bool(told))
    assert done == [None]
    assert told[0][0].settings
    assert told[0][1] == "page"
    assert settings.get(office, "printer") == "HP 1020"


def test_the_initiator_is_answered_before_the_feed(qtbot, shell):
    order: list[str] = []
    shell.feed.changed.connect(lambda *_: order.append("feed"))
    shell.write(
        lambda _office: Done("value", Changes(drafts=True)), on_done=lambda v: order.append(v)
    )
    qtbot.waitUntil(lambda: order == ["value", "feed"])


def test_a_read_runs_on_its_own_thread_with_the_office_first(qtbot, shell, office):
    got: list[tuple[bool, str, str]] = []

    def verb(given, *, text):
        return given is office, text, threading.current_thread().name

    shell.read(verb, on_done=got.append, text="glbt")
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][:2] == (True, "glbt")
    assert got[0][2].startswith("desk-read")


def test_a_refusal_stands_in_the_pages_banner(qtbot, shell, notices, host):
    shell.banner = Banner(host)

    def full(_office):
        raise DiskFull

    shell.write(full)
    qtbot.waitUntil(lambda: bool(notices.shown))
    said = words(DiskFull())
    assert shell.banner.text == f"{said.title} {said.text}"
    assert notices.shown[0].kind == "banner"


def test_a_page_may_take_its_refusals_itself(qtbot, shell, notices):
    mine: list[Exception] = []

    def lost(_office):
        raise NotFound

    shell.read(lost, on_done=mine.append, on_refused=mine.append)
    qtbot.waitUntil(lambda: bool(mine))
    assert isinstance(mine[0], NotFound)
    assert notices.shown == []


def test_a_mistake_in_the_program_goes_to_the_last_resort(qtbot, shell, notices, bugs):
    def bad(_office):
        raise KeyError("x")

    shell.read(bad, on_done=lambda _: None)
    qtbot.waitUntil(lambda: bool(bugs))
    assert isinstance(bugs.pop(), KeyError)
    assert notices.shown == []


def test_of_several_only_the_latest_answers(qtbot, shell, tasks):
    got: list[object] = []
    gate = threading.Event()
    shell.read(lambda _office: gate.wait(5), on_done=lambda _: None)
    for text in ("g", "gl", "glb", "glbt"):
        shell.read(lambda _office, *, text: text, on_done=got.append, latest="search", text=text)
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle)
    assert got == ["glbt"]


def test_progress_and_cancel_reach_the_verb(qtbot, shell):
    seen: list[object] = []
    refused: list[Exception] = []

    def export(_office, *, progress, cancelled):
        progress(1, 2, "写第 1 页")
        while not cancelled():
            pass
        raise Cancelled

    task = shell.read(
        export,
        on_done=seen.append,
        on_refused=refused.append,
        on_progress=lambda *step: seen.append(step),
    )
    qtbot.waitUntil(lambda: seen == [(1, 2, "写第 1 页")])
    task.cancel()
    qtbot.waitUntil(lambda: bool(refused))
    assert isinstance(refused[0], Cancelled)


def test_files_are_handled_without_the_office(qtbot, shell, tmp_path):
    (tmp_path / "a.txt").write_text("回执", encoding="utf-8")
    got: list[object] = []
    shell.files(lambda: (tmp_path / "a.txt").read_text(encoding="utf-8"), on_done=got.append)
    qtbot.waitUntil(lambda: got == ["回执"])


def test_a_window_that_went_is_told_nothing_more(qtbot, shell, tasks, told):
    """What it asked for is done all the same; its pages are gone, and whoever listened is let go of."""
    asked, go_on = [], threading.Event()

    def verb(_office):
        go_on.wait(10)
        asked.append("done")
        return Done("value", Changes(drafts=True))

    shell.write(verb, on_done=lambda _value: asked.append("told"))
    with qtbot.waitSignal(shell.feed.destroyed):
        shell.operations.leave()
    go_on.set()
    qtbot.waitUntil(lambda: tasks.idle)
    assert asked == ["done"]
    assert told == []


def test_a_window_that_went_asks_nothing_more(shell, tasks):
    """Its timers may still come: the office is closed by then, and reading would open it again."""
    asked: list[str] = []
    shell.operations.leave()
    shell.read(lambda _office: asked.append("read"), on_done=asked.append)
    shell.write(lambda _office: asked.append("write"))
    shell.files(lambda: asked.append("files"), on_done=asked.append)
    assert tasks.idle
    tasks.close()
    assert asked == []
