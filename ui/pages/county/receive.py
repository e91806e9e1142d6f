"""接收: choose a stick or folder, look inside without changing anything, then receive; a line for every file."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.changes import Changes
from desk.errors import Cancelled, DeskError
from desk.services import hub_reception, hub_trial
from desk.services.hub_reception import Reception
from desk.services.hub_trial import Trial
from ui.notices import Banner
from ui.shell import Shell
from ui.sticks import Sticks
from ui.tasks import Task
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.drives import Drive, removable
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import PageFrame
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.stick_choice import StickChoice
from ui.widgets.table_model import Cell, Column

BEFORE = "插上社区送来的 U 盘。先看一看里面有什么，什么也不改；没有问题再接收。"
NOTHING = "这里没有上报包。请核对 U 盘，或换一个文件夹。"
LOOK, RECEIVE, AGAIN, AT_ONCE = "看一看", "接收", "再看一看", "直接接收"
PULL = "可以拔出 U 盘了。"
NOT_TAKEN = ("COMMITTED", "ALREADY", "HELD")


def _hall(row: Trial) -> Cell:
    return Cell(
        f"{row.hall} {row.window} 号" if row.hall else "—", quiet=not row.hall, hint=row.name
    )


COLUMNS: tuple[Column[Trial], ...] = (
    Column("窗口", 140, _hall),
    Column("包号", 58, lambda row: Cell(str(row.seq or "—"), quiet=not row.seq)),
    Column("写出", 100, lambda row: Cell(row.made_on or "—", quiet=not row.made_on), spare=1),
    Column("记录", 68, lambda row: Cell(f"{row.events:,}" if row.events else "—")),
    Column("结果", 104, lambda row: Cell(row.state, tone=row.tone)),
    Column("说明", 240, lambda row: Cell(row.said, hint=f"{row.name}\n{row.said}"), stretch=True),
)


class ReceivePage(PageFrame):
    """F9 looks inside first, then receives."""

    help_text = (
        "插上 U 盘或选文件夹，按 F9 先看一看：有几个包、缺不缺、有没有收不了的；这一步什么也不改。\n"
        "再按 F9 接收，回执写在同一个 U 盘上，说“可以拔出”再拔。取消也不要紧，收下的都有回执。"
    )

    def __init__(self, shell: Shell, drives: Callable[[], tuple[Drive, ...]] = removable) -> None:
        super().__init__()
        self.shell = shell
        self.looked: Path | None = None
        self.files: tuple[Trial, ...] = ()
        self._task: Task | None = None
        self.stick = StickChoice()
        self.sticks = Sticks(shell, self.stick, drives, self)
        self.headline = label(BEFORE, wrap=True)
        self.next = button(LOOK, self.main_action, role="primary", key="F9")
        self.other = button(AT_ONCE, self._do_other)
        self.strip = ProgressStrip()
        self.list = FilledTable(
            DataTable(COLUMNS, key=_key, name="上报包"),
            EmptyState("还没有看过", "看一看或接收以后，每个文件一行。"),
        )
        self.said = Banner()
        self._lay_out()
        self.list.table.chosen.connect(lambda _key: self._tell())
        self.strip.cancel_asked.connect(self._cancel)
        self.stick.chosen.connect(lambda _folder: self._forget())

    def refresh(self) -> None:
        self.sticks.refresh()

    def wants(self, changes: Changes) -> bool:
        return False

    def main_action(self) -> None:
        if self._has_looked():
            self._receive()
        else:
            self._look()

    def _do_other(self) -> None:
        if self._has_looked():
            self._look()
        else:
            self._receive()

    def _has_looked(self) -> bool:
        return self.looked is not None and self.looked == self.stick.folder()

    def _look(self) -> None:
        folder = self._begin("正在看……什么也不改。")
        if folder is not None:
            self.looked = folder
            self._task = self.shell.write(
                hub_trial.look_inside,
                on_done=self._have_looked,
                on_refused=self._stopped,
                on_progress=self.strip.tell,
                folder=folder,
            )

    def _receive(self) -> None:
        folder = self._begin("正在接收……先不要拔 U 盘。")
        if folder is not None:
            self.looked = None
            self._task = self.shell.write(
                hub_reception.receive,
                on_done=self._received,
                on_refused=self._stopped,
                on_progress=self.strip.tell,
                folder=folder,
            )

    def _begin(self, words: str) -> Path | None:
        folder = self.sticks.folder() if self._task is None else None
        if folder is not None:
            self.banner.clear()
            self.strip.start(words)
            self.sticks.held = True
            self._enable(False)
        return folder

    def _have_looked(self, files: tuple[Trial, ...]) -> None:
        self._rest()
        self.strip.clear()
        self._show(files)
        self.headline.setText(looked_words(files))

    def _received(self, result: Reception) -> None:
        self._rest()
        self._show(result.files)
        self.headline.setText(received_words(result))
        self.strip.end("停下了。" if result.stopped else f"收完了。{PULL}")

    def _stopped(self, error: DeskError) -> None:
        # Before the buttons are named: nothing was looked into, so nothing is offered to be received.
        self.looked = None
        self._rest()
        self.strip.clear()
        if isinstance(error, Cancelled):
            self.shell.notices.toast("已停下，什么也没有改。")
        else:
            self.shell.cannot(error)

    def _show(self, files: tuple[Trial, ...]) -> None:
        self.files = files
        self.list.empty.say("没有上报包", NOTHING)
        self.list.show_rows(files)
        self._tell()

    def _tell(self) -> None:
        """The reasons of the chosen file, else of the first that has any."""
        place = self.list.table.rows.place_of(self.list.table.chosen_key())
        chosen = self.files[place : place + 1] if place >= 0 else ()
        row = next((one for one in (*chosen, *self.files) if one.refused), None)
        if row is None:
            self.said.clear()
            return
        title = f"{row.hall} {row.window} 号窗口第 {row.seq} 号包，退回 {len(row.refused)} 条"
        self.said.say(title, "\n".join(row.refused), tone="soon")

    def _forget(self) -> None:
        if self._task is None:
            self.looked = None
            self._label()

    def _rest(self) -> None:
        self._task = None
        self.sticks.held = False
        self._enable(True)

    def _enable(self, on: bool) -> None:
        for one in (self.next, self.other):
            one.setEnabled(on)
        self._label()

    def _label(self) -> None:
        """The next step is the one F9 takes."""
        again = self._has_looked()
        self.next.setText(RECEIVE if again else LOOK)
        self.other.setText(AGAIN if again else AT_ONCE)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _lay_out(self) -> None:
        card = Card("接收上报包")
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.headline, 1)
        row.addWidget(self.stick)
        row.addWidget(self.other)
        row.addWidget(self.next)
        card.body.addLayout(row)
        card.body.addWidget(self.strip)
        below = Card()
        column = QVBoxLayout()
        column.addWidget(self.list, 1)
        column.addWidget(self.said)
        below.body.addLayout(column)
        self.body.addWidget(card)
        self.body.addWidget(below, 1)


def looked_words(files: Sequence[Trial]) -> str:
    """What looking inside found, in one line."""
    if not files:
        return NOTHING
    fit = [one for one in files if one.outcome == "COMMITTED"]
    parts = [f"可以收 {len(fit)} 个包、{sum(one.events for one in fit):,} 条记录"]
    parts += _others(files)
    return f"看过了，还没有收：{'；'.join(parts)}。"


def received_words(result: Reception) -> str:
    """What became of the files, in one line."""
    if not result.files:
        return NOTHING
    events = sum(one.events for one in result.files)
    parts = [f"收下 {result.taken} 个包、{events:,} 条记录", *_others(result.files)]
    answered = "回执已写在同一个 U 盘上。" if result.answered else ""
    return f"{'；'.join(parts)}。{answered}"


def _others(files: Sequence[Trial]) -> list[str]:
    counts = (
        (sum(one.outcome == "ALREADY" for one in files), "收过的 {} 个"),
        (sum(one.outcome == "HELD" for one in files), "前面缺包、先留着 {} 个"),
        (sum(one.outcome not in NOT_TAKEN for one in files), "收不了 {} 个"),
        (sum(len(one.refused) for one in files), "退回 {} 条"),
    )
    return [words.format(count) for count, words in counts if count]


def _key(row: Trial) -> tuple[object, ...]:
    return (row.name, row.hall, row.window, row.seq, row.made_on, row.outcome)
