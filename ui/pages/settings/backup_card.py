"""备份: when the last good one was made and where, the copy on a stick, the drill; and the way to restoring."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout

from desk.errors import Cancelled, DeskError
from desk.services import backup, backup_care
from desk.services.backup_care import BackupView
from desk.services.backups import Backup
from ui.notices import Verb
from ui.shell import Shell
from ui.tasks import Task
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.progress_strip import ProgressStrip

ASIDE = "程序每两小时和关闭时自己备份，每份都打开核对过"
HOW = (
    "程序先关上这份数据，再请你登录一次，列出能恢复到哪一份备份、会少什么；看过再决定，不恢复就什么都不变。"
    "现在的文件不会删除。"
)
PULL = "读回核对一致，可以拔出 U 盘了。请把它锁进柜子。"
LINES = (("last", "最近一份"), ("where", "放在"), ("copied", "U 盘上的"), ("drilled", "恢复演练"))


class BackupCard(Card):
    """Every row is said by the service; the two buttons make a backup and copy it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("备份", ASIDE)
        self.shell = shell
        self._task: Task | None = None
        self.rows = {key: label("—", wrap=True) for key, _ in LINES}
        self.now = button("现在备份", self._make)
        self.stick = button("复制到 U 盘…", self._copy)
        self.restore = button("恢复…", self._tell_how, role="quiet")
        self.strip = ProgressStrip()
        self.strip.cancel_asked.connect(self._stop)
        self._lay_out()

    def refresh(self) -> None:
        """Read how backups stand."""
        if not self.shell.office.paths.server:
            self.shell.read(backup_care.view, on_done=self._show, latest="backup")

    def _show(self, view: BackupView) -> None:
        for key, row in self.rows.items():
            row.setText(str(getattr(view, key)))
        self.rows["copied"].setProperty("tone", "" if view.level == "good" else view.level)
        for row in (self.rows["copied"],):
            row.style().unpolish(row)
            row.style().polish(row)

    def _make(self) -> None:
        self._begin("正在备份……")
        self._task = self.shell.read(
            backup.make,
            why="by_hand",
            on_done=self._made,
            on_refused=self._refused,
            on_progress=self._tell,
        )

    def _copy(self) -> None:
        folder = self.shell.notices.choose_folder("备份复制到哪里")
        if folder is None:
            return
        self._begin("正在复制备份……先不要拔 U 盘。")
        self._task = self.shell.write(
            backup_care.copy_to,
            folder=folder,
            on_done=self._copied,
            on_refused=self._refused,
            on_progress=self._tell,
        )

    def _tell_how(self) -> None:
        go = Verb("去登录，看备份", self.shell.operations.rescue_asked.emit)
        self.shell.notices.ask("从备份恢复", HOW, Verb("先不恢复"), go)

    def _begin(self, words: str) -> None:
        self.now.setEnabled(False)
        self.stick.setEnabled(False)
        self.strip.start(words)

    def _tell(self, done: int, total: int, words: str) -> None:
        self.strip.tell(done, total, f"{words}……" if words else "")

    def _made(self, made: Backup) -> None:
        self._end(f"备份好了，打开核对一致，里面有办件 {made.manifest.standing.cases:,} 件。")

    def _copied(self, _name: str) -> None:
        self._end(PULL)

    def _end(self, words: str) -> None:
        self._task = None
        self.now.setEnabled(True)
        self.stick.setEnabled(True)
        self.strip.end(words)
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self._end("已停下，没有留下半份备份。" if isinstance(error, Cancelled) else "")
        if not isinstance(error, Cancelled):
            self.strip.clear()
            self.shell.cannot(error)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(px(20))
        form.setVerticalSpacing(px(8))
        for key, words in LINES:
            self.rows[key].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(label(words, "second"), self.rows[key])
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        for one in (self.now, self.stick, self.restore):
            buttons.addWidget(one)
        buttons.addStretch(1)
        self.body.addLayout(form)
        self.body.addLayout(buttons)
        self.body.addWidget(self.strip)
