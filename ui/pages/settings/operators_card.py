"""操作员: who works here, in which role; added, changed and let go by the lead, with a second person's consent."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desk.errors import DeskError, FieldsRefused
from desk.services import locking, operators, password_rules, recovery_proof
from desk.services.operation import Operation
from desk.services.operators import OperatorRow
from desk.services.rights import may
from desk.services.second_person import Approval
from desk.words.passwords import password_problem_codes, password_problem_text
from desk.words.problems import problem_text
from ui import recovery_box
from ui.emptying import empty
from ui.notices import Verb
from ui.pages.settings import new_key
from ui.pages.settings.operator_panels import LinesPanel, OncePanel
from ui.second_person import ask_consent
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.choice_editors import QuietCombo

HINT = (
    "每个人用自己的姓名和密码登录。人走了马上停用，没办完的件转给同事；换角色、停用都要第二个人同意。"
    "新同事的第一个密码只能用一次，登录后他换成自己的；敏感内容另外给条线。"
)


class OperatorsCard(Card):
    """A line for each; the foot adds one."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("操作员", "只有负责人能改")
        self.shell = shell
        self.rows: tuple[OperatorRow, ...] = ()
        self.name, self.password = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("新同事的姓名")
        self.name.setAccessibleName("新同事的姓名")
        self.password.setPlaceholderText("给他的第一个密码")
        self.password.setAccessibleName("给他的第一个密码")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.role = self._role_choice("clerk", "新同事的角色")
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        way = partial(new_key.ask, shell)
        self.change_key = button(f"{new_key.TITLE}…", way, role="quiet")
        ask = partial(recovery_box.ask_back, shell, self.refresh)
        self.prove_key = button(f"{recovery_box.TITLE}…", ask, role="quiet")
        self.prove_key.hide()
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self.lines = LinesPanel(operators.sensitive_lines(shell.office))
        self.once = OncePanel()
        self.lines.sent.connect(self.give_lines)
        self.once.sent.connect(self.give_password)
        self._lay_out()

    def refresh(self) -> None:
        """Read who is here, and whether the printed key waits to be typed back."""
        self.shell.read(operators.everybody, on_done=self._show, latest="operators")
        self.shell.read(recovery_proof.is_proved, on_done=self.prove_key.setHidden, latest="proof")

    def add(self) -> None:
        """Add whoever was typed in the foot, when somebody consented."""
        facts = {
            "name": self.name.text(),
            "password": self.password.text(),
            "role": str(self.role.currentData()),
            # Least first: the lead adds lines where they are needed.
            "lines": (),
        }
        self._with_consent("加一位操作员", operators.add, self._added, **facts)

    def change_role(self, row: OperatorRow, choice: QComboBox) -> None:
        """Another role for this one."""
        wanted = str(choice.currentData())
        if wanted != row.role:
            title = f"{row.name}改为{choice.currentText()}"
            facts: dict[str, Any] = {
                "operator_id": row.id,
                "role": wanted,
                "lines": row.lines,
            }
            self._with_consent(title, operators.change, self._kept, **facts)
        # Shown as it is until it is done.
        choice.setCurrentIndex(choice.findData(row.role))

    def give_lines(self) -> None:
        """The lines ticked for the one asked about."""
        if (row := self.lines.row) is None:
            return
        facts: dict[str, Any] = {
            "operator_id": row.id,
            "role": row.role,
            "lines": self.lines.lines(),
        }
        self._with_consent(f"改{row.name}的条线", operators.change, self._kept, **facts)

    def give_password(self) -> None:
        """The password typed for the one asked about, for one time."""
        if (row := self.once.row) is None:
            return
        facts: dict[str, Any] = {"operator_id": row.id, "password": self.once.password.text()}
        title = f"给{row.name}一次性密码"
        self._with_consent(title, operators.new_password, self._kept, **facts)

    def switch_off(self, row: OperatorRow) -> None:
        """Ask who takes over the open cases, then let him go."""
        if not row.open_cases or not self._takers(row):
            self._let_go(row, None)
            return
        self._ask_who_takes_over(f"停用{row.name}", row, self._let_go, "先不停用")

    def hand_on(self, row: OperatorRow) -> None:
        """Ask who takes over what is still in the name of one who left."""
        self._ask_who_takes_over(f"{row.name}没办完的件", row, self._hand_on, "先不转")

    def _takers(self, row: OperatorRow) -> list[OperatorRow]:
        return [one for one in self.rows if one.active and one.has_password and one.id != row.id]

    def _ask_who_takes_over(
        self, title: str, row: OperatorRow, then: Callable[..., None], not_yet: str
    ) -> None:
        others = self._takers(row)[:3]
        self.shell.notices.ask(
            title,
            f"他名下还有 {row.open_cases} 件没有办完，转给谁接着办？",
            *(Verb(f"转给{one.name}", partial(then, row, one)) for one in others),
            Verb(not_yet),
        )

    def _hand_on(self, row: OperatorRow, to: OperatorRow) -> None:
        self.shell.write(operators.hand_on, on_done=self._kept, leaver=row.id, to=to.id)

    def _let_go(self, row: OperatorRow, to: OperatorRow | None) -> None:
        facts: dict[str, Any] = {"operator_id": row.id, "hand_on_to": to.id if to else None}
        self._with_consent(f"停用{row.name}", operators.switch_off, self._kept, **facts)

    def _with_consent(self, title: str, verb: Any, then: Any, **facts: Any) -> None:
        def agreed(approval: Approval) -> None:
            self.shell.write(
                verb, on_done=then, on_refused=self._refused, approved_by=approval, **facts
            )

        self.problem.hide()
        ask_consent(self.shell, title, agreed)

    def _added(self, _operator: object) -> None:
        self.name.clear()
        self.password.clear()
        self._kept(None)

    def _kept(self, _done: object) -> None:
        self.lines.hide()
        self.once.hide()
        self.shell.notices.toast("已保存")
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        if not isinstance(error, FieldsRefused):
            self.shell.cannot(error)
            return
        first = error.problems[0]
        weak = first.field == "password" and first.code in password_problem_codes()
        self.problem.setText(password_problem_text(first) if weak else problem_text(first))
        self.problem.show()

    def _show(self, rows: tuple[OperatorRow, ...]) -> None:
        self.rows = rows
        empty(self._grid)
        for place, row in enumerate(rows):
            for column, part in enumerate(self._parts(row)):
                self._grid.addWidget(part, place, column)

    def _parts(self, row: OperatorRow) -> tuple[QWidget, ...]:
        mark = "（你）" if row.himself else "" if row.has_password else "（要给一次性密码）"
        name = label(f"{row.name}{mark if row.active else ''}", wrap=True)
        held = label(f"没办完 {row.open_cases} 件" if row.open_cases else "—", "second")
        again = button("一次性密码…", partial(self.once.ask, row), role="quiet")
        if not row.active:
            gone = label(f"{row.role_label}，已停用", "second")
            over = button("转出…", partial(self.hand_on, row), role="quiet")
            return name, gone, held, again, *([over] if row.open_cases else [])
        choice = self._role_choice(row.role, f"{row.name}的角色")
        choice.activated.connect(lambda _place: self.change_role(row, choice))
        lines = button("条线…", partial(self.lines.ask, row), role="quiet")
        out = button("停用…", partial(self.switch_off, row), role="quiet")
        return name, choice, held, again, lines, out

    def _role_choice(self, role: str, named: str) -> QComboBox:
        made = QuietCombo()
        made.setAccessibleName(named)
        for one in operators.assignable(self.shell.office):
            made.addItem(one.label, one.key)
            made.setItemData(made.count() - 1, one.about, Qt.ItemDataRole.ToolTipRole)
        made.setCurrentIndex(made.findData(role))
        return made

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        for column, share in enumerate((3, 3, 2, 1, 1, 1)):
            self._grid.setColumnStretch(column, share)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        for part, share in ((self.name, 2), (self.password, 2), (self.role, 1)):
            foot.addWidget(part, share)
        foot.addWidget(button("加上…", self.add))
        self.body.addWidget(label(HINT, "hint", wrap=True))
        self.body.addWidget(self._table)
        self.body.addWidget(self.lines)
        self.body.addWidget(self.once)
        self.body.addLayout(foot)
        self.body.addWidget(self.problem)
        keys = QHBoxLayout()
        keys.setSpacing(px(8))
        if not self.shell.office.paths.server:
            self.body.addWidget(label(new_key.HINT, "hint", wrap=True))
            keys.addWidget(self.change_key)
        keys.addWidget(self.prove_key)
        keys.addStretch(1)
        self.body.addLayout(keys)


class OwnCard(Card):
    """我的登录: one's own password, and after how long the seat locks itself."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("我的登录", "离开时按 Ctrl L 马上锁")
        self.shell = shell
        self.minutes = QSpinBox()
        self.minutes.setRange(locking.LEAST, locking.MOST)
        self.minutes.setSuffix(" 分钟")
        self.minutes.setAccessibleName("几分钟没人动就锁")
        self.minutes.editingFinished.connect(self._keep_minutes)
        # The seat's, not his own.
        self.minutes.setEnabled(may(shell.office, Operation.CHANGE_SETTING))
        self.old, self.new = QLineEdit(), QLineEdit()
        for line, words in ((self.old, "原来的密码"), (self.new, "新密码")):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setPlaceholderText(words)
            line.setAccessibleName(words)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.left = label("", "hint", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(label("没人动就锁："))
        row.addWidget(self.minutes)
        row.addStretch(1)
        for part in (self.old, self.new, button("换密码", self.change)):
            row.addWidget(part)
        self.body.addLayout(row)
        self.body.addWidget(self.left)
        self.body.addWidget(self.problem)

    def refresh(self) -> None:
        """Read minutes and how long the password is good for."""
        self.shell.read(locking.minutes, on_done=self.minutes.setValue, latest="minutes")
        self.shell.read(password_rules.days_left, on_done=self._tell, latest="days")

    def change(self) -> None:
        """Put the new password in place of the old one."""
        self.problem.hide()
        self.shell.write(
            password_rules.change_own,
            on_done=self._changed,
            on_refused=self._refused,
            old=self.old.text(),
            new=self.new.text(),
        )

    def _keep_minutes(self) -> None:
        self.shell.write(
            locking.keep_minutes,
            wanted=self.minutes.value(),
            on_done=lambda _: self.shell.notices.toast("已保存"),
        )

    def _changed(self, _done: object) -> None:
        self.old.clear()
        self.new.clear()
        self.shell.notices.toast("密码已换，下次登录用新的")
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, FieldsRefused):
            self.problem.setText(password_problem_text(error.problems[0]))
            self.problem.show()
        else:
            self.shell.cannot(error)

    def _tell(self, left: int | None) -> None:
        self.left.setVisible(left is not None)
        if left is not None:
            told = f"还能用 {left} 天" if left > 0 else f"已超过 {-left} 天，请现在换"
            self.left.setText(f"等保要求密码 180 天换一次，这个密码{told}。")
