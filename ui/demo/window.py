"""The demonstration with a screen: the working window on an invented office, signed in, to be tried by hand."""

import os
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from desk.clock import Clock, FixedClock, SystemClock
from desk.paths import OfficePaths
from desk.services import setup
from ui.demo.earlier import take_in_earlier
from ui.demo.hall import HALL, MORNING, NOTE, OPERATOR, PASSWORD, SET_UP
from ui.demo.residents import residents
from ui.environment import prepare_environment
from ui.pages.sign_in import SignInPage
from ui.startup import Start, make_app


class ShiftedClock:
    """Goes on from a given moment as fast as the real one."""

    def __init__(self, start: datetime, real: Clock) -> None:
        self._real = real
        self._ahead: timedelta = start - real.now()

    def now(self) -> datetime:
        return self._real.now() + self._ahead


def show() -> int:
    """Open the window and stay until it is closed; the office is thrown away then."""
    print(NOTE, flush=True)
    print("正在准备演示大厅……", flush=True)
    with tempfile.TemporaryDirectory(prefix="bianmin-demo-", ignore_cleanup_errors=True) as made:
        paths = OfficePaths(Path(made))
        prepare_office(paths)
        prepare_environment(os.environ, sys.platform)
        app = make_app()
        clock = ShiftedClock(MORNING, SystemClock())
        start = open_window(Start(app, paths, clock, last_resort=True))
        code = app.exec()
        start.close()
    return code


def prepare_office(paths: OfficePaths) -> None:
    """The hall with four weeks of earlier cases."""
    clock = FixedClock(SET_UP)
    made = setup.create_office(
        paths, profile=HALL, operator_name=OPERATOR, password=PASSWORD, clock=clock
    )
    try:
        setup.prove_recovery(paths, typed=made.recovery_key)
        take_in_earlier(made.office, clock, residents())
    finally:
        made.office.close()


def open_window(start: Start) -> Start:
    """Show the sign-in page and sign in as soon as everything is loaded."""
    start.loaded.connect(lambda: _sign_in(start))
    start.show()
    return start


def _sign_in(start: Start) -> None:
    page = start.host.centralWidget()
    if isinstance(page, SignInPage):
        page.password.setText(PASSWORD)
        page.submit()
