"""The recovery key asked for again, where the set-up ended before it was typed back."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desk.errors import DeskError, RecoveryKeyWrong
from desk.paths import OfficePaths
from desk.services import recovery_proof, setup
from desk.services.office import Office
from desk.words.errors import words
from ui.notices import Banner
from ui.pages.setup.recovery_step import RecoveryStep
from ui.pages.setup.steps import centred_card
from ui.tasks import Run
from ui.widgets.buttons import button

TITLE = "核对恢复密钥"
WHY = (
    "恢复密钥还没有核对过。请拿出打印的那一页，照着输一遍；手边没有，可以先办业务，下次登录再核对。"
)
LATER = "先办业务，下次再核对"
WHY_FIRST = (
    "恢复密钥还没有核对过，核对过才能受理第一件。请拿出打印的那一页，照着输一遍；那一页找不到了，先进去，"
    "请负责人到“设置”的“操作员”里点“换数据密钥”，会换一页新的。"
)
LATER_FIRST = "先进去，受理前再核对"


class ProvePage(QWidget):
    """Between signing in and working; may be put off, but no first case (`first`) is taken in before."""

    finished = Signal()
    """The key was typed back, or put off to the next sign-in."""

    def __init__(self, paths: OfficePaths, run: Run, *, first: bool) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._paths, self._run = paths, run
        self.banner = Banner()
        self.step = RecoveryStep(WHY_FIRST if first else WHY, number=0, title=TITLE)
        self.step.ask_back()
        # The key itself is not kept anywhere, so there is nothing to look at again.
        self.step.again_button.hide()
        later = LATER_FIRST if first else LATER
        self.later = button(later, self.finished.emit, role="quiet")
        self.step.left.addWidget(self.later)
        self.step.onward.connect(self._check)
        QShortcut(QKeySequence("F9"), self, self._check)
        card = centred_card(self)
        card.body.addWidget(self.banner)
        card.body.addWidget(self.step)
        self.setFocusProxy(self.step.boxes[0])

    def _check(self) -> None:
        # The key F9 comes by whether or not the button may be pressed; proved twice, the window would open twice.
        if not self.step.button.isEnabled():
            return
        typed = self.step.typed()
        self._hold(True)
        self._run(
            lambda: setup.prove_recovery(self._paths, typed=typed),
            on_done=lambda _: self.finished.emit(),
            on_refused=self._refused,
        )

    def _hold(self, busy: bool) -> None:
        self.step.set_busy(busy, "正在核对" if busy else "")
        self.later.setDisabled(busy)

    def _refused(self, error: DeskError) -> None:
        self._hold(False)
        said = words(error)
        if isinstance(error, RecoveryKeyWrong):
            self.step.wrong_group(error.group, f"{said.title}。{said.text}")
        else:
            self.banner.say(said.title, said.text)


def ask_back(
    office: Office, run: Run, put: Callable[[QWidget], None], then: Callable[[Office], None]
) -> None:
    """Show the page in the window's place; `then` when the key was typed back or put off."""

    def show(first: bool) -> None:
        page = ProvePage(office.paths, run, first=first)
        page.finished.connect(lambda: then(office))
        put(page)

    # Whether it is asked for as before a first case is for later: not to be read is no reason to keep anybody out.
    run(
        lambda: recovery_proof.keeps_from_beginning(office),
        on_done=show,
        on_refused=lambda _: show(first=False),
    )
