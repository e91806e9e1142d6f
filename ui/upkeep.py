"""What goes on by itself behind the pages: backups, how old the copy on a stick is, whether the date can be believed."""

from collections.abc import Callable
from typing import Protocol

from desk.errors import DeskError, OfficeDamaged
from desk.services import backup_care, clock_doubts
from desk.services.check import Finding
from ui.notices import Verb
from ui.shell import Shell


class ShowBackup(Protocol):
    """Shows a reminder in the bar."""

    def __call__(self, text: str, *, late: bool) -> None: ...


class Upkeep:
    """Called behind the first page and by a timer; asks about a date in doubt once."""

    def __init__(
        self, shell: Shell, show: ShowBackup, found: Callable[[tuple[Finding, ...]], None]
    ) -> None:
        self._shell, self._show, self._found = shell, show, found
        self._date_asked = False

    def keep_up(self) -> None:
        """On the files' lane: a backup if one is due; then the reminders."""
        office = self._shell.office
        self._shell.files(
            lambda: backup_care.keep_up(office),
            on_done=self._kept_up,
            on_refused=self._refused,
            latest="backup",
        )

    def _kept_up(self, _made: object) -> None:
        self._shell.read(backup_care.reminder, on_done=self._remind, latest="reminder")
        self._shell.read(clock_doubts.doubt, on_done=self._ask_date, latest="clock")

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, OfficeDamaged):
            self._found((Finding("做备份时发现数据文件读出来不对"),))
        else:
            self._shell.cannot(error)

    def _remind(self, told: tuple[str, str]) -> None:
        self._show(told[1], late=told[0] == "late")

    def _ask_date(self, doubt: str) -> None:
        if not doubt or self._date_asked:
            return
        self._date_asked = True
        now = self._shell.office.clock.now()
        told = "比上次用的时候早" if doubt == "back" else "比上次用的时候晚了很多天"
        self._shell.notices.ask(
            "请看一眼电脑的日期",
            f"电脑说现在是 {now.year}年{now.month}月{now.day}日 {now:%H:%M}，{told}。"
            "日期错了，编号和期限都会错。",
            Verb("日期不对，我去改"),
            Verb("日期是对的", self._believe),
        )

    def _believe(self) -> None:
        self._shell.write(clock_doubts.believe)
