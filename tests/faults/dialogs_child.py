"""Every box, menu and list that opens over the window, opened and closed again and again: `python -m tests.faults.dialogs_child FOLDER TIMES [PLANTED]`.

Each kind is opened a few times first, then told how the process stands, then opened TIMES more and told again: a line
`KIND before after`, each `widgets objects descriptors KiB`. PLANTED `keeps` is a bug to be found in the first of the places: boxes stay when they are closed.
"""

import gc
import os
import sys
import traceback
import weakref
from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from desk import memory
from desk.services.views import DraftRow
from tests.builders import PASSWORD, intake_values
from tests.faults import at_window
from tests.faults.at_window import Patient
from tests.faults.deeds import standing
from ui.demo.morning import Chosen
from ui.environment import prepare_environment
from ui.locking import Cover
from ui.main_window import MainWindow
from ui.notices import KEPT, Verb
from ui.pages.intake.page import IntakePage
from ui.pages.settings.page import SettingsPage
from ui.second_person import ask_consent
from ui.startup import make_app

WARM_UP = 2
TRIES = 4
"""What the day begins with (a backup, the chain) may fall into one; what leaks grows each time."""
ITEM, DISEASES, DAY = "YB-MT-01", "申报病种", "打开日历"

Key = Qt.Key
Deed = Callable[[], None]


class Table:
    """What opens over the window, each kind opened and closed once by a call."""

    def __init__(self, hands: Patient) -> None:
        self.hands = hands

    @property
    def window(self) -> MainWindow:
        """The one that stands now: with other letters it is built anew."""
        assert self.hands.start.window is not None
        return self.hands.start.window

    def question(self) -> None:
        self.window.notices.ask("要删去吗", "删去以后不能恢复。", Verb("删去"), Verb("先不删"))
        self._leave_box()

    def message(self) -> None:
        """A toast and a banner with buttons of their own."""
        page = self.window.navigation.current
        assert page is not None
        self.window.notices.toast("已受理", Verb("打印"), Verb("撤销"))
        self.window.notices.banner(page.banner, "磁盘满了", "没有保存。", Verb("再试一次"))
        page.banner.clear()
        # As between two messages of a day: the buttons of the last one go.
        self.hands.rest()

    def second_person(self) -> None:
        ask_consent(self.window._own, "作废这一件", lambda _approval: None)
        self.hands.wait_for("先不办")
        self._leave_box()

    def diagnosis(self) -> None:
        page = self.window.navigation.current
        assert isinstance(page, SettingsPage)
        box = page.help.tell()
        self.hands.wait_until(lambda: box.keep.isEnabled(), "诊断信息")
        self._leave_box()

    def large_letters(self) -> None:
        """The window is built anew, and once more."""
        for _ in range(2):
            self.window.go("settings")
            self.hands.rest()
            page: Any = self.window.navigation.current
            page.large.click()
            self.hands.rest()

    def lock(self) -> None:
        self.hands.press(Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        cover: Any = next(iter(self.hands.on_screen(Cover)))
        cover.page.password.setText(PASSWORD)
        cover.page.submit()
        self.hands.wait_until(lambda: self.window.isEnabled(), "解锁")

    def large_view(self) -> None:
        page = self.window.navigation.current
        assert isinstance(page, IntakePage)
        page.parts.paper.enlarge()
        self._leave_box()

    def calendar(self) -> None:
        self.hands.click(DAY)
        self._close_list()

    def many_of_a_list(self) -> None:
        self.hands.see(QPushButton, DISEASES).setFocus()
        self.hands.press(Key.Key_Down)
        self._close_list()

    def menu(self) -> None:
        button = self.hands.see(QPushButton, "导出台账 ▾")
        button.click()
        self._close_list()

    def _leave_box(self) -> None:
        """Esc, in the box itself."""
        self.hands.wait_until(lambda: QApplication.activeModalWidget() is not None, "问题")
        box = QApplication.activeModalWidget()
        assert box is not None
        QTest.keyClick(box, Key.Key_Escape)
        self.hands.wait_until(lambda: QApplication.activeModalWidget() is None, "关上")
        self.hands.rest()

    def _close_list(self) -> None:
        self.hands.wait_until(lambda: QApplication.activePopupWidget() is not None, "列表")
        popup = QApplication.activePopupWidget()
        assert popup is not None
        popup.close()
        self.hands.rest()

    def take_up(self) -> None:
        """受理 with a form that has days and lists, and its paper."""
        self.window.go("intake")
        self.hands.rest()
        page = self.window.navigation.current
        assert isinstance(page, IntakePage)
        office = self.window.operations.office
        values = intake_values(office, ITEM)
        page.take_up(DraftRow(0, "", office.clock.now().isoformat(), values))
        self.hands.rest()
        self.hands.wait_until(lambda: bool(page.parts.paper.preview.pictures()), "文书")

    def places(self) -> Mapping[Deed, tuple[Deed, ...]]:
        """Where one must be, and what opens there."""
        settings = partial(self.window.go, "settings")
        cases = partial(self.window.go, "cases")
        return {
            settings: (self.question, self.message, self.second_person, self.diagnosis, self.lock),
            cases: (self.menu,),
            self.take_up: (self.large_view, self.calendar, self.many_of_a_list),
            partial(self.hands.press, Key.Key_F3): (self.help, self.large_letters),
        }

    def help(self) -> None:
        self.hands.press(Key.Key_F1)
        self._leave_box()


def marked(hands: Patient) -> str:
    """Widgets, objects of Python, descriptors, KiB; everything let go of is gone first.

    Weak references are not counted: Qt for Python keeps one of some 80 bytes for every connected method that went.
    """
    hands.rest()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    memory.give_back()
    kib, files, _, _ = standing()
    objects = sum(type(one) is not weakref.ref for one in gc.get_objects())
    return f"{len(QApplication.allWidgets())} {objects} {files} {kib}"


def main(folder: Path, times: int, planted: str) -> None:
    prepare_environment(os.environ, sys.platform)
    app = make_app()
    if planted:
        vars(sys.modules[__name__])[planted]()
    hands = Patient(at_window.opened(app, folder, Chosen()))
    table = Table(hands)
    for _ in range(KEPT):
        # The last words are kept, so many of them.
        table.window.notices.toast("已保存")
    for get_there, deeds in islice(table.places().items(), 1 if planted else None):
        get_there()
        hands.rest()
        for deed in deeds:
            for _ in range(WARM_UP):
                deed()
            before, after = marked(hands), ""
            for _ in range(TRIES):
                for _ in range(times):
                    deed()
                before, after = after or before, marked(hands)
                if before.split()[:2] == after.split()[:2]:
                    break
            print(deed.__name__, before, after, flush=True)


def keeps() -> None:
    """The bug: nothing that opened goes away when it closes."""
    real = QDialog.open

    def opened(self: QDialog) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        real(self)

    QDialog.open = opened  # type: ignore[method-assign]


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), int(sys.argv[2]), "".join(sys.argv[3:]))
    except BaseException:
        traceback.print_exc()
        os._exit(3)
    # What is under way in threads would keep it here.
    os._exit(0)
