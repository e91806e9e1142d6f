"""What can be done when the program broke off twice of late: nothing here changes the data."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desk.errors import DeskError
from desk.services import backup_care, diagnosis, upgrading
from desk.services.office import Office
from desk.words.errors import words
from ui.diagnosis import screen_lines
from ui.diagnosis import show as show_diagnosis
from ui.notices import Banner, Notices
from ui.tasks import RunTold
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label
from ui.widgets.centred_card import centred_card
from ui.widgets.progress_strip import ProgressStrip

TITLE = "安全模式：现在只能看，不能改"
LEAD = (
    "程序刚才接连没有正常关闭（或是专门按安全模式打开的）。保存过的办件都在，下面几样都不改动数据。"
    "可以先照常启动；又自己关掉了，就先备份，再联系县里的技术人员。"
)
COPYING = "正在备份并复制……先不要拔 U 盘。"
PULL = "备份好了，读回核对一致，可以拔出 U 盘了。请把它锁进柜子。"
BEFORE = "程序换成这一版之前的备份也在（{at:%Y-%m-%d %H:%M}），“从备份恢复”里能选到。"


class SafePage(QWidget):
    """Shown to whoever has signed in; the office is open for looking only."""

    usual = Signal()
    """Start as usual: whoever wants to work signs in once more."""
    look = Signal()
    """Open the window for looking."""
    rescue = Signal()
    """Choose among the backups."""

    def __init__(self, office: Office, run: RunTold, notices: Notices) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._office, self._run, self._notices = office, run, notices
        self.banner, self.strip = Banner(), ProgressStrip()
        self.strip.stop.hide()
        self.start = button("照常启动", self.usual.emit, role="primary", key="F9")
        self.stick = button("备份到 U 盘…", self.copy)
        self.open = button("打开来看", self.look.emit)
        self.restore = button("从备份恢复…", self.rescue.emit)
        self.diagnose = button("诊断信息…", self.tell)
        QShortcut(QKeySequence("F9"), self, self.usual.emit)
        self._lay_out()
        self.setFocusProxy(self.start)

    def copy(self) -> None:
        """The newest state onto a stick, read back."""
        folder = self._notices.choose_folder("备份复制到哪里")
        if folder is None:
            return
        office = self._office
        self._busy(True)
        self.strip.start(COPYING)
        self.strip.stop.hide()
        self._run(
            lambda progress: backup_care.copy_to(office, folder=folder, progress=progress),
            on_done=self._copied,
            on_refused=self._refused,
            on_progress=self._tell,
        )

    def tell(self) -> None:
        """What a technician needs to know, shown before it is written."""
        office, extra = self._office, screen_lines()
        show_diagnosis(
            self._run,
            self._notices,
            lambda: diagnosis.gather(office.paths, clock=office.clock, office=office, extra=extra),
        )

    def _tell(self, done: int, total: int, what: str) -> None:
        self.strip.tell(done, total, f"{what}……" if what else "")

    def _copied(self, _done: object) -> None:
        self._busy(False)
        self.strip.end(PULL)

    def _refused(self, error: DeskError) -> None:
        self._busy(False)
        self.strip.clear()
        said = words(error)
        self.banner.say(said.title, said.text)

    def _busy(self, busy: bool) -> None:
        for one in (self.start, self.stick, self.open, self.restore, self.diagnose):
            one.setEnabled(not busy)

    def _rows(self) -> tuple[tuple[QPushButton, str], ...]:
        before = upgrading.before_this(self._office.paths)
        restoring = "先列出能恢复到哪一份、会少什么，看过再决定；现在的文件不会删除。"
        if before is not None:
            restoring += BEFORE.format(at=before.at)
        return (
            (self.start, "再试一次平常的样子，能接着办事。"),
            (self.stick, "把现在的数据备份出来，打开核对，再从 U 盘读回核对。"),
            (self.open, "能查办件、看期限；不能受理，也不能改。"),
            (self.restore, restoring),
            (self.diagnose, "版本、检查结果和日志，不含居民的内容；先看再写出，交给技术人员。"),
        )

    def _lay_out(self) -> None:
        card = centred_card(self)
        card.body.addWidget(label(TITLE, "title"))
        card.body.addWidget(label(LEAD, "second", wrap=True))
        for widget in (self.banner, self.strip):
            card.body.addWidget(widget)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(12))
        grid.setColumnStretch(1, 1)
        for place, (made, hint) in enumerate(self._rows()):
            grid.addWidget(made, place, 0)
            grid.addWidget(label(hint, "second", wrap=True), place, 1)
        card.body.addLayout(grid)
        card.body.addStretch(1)
