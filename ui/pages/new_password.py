"""A new password before anything else: the one that let him in was for one time, or is older than the county allows."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from desk.errors import DeskError, FieldsRefused
from desk.services import password_rules
from desk.services.office import Office
from desk.words.errors import words
from desk.words.passwords import password_problem_text
from ui.tasks import Run
from ui.widgets.buttons import button
from ui.widgets.cards import label
from ui.widgets.centred_card import centred_card

WHY: Mapping[str, str] = MappingProxyType(
    {
        "once": "刚才用的是别人给你的一次性密码。请换成只有你自己知道的，换好就进去。",
        "over": "这个密码用了 180 天，等保要求换一次。换好就进去，没办完的都在。",
    }
)
RULES = "至少 10 位，大写字母、小写字母、数字、其他符号（汉字也算）里要有三种；可以粘贴。"
DIFFERS = "两次输的不一样，请再输一遍。"


class NewPasswordPage(QWidget):
    """Between signing in and working; cannot be put off."""

    finished = Signal()
    """The new password stands."""

    def __init__(self, office: Office, run: Run) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._office, self._run = office, run
        self.old = _line("刚才登录用的密码")
        self.new = _line("新密码")
        self.again = _line("再输一次新密码")
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.done = button("换密码并进去", self.submit, role="primary", key="F9")
        QShortcut(QKeySequence("F9"), self, self.submit)
        self.again.returnPressed.connect(self.submit)
        body = centred_card(self).body
        body.addWidget(label("先换一个密码", "title"))
        body.addWidget(label(WHY[office.password_due], wrap=True))
        body.addWidget(label(RULES, "hint", wrap=True))
        for line in (self.old, self.new, self.again):
            body.addWidget(label(line.accessibleName(), "label"))
            body.addWidget(line)
        body.addWidget(self.problem)
        body.addWidget(self.done)
        self.setFocusProxy(self.old)

    def submit(self) -> None:
        """Change it, once at a time."""
        if not self.done.isEnabled():
            return
        if self.new.text() != self.again.text():
            self._say(DIFFERS)
            return
        self.done.setEnabled(False)
        old, new = self.old.text(), self.new.text()
        self._run(
            lambda: password_rules.change_own(self._office, old=old, new=new),
            on_done=lambda _: self.finished.emit(),
            on_refused=self._refused,
        )

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, FieldsRefused):
            self._say(password_problem_text(error.problems[0]))
        else:
            said = words(error)
            self._say(f"{said.title}。{said.text}")

    def _say(self, text: str) -> None:
        self.done.setEnabled(True)
        self.problem.setText(text)
        self.problem.show()


def asked_first(
    office: Office, run: Run, put: Callable[[QWidget], None], then: Callable[[Office], None]
) -> bool:
    """Whether a new password is due; then the page is put where the window's would stand, and `then` goes on afterwards."""
    if not office.password_due:
        return False
    page = NewPasswordPage(office, run)
    page.finished.connect(lambda: then(office))
    put(page)
    return True


def _line(named: str) -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(named)
    return made
