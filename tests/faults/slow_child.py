"""The real window at work on a disk whose every sync lingers: `python -m tests.faults.slow_child FOLDER MS DEEDS SEED [PLANTED]`.

Started with the shim. Prints, as JSON, for how long the window answered nothing, deed by deed, how long saves took, how many syncs
lingered, how many of them on the window's own thread and how many with the interpreter held. PLANTED is a bug to be found:
`writes_here` does the writer's work on the window's thread, `waits` lets the window wait for it, `holds` syncs without letting others
go on.
"""

import ctypes
import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QPushButton

from desk.changes import Changes
from desk.services.views import DraftRow
from tests.builders import id_number, intake_values, person
from tests.faults import at_window, shim
from tests.faults.at_window import Patient
from tests.faults.shim import Fault, On, What
from ui.demo.morning import Chosen
from ui.environment import prepare_environment
from ui.main_window import MainWindow
from ui.pages.intake.layout import DONE
from ui.pages.intake.page import IntakePage
from ui.startup import Start, make_app
from ui.tasks import Task, Tasks

ITEM = "MZ-GL-01"
BEAT_MS = 5
SELDOM = 4
NAMES = "秀英桂兰建国志明玉珍德福淑芳"
Key = Qt.Key
OPENING = "opening"


class Heart(QObject):
    """Beats as fast as the window's loop answers; what the machine made it wait for a processor is taken off."""

    def __init__(self) -> None:
        super().__init__()
        self.deed, self.longest = OPENING, {OPENING: 0.0}
        self.with_queue = 0.0
        self._queued = os.open("/proc/self/schedstat", os.O_RDONLY)
        self._last = self._now()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _now(self) -> tuple[float, float]:
        """Milliseconds of the clock, and those this thread was ready and got no processor."""
        queued = int(os.pread(self._queued, 100, 0).split()[1])
        return time.perf_counter() * 1000, queued / 1e6

    def _beat(self) -> None:
        (before, queued), self._last = self._last, self._now()
        gap = self._last[0] - before
        frozen = gap - (self._last[1] - queued)
        self.longest[self.deed] = max(frozen, self.longest.get(self.deed, 0.0))
        self.with_queue = max(gap, self.with_queue)


class Day:
    """What a clerk does, deed by deed."""

    def __init__(self, start: Start, dice: random.Random, chosen: Chosen) -> None:
        self.hands, self.dice, self.chosen = Patient(start), dice, chosen
        self.saves: list[float] = []
        self.case: UUID | None = None
        self._pressed, self.rounds = 0.0, 0
        assert start.window is not None
        self.window: MainWindow = start.window
        self.folder = start.paths.folder
        start.window.feed.changed.connect(self._saved)

    def take_in(self) -> None:
        """Somebody new; F9, the paper is drawn, the next one."""
        page = self._typed()
        self._save()
        self.hands.wait_until(lambda: page.parts.stage() == DONE, "办完")
        self.hands.press(Key.Key_F9)

    def move_on(self) -> None:
        """A case taken in is accepted."""
        self.take_in()
        self.window.go("case", case_id=self.case)
        self.hands.wait_for("登记受理")
        self.hands.press(Key.Key_F9)
        day = self.window.operations.office.today.isoformat()
        self.hands.fill({"受理日期": day, "受理机关的编号": "城关民受 2026-243"})
        self._save()
        self.hands.wait_for("已受理")

    def leave_a_draft(self) -> None:
        """Typed half, and gone to another page."""
        page = self._typed()
        page.drafts.touch()
        self.hands.press(Key.Key_F3)
        self.hands.press(Key.Key_F2)
        page.start()
        self.hands.rest()

    def search(self) -> None:
        """Letter by letter."""
        self.hands.press(Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        self.hands.type("lgl")
        self.hands.press(Key.Key_Escape)

    def look_around(self) -> None:
        """Page after page."""
        for key in (Key.Key_F3, Key.Key_F6, Key.Key_F7, Key.Key_F2):
            self.hands.press(key)

    def write_the_stick(self) -> None:
        """同步: everything the county has not acknowledged."""
        self.window.go("sync")
        stick = self.folder / "U盘"
        stick.mkdir(exist_ok=True)
        self.hands.rest()
        page: Any = self.window.navigation.current
        page.stick.use(stick)
        self.hands.press(Key.Key_F9)

    def back_up(self) -> None:
        """现在备份."""
        self.window.go("settings")
        self.hands.rest()
        self.hands.see(QPushButton, "现在备份").click()
        self.hands.wait_for("备份好了")

    def write_a_ledger(self) -> None:
        """An Excel file."""
        self.chosen.next = self.folder / "台账.xlsx"
        self.hands.press(Key.Key_F7)
        self.hands.press(Key.Key_F9)
        self.hands.rest()

    def round(self) -> list[Callable[[], None]]:
        """Each deed once, in some order; a backup and a stick in one round of four, for of a large file they take minutes."""
        deeds = [self.take_in, self.move_on, self.leave_a_draft, self.search, self.look_around]
        deeds += [self.write_a_ledger]
        deeds += [self.write_the_stick, self.back_up] if self.rounds % SELDOM == 0 else []
        self.rounds += 1
        return self.dice.sample(deeds, len(deeds))

    def _typed(self) -> IntakePage:
        """受理 with everything typed and checked."""
        self.window.go("intake")
        self.hands.rest()
        page = self.window.navigation.current
        assert isinstance(page, IntakePage)
        order = self.dice.randrange(1000)
        birth = f"19{self.dice.randrange(30, 56)}-03-{self.dice.randrange(1, 28):02d}"
        name = "刘" + "".join(self.dice.choices(NAMES, k=2))
        number = id_number(birth=birth.replace("-", ""), order=order)
        sex = "男" if order % 2 else "女"
        who = person(name, id_no=number, birth=birth, sex=sex)
        values = intake_values(self.window.operations.office, ITEM, who=who)
        page.take_up(DraftRow(0, "", self.window.operations.office.clock.now().isoformat(), values))
        self.hands.rest()
        return page

    def _save(self) -> None:
        self._pressed = time.perf_counter()
        self.hands.press(Key.Key_F9)

    def _saved(self, changes: Changes, _who: str) -> None:
        if self._pressed and changes.cases:
            self.saves.append((time.perf_counter() - self._pressed) * 1000)
            self._pressed = 0.0
            [self.case] = changes.cases


def main(folder: Path, pause: int, deeds: int, seed: int, planted: str) -> None:
    """Open, work, tell, and be gone."""
    began = time.perf_counter()
    fault = Fault(What.SLOW if pause else What.PASS, On.SYNC, times=0, code=pause)
    shim.start(folder, fault)
    if planted:
        vars(sys.modules[__name__])[planted]()
    prepare_environment(os.environ, sys.platform)
    app, chosen = make_app(), Chosen()
    heart = Heart()
    start = at_window.opened(app, folder, chosen)
    opened = (time.perf_counter() - began) * 1000
    day = Day(start, random.Random(seed), chosen)
    left: list[Callable[[], None]] = []
    for _ in range(deeds):
        left = left or day.round()
        deed = left.pop()
        heart.deed = deed.__name__
        deed()
        day.hands.rest()
    by_window, held = shim.counted_waits()
    told = {
        "frozen": heart.longest,
        "with_queue": heart.with_queue,
        "saves": day.saves,
        "opened": opened,
        "slowed": shim.counted()[1],
        "by_window": by_window,
        "held": held,
    }
    print(json.dumps(told), flush=True)


def writes_here() -> None:
    """The bug: what is for the writer's thread is done on the window's."""
    real = Tasks.submit

    def submit(self: Tasks, lane: Any, work: Any, **words: Any) -> Any:
        if lane != "write":
            return real(self, lane, work, **words)
        # Whoever asked is told as ever; nothing is reported on the way.
        value = work(Task(print, print))
        return real(self, lane, lambda _task: value, **words)

    planted_in(Tasks, submit)


def waits() -> None:
    """The bug: the window waits for its writer."""
    real = Tasks.submit

    def submit(self: Tasks, lane: Any, work: Any, **words: Any) -> Any:
        task = real(self, lane, work, **words)
        if lane == "write":
            self._pools[lane].submit(int).result()
        return task

    planted_in(Tasks, submit)


def holds() -> None:
    """The bug: whoever writes a file keeps the interpreter while the disk is slow."""
    own = ctypes.PyDLL(None)
    os.fsync = own.fsync


def planted_in(kind: type, submit: Any) -> None:
    setattr(kind, "submit", submit)  # noqa: B010  (mypy forbids the plain form)


if __name__ == "__main__":
    try:
        pause, deeds, seed = map(int, sys.argv[2:5])
        main(Path(sys.argv[1]), pause, deeds, seed, "".join(sys.argv[5:]))
    except BaseException:
        traceback.print_exc()
        os._exit(3)
    # What is under way in threads would keep it here.
    os._exit(0)
