"""The data file does not open: what a backup brings back is told first, then a person decides. Nothing is deleted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.clock import Clock
from desk.errors import DeskError
from desk.paths import OfficePaths
from desk.services import diagnosis, rescue, restore
from desk.services.restore import Prepared, Restored
from desk.services.rules import Rules
from desk.words.errors import words
from desk.words.rescue import OTHER_KEYS
from ui.diagnosis import screen_lines
from ui.diagnosis import show as show_diagnosis
from ui.emptying import empty
from ui.notices import Banner, Notices
from ui.tasks import RunTold
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label, line
from ui.widgets.centred_card import centred_card
from ui.widgets.progress_strip import ProgressStrip

TITLE = "数据文件打不开，可以从备份恢复"
LEAD = "先不要关电脑。程序正在找最近的一份好备份，并试着补回备份之后的记录；现在这个文件一个字也不会改。"
FOUND = "下面是恢复后的样子。看过再决定；不恢复，什么都不会变。"
NONE = "这台电脑上没有找到能用的备份"
NONE_TEXT = (
    "插上存过备份的 U 盘，点“从 U 盘找备份”。没有 U 盘，请联系县里的技术人员，先不要动数据文件夹。"
)
WHY_CLOSED = "正在恢复，数据文件没有打开"
DONE, DONE_TEXT = "恢复好了", "请重新登录，看看最近办的几件在不在。"
LOOKING, RESTORING = "正在找备份……", "正在恢复，请不要关机……"


@dataclass(frozen=True, slots=True)
class Opener:
    """What the rescue works with: the folder, the clock, the rules, and the data key of whoever just signed in.

    `who` is his id and password: a backup of before the data key was changed may open by them.
    """

    paths: OfficePaths
    clock: Clock
    rules: Rules | None
    key: bytes = field(repr=False)
    who: tuple[str, str] | None = field(default=None, repr=False)


class RescuePage(QWidget):
    """Looks for the best backup as soon as it is shown."""

    finished = Signal()
    """The file stands again, or the clerk wants to leave: back to signing in."""

    def __init__(self, opener: Opener, run: RunTold, notices: Notices) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._opener, self._run, self._notices = opener, run, notices
        self._prepared: Prepared | None = None
        self._passed_over: set[str] = set()
        self._folders: tuple[Path, ...] = ()
        self.title, self.lead = label(TITLE, "title"), label(LEAD, "second", wrap=True)
        self.banner, self.strip = Banner(), ProgressStrip()
        self.strip.stop.hide()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(px(8))
        self.restore = button("恢复到这份备份", self.begin, role="primary", key="F9")
        self.older = button("换更早的一份", self.look_older)
        self.stick = button("从 U 盘找备份…", self.look_on_stick)
        self.leave = button("先不恢复", self.go, role="quiet")
        self.diagnose = button("诊断信息…", self.tell, role="quiet")
        QShortcut(QKeySequence("F9"), self, self.begin)
        self._lay_out()
        self.look()

    def look(self) -> None:
        """Make the best backup ready and tell of it."""
        self._let_go()
        self._busy(True, LOOKING)
        opener, but, folders = self._opener, frozenset(self._passed_over), self._folders

        def work(progress: Callable[[int, int, str], None]) -> Prepared | None:
            return rescue.newest(
                opener.paths,
                key=opener.key,
                clock=opener.clock,
                rules=opener.rules,
                but=but,
                folders=folders,
                progress=progress,
                who=opener.who,
            )

        self._run(work, on_done=self.show_found, on_refused=self._refused, on_progress=self._tell)

    def look_older(self) -> None:
        """Pass this one over."""
        if self._prepared is not None:
            self._passed_over.add(self._prepared.backup.name)
        self.look()

    def look_on_stick(self) -> None:
        """Look in a folder the clerk names as well."""
        folder = self._notices.choose_folder("备份在哪里")
        if folder is not None:
            self._folders = (folder,)
            self._passed_over = set()
            self.look()

    def begin(self) -> None:
        """Put what was made ready in the file's place."""
        prepared, now = self._prepared, self._opener.clock.now()
        if prepared is None:
            return
        self._prepared = None
        self._busy(True, RESTORING)
        self._run(
            lambda: rescue.finish(prepared, now), on_done=self._done, on_refused=self._refused
        )

    def go(self) -> None:
        """Leave everything as it is."""
        self._let_go()
        self.finished.emit()

    def tell(self) -> None:
        """What a technician needs to know, shown before it is written; the file itself is not looked into."""
        paths, clock, extra = self._opener.paths, self._opener.clock, screen_lines()
        show_diagnosis(
            self._run,
            self._notices,
            lambda: diagnosis.gather(paths, clock=clock, why_closed=WHY_CLOSED, extra=extra),
        )

    def close_up(self) -> None:
        """Let go of the folder; for the window that closes."""
        self._let_go()

    def show_found(self, prepared: Prepared | None) -> None:
        """Tell of what was made ready; None where there is nothing."""
        self._prepared, opener = prepared, self._opener
        self._busy(False)
        if prepared is None:
            self.lead.setText("")
            other = rescue.of_other_keys(opener.paths, opener.key, self._folders)
            self.banner.say(NONE, OTHER_KEYS.format(count=other) if other else NONE_TEXT)
            self.restore.setEnabled(False)
            self.older.setEnabled(False)
            return
        self.banner.hide()
        self.lead.setText(FOUND)
        self._say(rescue.story(prepared, self._opener.clock.now()))

    def _done(self, restored: Restored) -> None:
        self._busy(False)
        self.title.setText(DONE)
        self.lead.setText(DONE_TEXT)
        aside = f"原来的文件在 {restored.aside}，没有删除" if restored.aside else ""
        cases = f"现在有办件 {restored.standing.cases:,} 件"
        self._say(tuple(one for one in (cases, aside) if one))
        for one in (self.restore, self.older, self.stick):
            one.hide()
        self.leave.setText("去登录")
        self.leave.setFocus()

    def _refused(self, error: DeskError) -> None:
        self._busy(False)
        self.restore.setEnabled(False)
        said = words(error)
        self.banner.say(said.title, said.text)

    def _tell(self, done: int, total: int, what: str) -> None:
        self.strip.tell(done, total, f"{what}……" if what else "")

    def _busy(self, busy: bool, what: str = "") -> None:
        for one in (self.restore, self.older, self.stick, self.leave, self.diagnose):
            one.setEnabled(not busy)
        if busy:
            self.banner.hide()
            self._say(())
            self.strip.start(what)
            self.strip.stop.hide()
        else:
            self.strip.clear()

    def _say(self, sentences: tuple[str, ...]) -> None:
        empty(self.lines)
        for sentence in sentences:
            self.lines.addWidget(label(f"• {sentence}。", wrap=True))

    def _let_go(self) -> None:
        prepared, self._prepared = self._prepared, None
        if prepared is not None:
            restore.give_up(prepared)

    def _lay_out(self) -> None:
        card = centred_card(self)
        for widget in (self.title, self.lead, self.banner, self.strip):
            card.body.addWidget(widget)
        card.body.addLayout(self.lines)
        card.body.addStretch(1)
        card.body.addWidget(line())
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for quiet in (self.leave, self.diagnose, self.stick, self.older):
            row.addWidget(quiet)
        row.addStretch(1)
        row.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignRight)
        card.body.addLayout(row)
