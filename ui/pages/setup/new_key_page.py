"""换数据密钥: two passwords, everything written once more under a new key, the new recovery key typed back; then it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desk.clock import Clock
from desk.errors import Cancelled, DeskError, OfficeError, RecoveryKeyWrong, SignInPaused
from desk.keyring import OperatorName
from desk.paths import OfficePaths
from desk.services import data_key
from desk.services.data_key import Prepared
from desk.words.errors import words
from ui.notices import Banner, Notices
from ui.pages.setup.recovery_step import RecoveryStep
from ui.pages.setup.sheet_out import SheetOut
from ui.pages.setup.steps import Step, centred_card
from ui.starting import Starting
from ui.tasks import RunTold
from ui.widgets.buttons import button
from ui.widgets.cards import label
from ui.widgets.progress_strip import ProgressStrip

WHY = (
    "先备份，再把数据和影像用新的密钥另写一份，核对无误才换上。两位的密码不变；其他人的密码、旧的恢复密钥从此打不开现在的数据；"
    "换以前的备份还要用那时的密码才能打开。"
)
WRITING = "数据多的要几分钟，可以随时取消；没换上以前，什么都没有变。"
NEW_PAPER = "换上以后，旧的恢复密钥作废。请把新的打印出来，封好交负责人保管；输一遍核对以后才换上。"
DONE = "现在的数据只有新密钥才能打开，两位的密码不变。"
LEFT_OUT = "这几位要在“设置 → 操作员”里重新给一次性密码：{names}。"
NO_BACKUP = "换好以后的第一份备份没有做成，请登录后到“设置”里点“现在备份”。"
COPIED = "U 盘上的备份还是旧密钥的，请登录后再复制一份，旧的收好或者销毁。"
SIGNING = {
    "desk": "旧数据里还有本窗口的签名密钥：请到“同步”里换，并请县里停用旧的。",
    "county": "旧数据里还有区县的签名密钥：请再运行 bianmin hub renew-keys 换掉。",
}
STOPPED = "已停下，什么都没有变。"


@dataclass(frozen=True, slots=True)
class Who:
    """The lead, and who may consent: in a hall of one he himself."""

    own: OperatorName
    people: tuple[OperatorName, ...]

    @property
    def alone(self) -> bool:
        return self.people == (self.own,)


class NewKeyPage(QWidget):
    """Stands in the place of the window, which is closed for it: nobody writes meanwhile."""

    finished = Signal()
    """Back to signing in."""

    def __init__(
        self, paths: OfficePaths, clock: Clock, who: Who, run: RunTold, notices: Notices
    ) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._paths, self._clock, self._who, self._run = paths, clock, who, run
        self._stop = Event()
        self._prepared: Prepared | None = None
        self.banner, self.strip = Banner(), ProgressStrip()
        self.first = Step(1, "换数据密钥", WHY, "开始换")
        self.writing = Step(2, "用新的密钥另写一份", WRITING, "换上")
        self.recovery = RecoveryStep(NEW_PAPER)
        self.last = Step(3, "换好了", DONE, "去登录")
        self.own, self.second = _password("你的密码"), _password("同意的人的密码")
        self.names = QComboBox()
        self.names.setAccessibleName("同意的人")
        self.told = label("", wrap=True)
        self.sheet = SheetOut(self, self.recovery, run, notices, self._refused)
        self.step: Step = self.first
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.own)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window closes: stop before it waits for what is under way."""
        if event.type() == QEvent.Type.Close:
            self._stop.set()
            self._give_up()
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        self.banner.clear()
        own = (self._who.own.id, self.own.text())
        second = own if self._who.alone else (str(self.names.currentData()), self.second.text())
        if not own[1] or not second[1]:
            self.banner.say("还没有输密码", "请两位各输自己的密码，再按一次。")
            return
        self._stop.clear()
        self._show(self.writing)
        self.strip.start("正在备份……")
        paths, clock, stop = self._paths, self._clock, self._stop

        def work(progress: Callable[[int, int, str], None]) -> Prepared:
            return data_key.prepare(
                paths,
                own=own,
                second=second,
                clock=clock,
                progress=progress,
                cancelled=stop.is_set,
            )

        self._run(work, on_done=self._ready, on_refused=self._not_ready, on_progress=self._tell)

    def _ready(self, prepared: Prepared) -> None:
        self._prepared = prepared
        if self._stop.is_set():
            # Too late to be asked by the work, not too late to stop.
            self._leave()
            return
        self._forget()
        self.sheet.hold(prepared.office, prepared.recovery_key)
        self._show(self.recovery)

    def _not_ready(self, error: DeskError) -> None:
        self._show(self.first)
        if isinstance(error, Cancelled):
            self.banner.say(STOPPED, "要换的时候再来。", tone="soon")
        elif isinstance(error, SignInPaused):
            self.banner.say("试的次数太多", f"请等 {error.seconds} 秒后再输。什么都没有改动。")
        else:
            self._refused(error)

    def _typed_back(self) -> None:
        self.banner.clear()
        if not self.recovery.typing:
            self.recovery.ask_back()
            self.recovery.button.setText("核对，换上新密钥")
            return
        # Out of reach while it is put in place: a window that closes waits for that.
        prepared, self._prepared = self._prepared, None
        if prepared is None:
            return
        typed = self.recovery.typed()
        self.recovery.set_busy(True, "正在核对")
        self.leave.setEnabled(False)

        def work() -> bool:
            data_key.prove(prepared, typed=typed)
            data_key.finish(prepared)
            try:
                data_key.back_up(prepared)
            except OfficeError:
                return False
            return True

        self._run(
            work,
            on_done=partial(self._done, prepared),
            on_refused=partial(self._not_typed_back, prepared),
        )

    def _not_typed_back(self, prepared: Prepared, error: DeskError) -> None:
        self.recovery.set_busy(False)
        self.leave.setEnabled(True)
        if isinstance(error, RecoveryKeyWrong):
            self._prepared = prepared
            said = words(error)
            self.recovery.wrong_group(error.group, f"{said.title}。{said.text}")
            return
        # The turn itself was cut short: the next start finishes or drops it.
        self._refused(error)
        self.recovery.button.setEnabled(False)

    def _done(self, prepared: Prepared, backed_up: bool) -> None:
        names = "、".join(prepared.left_out)
        lines = [LEFT_OUT.format(names=names)] if names else []
        lines += [] if backed_up else [NO_BACKUP]
        self.told.setText("\n".join((*lines, COPIED, SIGNING[prepared.office.kind])))
        self._show(self.last)

    def _leave(self) -> None:
        self._give_up()
        self._forget()
        self.finished.emit()

    def _give_up(self) -> None:
        prepared, self._prepared = self._prepared, None
        if prepared is not None:
            data_key.give_up(prepared)

    def _forget(self) -> None:
        self.own.clear()
        self.second.clear()

    def _refused(self, error: DeskError) -> None:
        said = words(error)
        self.banner.say(said.title, said.text)

    def _tell(self, done: int, total: int, what: str) -> None:
        self.strip.tell(done, total, f"{what}……" if what else "")

    def _show(self, step: Step) -> None:
        for one in (self.first, self.writing, self.recovery, self.last):
            one.setVisible(one is step)
        self.step = step
        step.button.setFocus()

    def _press(self) -> None:
        if self.step is not self.writing and self.step.button.isEnabled():
            self.step.onward.emit()

    def _connect(self) -> None:
        self.first.onward.connect(self._begin)
        self.recovery.onward.connect(self._typed_back)
        self.last.onward.connect(self.finished.emit)
        self.strip.cancel_asked.connect(self._stop.set)
        self.second.returnPressed.connect(self._begin)
        QShortcut(QKeySequence("F9"), self, self._press)

    def _lay_out(self) -> None:
        for one in self._who.people:
            self.names.addItem(one.name, one.id)
        asked: list[QWidget] = [label(f"{self._who.own.name}的密码", "label"), self.own]
        if not self._who.alone:
            asked += [label("同意的人", "label"), self.names]
            asked += [label("同意的人的密码", "label"), self.second]
        for part in asked:
            self.first.body.addWidget(part)
        self.first.left.addWidget(button("先不换", self._leave, role="quiet"))
        self.writing.body.addWidget(self.strip)
        self.writing.button.hide()
        self.leave = button("先不换", self._leave, role="quiet")
        self.recovery.left.addWidget(self.leave)
        self.last.body.addWidget(self.told)
        card = centred_card(self)
        card.body.addWidget(self.banner)
        for step in (self.first, self.writing, self.recovery, self.last):
            card.body.addWidget(step)
            step.setVisible(step is self.step)


def _password(named: str) -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(named)
    return made


def offer(start: Starting, who: Who, on_left: Callable[[], None]) -> None:
    """Show it in place of the window, which was closed; `on_left` when it is over."""
    if start.notices is None:
        return
    page = NewKeyPage(start.paths, start.clock, who, start.run, start.notices)
    page.finished.connect(on_left)
    start.host.installEventFilter(page)
    start.host.setCentralWidget(page)
    page.setFocus()
