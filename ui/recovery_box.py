"""The recovery key typed back while the window is open: asked for before the first case, and from the settings."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.errors import DeskError, RecoveryKeyWrong, RecoveryUnproved
from desk.services import recovery_proof
from desk.words.errors import words
from ui.box import Box
from ui.notices import Verb
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label
from ui.widgets.key_boxes import KeyBoxes

TITLE = "核对恢复密钥"
WHY = "请照着打印的那一页，一组一组输一遍；大写小写都行。核对过，忘了密码才确实打得开数据。"
NOW = "现在核对"
DONE = "恢复密钥核对过了"


class RecoveryBox(Box):
    """Stays until the key is right or he thinks better of it; Esc leaves everything as it is."""

    def __init__(self, shell: Shell, then: Callable[[], None]) -> None:
        super().__init__(shell.notices.window, TITLE)
        self._shell, self._then = shell, then
        self.key = KeyBoxes()
        self.check = button("核对", self.submit, role="primary", key="F9")
        self.check.setDefault(True)
        self.key.filled.connect(self.check.setFocus)
        QShortcut(QKeySequence("F9"), self, self.submit)
        self._lay_out()
        self.key.setFocus()

    def submit(self) -> None:
        """Look whether it is the key, once at a time."""
        if not self.check.isEnabled():
            return
        self.check.setEnabled(False)
        # Where operators are added, too: the key file is changed by one at a time.
        self._shell.write(
            recovery_proof.prove,
            on_done=self._proved,
            on_refused=self._refused,
            typed=self.key.typed(),
        )

    def _proved(self, _done: object) -> None:
        self.accept()
        self._shell.notices.toast(DONE)
        self._then()

    def _refused(self, error: DeskError) -> None:
        self.check.setEnabled(True)
        said = words(error)
        if isinstance(error, RecoveryKeyWrong):
            self.key.wrong_group(error.group, f"{said.title}。{said.text}")
        else:
            self.key.say(f"{said.title}。{said.text}")
        # What is said wants room of its own, not that of the boxes.
        self.adjustSize()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(8))
        column.addWidget(label(TITLE, "heading"))
        column.addWidget(label(WHY, "second", wrap=True))
        column.addWidget(self.key)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        leave = button("先不核对", self.reject)
        leave.setAutoDefault(False)
        row.addWidget(leave)
        row.addWidget(self.check)
        column.addLayout(row)
        self.setFixedWidth(px(560))


def ask_back(shell: Shell, then: Callable[[], None]) -> None:
    """Ask for the printed key; `then` is called once it was right, or never."""
    RecoveryBox(shell, then).open()


def cannot_begin(shell: Shell, error: RecoveryUnproved) -> None:
    """Say in the page's banner that the first case waits for the key, with the way to type it back."""
    banner = shell.banner
    if banner is None:
        shell.cannot(error)
        return
    said, now = words(error), Verb(NOW, partial(ask_back, shell, banner.clear))
    shell.notices.banner(banner, said.title, said.text, now)
