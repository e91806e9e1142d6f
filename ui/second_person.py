"""The second person at the same seat: picks his name and types his own password, or the deed is not done."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout

from desk.errors import DeskError, NeedsSecondPerson, SignInPaused
from desk.keyring import OperatorName
from desk.services import second_person
from desk.services.second_person import Approval
from desk.words.errors import words
from ui.box import Box
from ui.shell import Shell
from ui.theme import mark, px
from ui.widgets.buttons import button
from ui.widgets.cards import label

CALL = "请{who}到窗口来，看过以后输入自己的密码。同意的人会记在“经过”里，不能抹掉。"
ALONE = "本厅只有你一位操作员，请再输一次自己的密码。以后可以在“设置”里加同事，由两个人一起办。"


class SecondPersonBox(Box):
    """Asks until a password fits or he thinks better of it; Esc leaves everything as it is."""

    def __init__(
        self,
        shell: Shell,
        title: str,
        people: tuple[OperatorName, ...],
        then: Callable[[Approval], None],
    ) -> None:
        super().__init__(shell.notices.window, title)
        self._shell, self._then = shell, then
        self.names = QComboBox()
        self.names.setAccessibleName("同意的人")
        for one in people:
            self.names.addItem(one.name, one.id)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("同意的人的密码")
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.agree = button("同意", self.submit, role="danger")
        self.agree.setDefault(True)
        alone = [one.id for one in people] == [shell.office.hall.operator_id.hex]
        who = people[0].name if len(people) == 1 else "其中一位同事"
        self._lay_out(title, ALONE if alone else CALL.format(who=who))
        self.password.setFocus()

    def submit(self) -> None:
        """Try the password, once at a time."""
        if not self.agree.isEnabled():
            return
        if not self.password.text():
            self._say("请输入密码。")
            return
        self.agree.setEnabled(False)
        self._shell.read(
            second_person.approve,
            on_done=self._approved,
            on_refused=self._refused,
            operator_id=str(self.names.currentData()),
            password=self.password.text(),
        )

    def _approved(self, approval: Approval) -> None:
        self.accept()
        self._then(approval)

    def _refused(self, error: DeskError) -> None:
        self.agree.setEnabled(True)
        if isinstance(error, SignInPaused):
            self._say(f"试的次数太多，请等 {error.seconds} 秒后再输。什么都没有改动。")
        else:
            said = words(error)
            self._say(f"{said.title}。{said.text}")
        self.password.selectAll()
        self.password.setFocus()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        mark(self.password, "problem", True)

    def _lay_out(self, title: str, text: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(8))
        column.addWidget(label(title, "heading", wrap=True))
        column.addWidget(label(text, "second", wrap=True))
        column.addWidget(label("同意的人", "label"))
        column.addWidget(self.names)
        column.addWidget(label("密码", "label"))
        column.addWidget(self.password)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        leave = button("先不办", self.reject)
        leave.setAutoDefault(False)
        row.addWidget(leave)
        row.addWidget(self.agree)
        column.addSpacing(px(4))
        column.addLayout(row)
        self.setFixedWidth(px(460))


def ask_consent(shell: Shell, title: str, then: Callable[[Approval], None]) -> None:
    """Ask who can consent to this deed for his password; `then` is called with his consent, or never."""

    def ask(people: tuple[OperatorName, ...]) -> None:
        if not people:
            shell.cannot(NeedsSecondPerson())
            return
        SecondPersonBox(shell, title, people, then).open()

    shell.read(second_person.approvers, on_done=ask, latest="second_person")
