"""The program's own window, run as `START=<ns> python -m tests.bench.real_window DEED FOLDER`.

paint: prints milliseconds to the painted sign-in page and until a typed character arrived in the password.
today: prints milliseconds from the key in hand to the painted first page with its rows.
papers: prints resident kilobytes after ten papers were drawn and shown.
Heavy imports stand where they are needed: before the first paint this is `ui.startup.run`, line by line.
"""

import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ui.__main__  # noqa: F401 - the real start comes through it
from desk import keyring
from desk.clock import Clock, SystemClock
from desk.crashes import CrashWatch
from desk.paths import OfficePaths
from ui.environment import prepare_environment
from ui.startup import Start, make_app

if TYPE_CHECKING:
    from desk.services.office import Office

STARTED = int(os.environ["START"])
PAPERS = 10


def main(deed: str, folder: Path) -> None:
    gc.disable()
    prepare_environment(os.environ, sys.platform)
    paths, real = OfficePaths(folder), SystemClock()
    watch = CrashWatch(paths.starts, real)
    careful = keyring.exists(paths.folder) and watch.begin()
    app = make_app()
    clock = real if deed == "paint" else closing_clock()
    start = Start(app, paths, clock, watch=watch, careful=careful)
    start.painted.connect(gc.enable)
    {"paint": type_a_letter, "today": open_today, "papers": draw_papers}[deed](start)
    start.show()
    app.exec()


def closing_clock() -> Clock:
    """The last moment of the big office."""
    from desk.clock import FixedClock
    from tests.bench.big_door import CLOSING

    return FixedClock(CLOSING)


def type_a_letter(start: Start) -> None:
    """A letter pressed as soon as the first frame stands."""
    times: list[int] = []

    def painted() -> None:
        times.append(time.time_ns())
        press()

    def press() -> None:
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent

        from ui.pages.sign_in import SignInPage

        page = start.host.centralWidget()
        assert isinstance(page, SignInPage)
        page.password.textChanged.connect(arrived)
        key = QKeyEvent(QEvent.Type.KeyPress, 0x41, Qt.KeyboardModifier.NoModifier, "a")
        focus = start.app.focusWidget()
        assert focus is not None
        start.app.postEvent(focus, key)

    def arrived() -> None:
        finish(start, *((moment - STARTED) / 1e6 for moment in (times[0], time.time_ns())))

    start.painted.connect(painted)


def open_today(start: Start) -> None:
    """The clock runs from the moment the key is there, as the sign-in has it after the derivation."""
    enter_when_loaded(start, lambda began: finish(start, (time.perf_counter() - began) * 1000))


def draw_papers(start: Start) -> None:
    """Walk through the pages, hand out ten papers and draw them for the printer."""

    def entered(_began: float) -> None:
        window: Any = start.window
        for page in ("intake", "cases", "today"):
            window.go(page)
        start.run(lambda: hand_out(window.operations.office), on_done=drawn, on_refused=fail)

    def drawn(papers: int) -> None:
        from tests.bench.resident import resident_kb

        if papers != PAPERS:
            fail(ValueError(papers))
        finish(start, resident_kb())

    enter_when_loaded(start, entered)


def hand_out(office: "Office") -> int:
    """Ten papers of cases on file, drawn as PDF, kept, and drawn for a printer of 300 dpi; how many there were."""
    from sqlalchemy import select

    from db.models import Document
    from desk.services import documents
    from desk.services.operation import reading

    with reading(office) as connection:
        newest = select(Document.id).order_by(Document.id.desc()).limit(PAPERS)
        found = connection.execute(newest).scalars().all()
    for document in found:
        pdf = documents.hand_out(office, document_id=document).value
        documents.pictures(office, pdf, 300)
    return len(found)


def enter_when_loaded(start: Start, entered: Callable[[float], None]) -> None:
    """Open the office with its key when the rules are there; `entered` gets the moment the key was in hand."""

    def go_in() -> None:
        from uuid import UUID

        from desk.services.sign_in import open_with_key
        from tests.bench.big_door import PASSWORD, operator_of

        folder = start.paths.folder
        operator = operator_of(folder)
        key = keyring.open_with_password(folder, operator, PASSWORD, start.clock)
        began = time.perf_counter()
        start.opened.connect(lambda _window: when_filled(start, lambda: entered(began)))
        start.run(
            lambda: open_with_key(
                start.paths, key, UUID(hex=operator), clock=start.clock, rules=start._rules
            ),
            on_done=start._opened,
            on_refused=fail,
        )

    start.loaded.connect(go_in)


def when_filled(start: Start, then: Callable[[], None]) -> None:
    """Call `then` once, after 今日 was painted with its rows."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    window: Any = start.window
    table = window.navigation.current.cases.table

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and table.model().rowCount():
                table.viewport().removeEventFilter(self)
                QTimer.singleShot(0, then)
            return False

    table.viewport().installEventFilter(Watch(start))


def finish(start: Start, *figures: float) -> None:
    """Print the figures and be gone, as one that ended well."""
    if start.watch is not None:
        start.watch.end()
    print(*figures, flush=True)
    os._exit(0)


def fail(error: Exception) -> None:
    """Say why on stderr and be gone."""
    print(repr(error), file=sys.stderr, flush=True)
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
