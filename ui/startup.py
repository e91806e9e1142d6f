"""From nothing to a working window: the first paint with Qt alone, everything heavy behind it."""

import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desk import keyring
from desk.clock import Clock, SystemClock
from desk.crashes import CrashWatch
from desk.errors import DeskError, OfficeDamaged, OfficeError
from desk.paths import OfficePaths, default_folder
from ui import leaving, theme
from ui.dressing import load_fonts as load_fonts
from ui.dressing import log, translate
from ui.dressing import make_app as make_app
from ui.environment import prepare_environment
from ui.host import Host as Host
from ui.pages.sign_in import SignInPage

if TYPE_CHECKING:
    from typing import IO

    from desk.services.office import Office
    from desk.services.rules import Rules
    from ui.crash import Crash
    from ui.main_window import MainWindow
    from ui.notices import Chooser, Notices
    from ui.shell import Preferences
    from ui.tasks import Task, Tasks

DESIGNED = (1366, 768)
CAREFULLY = "程序刚才没有正常关闭，这次小心着开：登录后先选要做什么，不会改动数据。"


def run(folder: Path | None = None, server: str = "", *, safe: bool = False) -> int:
    """Open the window on `folder` (default: this user's own) and stay until it is closed.

    `server` is the address of the PostgreSQL database a county's rows are in ('': its own file). `safe` asks for the
    mode that only looks, which two starts that broke off of late bring about as well.
    """
    # Collecting while modules load costs a tenth of the start; it goes on after the first paint.
    gc.disable()
    prepare_environment(os.environ, sys.platform, built=hasattr(sys, "frozen"))
    paths, clock = OfficePaths(folder or default_folder(), server), SystemClock()
    watch = CrashWatch(paths.starts, clock)
    # Before there is an office there is nothing to be careful with, and no folder.
    careful = keyring.exists(paths.folder) and watch.begin()
    app = make_app()
    start = Start(app, paths, clock, last_resort=True, watch=watch, careful=careful or safe)
    start.painted.connect(gc.enable)
    # Also when Windows ends the session.
    app.aboutToQuit.connect(watch.end)
    start.show()
    try:
        return app.exec()
    finally:
        watch.end()


class Start(QObject):
    """Shows sign-in or set-up, loads the rest behind it, and opens the working window.

    With `last_resort` it also takes every exception that nobody caught; `careful` opens an office for looking only.
    """

    painted = Signal()
    """The first frame is on the screen."""
    loaded = Signal()
    """Rules and fonts are there."""
    opened = Signal(object)
    """The working window (`MainWindow`) stands."""

    def __init__(
        self,
        app: QApplication,
        paths: OfficePaths,
        clock: Clock,
        chooser: "Chooser | None" = None,
        *,
        last_resort: bool = False,
        watch: CrashWatch | None = None,
        careful: bool = False,
    ) -> None:
        super().__init__(app)
        self._last_resort = last_resort
        self.watch, self.careful = watch, careful
        self.app, self.paths, self.clock, self.chooser = app, paths, clock, chooser
        self.host = Host()
        self.host.painted.connect(self.painted)
        # Keys that were pressed meanwhile come first.
        self.host.painted.connect(lambda: QTimer.singleShot(0, self, self._begin))
        self.host.closing.connect(self.close)
        self.window: MainWindow | None = None
        self.notices: Notices | None = None
        self._office: Office | None = None
        self._tasks: Tasks | None = None
        self._crash: Crash | None = None
        self._unreadable: OfficeError | None = None
        self._to_rescue = False
        self._faults: IO[bytes] | None = None
        # Written by the writer thread before any other work runs there.
        self._rules: Rules | None = None

    def show(self) -> None:
        """Put the first page on the screen."""
        self._put(self._first_page())
        room = self.app.primaryScreen().availableGeometry()
        self.host.resize(min(room.width(), DESIGNED[0]), min(room.height(), DESIGNED[1]))
        if room.width() <= DESIGNED[0]:
            self.host.showMaximized()
        else:
            self.host.show()

    def close(self) -> None:
        """Keep what was typed, wait for what is under way and let go of the folder."""
        window, self.window = self.window, None
        leaving.put_away(window)
        if self._tasks is not None:
            self._tasks.close()
        if self._office is not None:
            leaving.back_up(self._office)
            self._office.close()
            self._office = None

    def run(
        self,
        work: Callable[..., Any],
        *,
        on_done: Callable[[Any], None],
        on_refused: Callable[[DeskError], None],
        on_progress: Callable[[int, int, str], None] | None = None,
    ) -> None:
        """Run `work` on the writer thread, behind the loading; a named failure goes to `on_refused`.

        With `on_progress` it is handed a function to tell how far it is.
        """
        tasks, crash = self._tasks, self._crash
        if tasks is None or crash is None:
            # Typed faster than the first paint was handled: once more when it is.
            again = partial(
                self.run, work, on_done=on_done, on_refused=on_refused, on_progress=on_progress
            )
            QTimer.singleShot(0, self, again)
            return

        def failed(error: Exception) -> None:
            if isinstance(error, DeskError):
                on_refused(error)
            else:
                crash.bug(error)

        def told(task: "Task") -> Any:
            return work(partial(tasks.report, task)) if on_progress else work()

        tasks.submit("write", told, on_done=on_done, on_error=failed, on_progress=on_progress)

    def _first_page(self) -> QWidget:
        if not keyring.exists(self.paths.folder):
            from ui.pages.welcome import WelcomePage

            return WelcomePage()
        try:
            names = [(one.id, one.name) for one in keyring.operators(self.paths.folder)]
            page = SignInPage(keyring.label(self.paths.folder), names)
        except OfficeError as error:
            # Told when there is something to tell it with, behind the first paint.
            self._unreadable = error
            return QWidget()
        page.submitted.connect(self._sign_in)
        if self.careful:
            page.tell(CAREFULLY)
        return page

    def _put(self, page: QWidget) -> None:
        self.host.setCentralWidget(page)
        page.setFocus()

    def _begin(self) -> None:
        """What the window needs beyond its first page, and the slow part on a thread of its own."""
        from desk import memory
        from ui.crash import Crash
        from ui.notices import Notices
        from ui.tasks import Tasks

        memory.settle()
        self._tasks = Tasks(self)
        self.notices = Notices(self.host, self.chooser)
        self._crash = Crash(self._say_bug, self)
        if self._last_resort:
            self._crash.install()
        if keyring.exists(self.paths.folder):
            # Before there is an office, there is no folder to write into.
            self._log()
        translate(self.app)
        if self._unreadable is not None:
            from ui import troubles

            if not troubles.keys_in_backup(self, self._put, self._sign_in, self._rescue):
                self._cannot_load(self._unreadable)
                return
        self.run(self._load, on_done=self._after_load, on_refused=self._cannot_load)

    def _load(self) -> None:
        """On the writer thread: the slow imports, the rules, the fonts, while the clerk types."""
        import desk.services.sign_in  # noqa: F401
        import ui.main_window  # noqa: F401
        from desk import memory
        from desk.fonts import unpacked_fonts
        from desk.services.rules import load_rules

        self._rules = load_rules()
        memory.settle_rules()
        try:
            unpacked_fonts()
        except OfficeError:
            log().info("fonts are not to be had")

    def _after_load(self, _done: object) -> None:
        theme.apply(self.app, load_fonts("bold", "rare"), large=False)
        self.loaded.emit()
        if not keyring.exists(self.paths.folder):
            self._set_up()

    def _cannot_load(self, error: DeskError) -> None:
        from ui.troubles import cannot_begin

        cannot_begin(self, error)

    def _set_up(self) -> None:
        from ui.pages.setup import SetupPage

        if self._rules is None or self.notices is None:
            return
        page = SetupPage(self.paths, self.clock, self._rules, self.run, self.notices)
        page.made.connect(self._hold)
        page.finished.connect(self._opened)
        self._put(page)

    def _sign_in(self, operator_id: str, password: str) -> None:
        from desk.services.sign_in import sign_in
        from ui.troubles import sign_in_refused

        def refused(error: DeskError) -> None:
            if isinstance(error, OfficeDamaged):
                self._rescue(operator_id, password)
                return
            sign_in_refused(self, error, lambda: self._put(self._first_page()))

        if self._to_rescue:
            self._rescue(operator_id, password)
            return

        def work() -> object:
            return sign_in(
                self.paths,
                operator_id=operator_id,
                password=password,
                clock=self.clock,
                rules=self._rules,
                read_only=self.careful,
            )

        self.run(work, on_done=self._signed_in, on_refused=refused)

    def _rescue(self, operator_id: str, password: str) -> None:
        """The file does not open, or the clerk asked for it: backups instead."""
        from ui.pages.rescue.door import offer
        from ui.troubles import sign_in_refused

        def left() -> None:
            self._to_rescue = False
            self._put(self._first_page())

        offer(self, (operator_id, password), partial(sign_in_refused, self), left)

    def _sign_out(
        self,
        *,
        rescue: bool = False,
        typed: bool = True,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Close the office when all is written and told; with `rescue` whoever comes next chooses among the backups.

        `then` is what comes instead of signing in.
        """
        office, tasks = self._office, self._tasks
        if office is None or tasks is None:
            return
        if typed:
            leaving.put_away(self.window)
        if not tasks.idle:
            again = partial(self._sign_out, rescue=rescue, typed=False, then=then)
            QTimer.singleShot(20, self, again)
            return
        leaving.let_go(self.window)
        self._office = self.window = None
        self._to_rescue = rescue
        office.close()
        if then is not None:
            then()
            return
        self._put(self._first_page())

    def _signed_in(self, office: "Office") -> None:
        from ui.pages.new_password import asked_first
        from ui.pages.setup import ask_back

        self._hold(office)
        if office.read_only:
            from ui.pages.safe.door import offer

            offer(self, office, look=self._opened, leave=self._sign_out)
            return
        if asked_first(office, self.run, self._put, self._signed_in):
            return
        if keyring.is_proved(self.paths.folder):
            self._opened(office)
            return
        ask_back(office, self.run, self._put, self._opened)

    def _hold(self, office: "Office") -> None:
        """From now on the window lets go of it when it closes."""
        self._office = office
        self._log()
        log().info("opened %s, %s", office.origin, office.kind)

    def _log(self) -> None:
        from desk import logs

        logs.start_log(self.paths.logs)
        if self._last_resort and self._faults is None:
            self._faults = logs.watch_faults(self.paths.logs)

    def _opened(self, office: "Office") -> None:
        from ui.shell import read_preferences

        self._hold(office)
        self.run(
            lambda: read_preferences(office), on_done=self._enter, on_refused=self._cannot_load
        )

    def _enter(self, preferences: "Preferences", page: str = "") -> None:
        from ui.feed import Feed
        from ui.locking import Locking
        from ui.main_window import MainWindow
        from ui.operations import Operations
        from ui.pages.safe.door import as_usual
        from ui.troubles import another_key

        if not (self._office and self._tasks and self.notices and self._crash):
            return
        leaving.put_away(self.window)
        leaving.let_go(self.window)
        theme.set_large(self.app, large=preferences.large_text)
        feed = Feed(self)
        operations = Operations(
            self._office, self._tasks, feed, on_bug=self._crash.bug, parent=self
        )
        operations.rescue_asked.connect(lambda: self._sign_out(rescue=True))
        away = partial(another_key, self, self._office, lambda: self._put(self._first_page()))
        operations.new_key_asked.connect(lambda people: self._sign_out(then=away(people)))
        operations.usual_start_asked.connect(lambda: as_usual(self, self._sign_out))
        self.window = MainWindow(operations, feed, self.notices, self._tasks, preferences)
        self.window.text_size_changed.connect(lambda wanted: self._enter(wanted, "settings"))
        Locking(self.host, self.window, operations, self._sign_out)
        self._put(self.window)
        if page:
            self.window.go(page)
        else:
            self.window.go_home()
        self.opened.emit(self.window)

    def _say_bug(self) -> None:
        from desk.words.errors import BUG
        from ui.notices import Verb

        if self.notices is not None and self._crash is not None:
            self.notices.ask(BUG.title, BUG.text, Verb("知道了", self._crash.closed))
