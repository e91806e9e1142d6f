"""A real window in which things go wrong: `python -m tests.faults.bugs_child FOLDER`.

Prints, as JSON, what the clerk was told after a bug in a slot, in a thread, in a worker and in a service call, and whether the office
still takes a case in; then the machine's own fault ends it.
"""

import ctypes
import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from desk.clock import FixedClock
from desk.paths import OfficePaths
from tests.builders import MONDAY, PASSWORD, take_in
from ui.environment import prepare_environment
from ui.notices import Question
from ui.pages.sign_in import SignInPage
from ui.startup import Start, make_app

SECRET = "刘桂兰610422195603120420住池阳花园"
STILL_MS = 60_000


class Session:
    """One bug after the other, the box read and closed each time."""

    def __init__(self, start: Start) -> None:
        self.start = start
        self.told: dict[str, str] = {}
        self.left: list[tuple[str, Callable[[], None]]] = [
            ("slot", fails),
            ("thread", lambda: threading.Thread(target=fails).start()),
            ("worker", self.in_a_worker),
            ("service", self.in_a_service),
        ]

    def go_on(self) -> None:
        """The next bug; when there is none left, the proof that the office lives, and the end."""
        if not self.left:
            self.end()
            return
        name, deed = self.left.pop(0)
        QTimer.singleShot(0, deed)
        self.wait_for(name)

    def wait_for(self, name: str) -> None:
        boxes = self.start.host.findChildren(Question)
        if not boxes:
            QTimer.singleShot(20, lambda: self.wait_for(name))
            return
        assert self.start.notices is not None
        self.told[name] = self.start.notices.shown[-1].title
        box = boxes[0]
        box._answer(box._last)
        box.setParent(None)
        QTimer.singleShot(0, self.go_on)

    def in_a_worker(self) -> None:
        self.start.run(fails, on_done=print, on_refused=print)

    def in_a_service(self) -> None:
        assert self.start.window is not None
        self.start.window.operations.run("write", fails_in_a_task, cannot=print)

    def end(self) -> None:
        assert self.start.window is not None
        number = take_in(self.start.window.operations.office).number
        print(json.dumps({"told": self.told, "number": number}), flush=True)
        reads_nothing(SECRET)


def fails() -> None:
    """A bug whose text quotes what somebody typed."""
    raise ValueError(SECRET)


def fails_in_a_task(_task: object) -> None:
    """The same, as a service call is made."""
    fails()


def reads_nothing(_typed: str) -> None:
    """The fault no exception is made of."""
    ctypes.string_at(0)


def main(folder: Path) -> None:
    """Sign in, then let things go wrong."""
    prepare_environment(os.environ, sys.platform)
    app = make_app()
    start = Start(app, OfficePaths(folder), FixedClock(MONDAY), last_resort=True)
    session = Session(start)

    def sign_in() -> None:
        page = start.host.centralWidget()
        assert isinstance(page, SignInPage)
        page.password.setText(PASSWORD)
        page.submit()

    start.loaded.connect(sign_in)
    start.opened.connect(lambda: QTimer.singleShot(600, session.go_on))
    start.show()
    QTimer.singleShot(STILL_MS, lambda: os._exit(4))
    sys.exit(app.exec())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
