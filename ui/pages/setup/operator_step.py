"""Step 2: the first operator and his password."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLineEdit

from desk.domain.fields import FieldDef
from desk.errors import Problem
from ui.pages.setup.steps import DIFFERS, Step, summary_of, told
from ui.widgets.editor import FieldEditor
from ui.widgets.field_editors import editor_for
from ui.widgets.form_view import FieldCell

_NAME = FieldDef("operator_name", "姓名", "text", required=True, max_length=40)
_PASSWORD = FieldDef(
    "password", "密码", "text", required=True, help="至少 10 位；几个不相干的词连起来，好记又难猜"
)
_AGAIN = FieldDef("again", "再输一次密码", "text", required=True)


class PasswordEditor(FieldEditor):
    """A password as typed, never trimmed."""

    def __init__(self, field: FieldDef) -> None:
        super().__init__(field)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textEdited.connect(self.edited)
        self.line.returnPressed.connect(self.go_on)
        self.set_input(self.line)

    def value(self) -> object:
        return self.line.text()

    def show_value(self, value: object) -> None:
        self.line.setText(str(value or ""))


class OperatorStep(Step):
    """Name, password, password again."""

    def __init__(self) -> None:
        super().__init__(
            2,
            "登记第一位操作员",
            "这是第一位登录的人。程序不保存密码，忘了只能用下一步的恢复密钥打开数据。",
            "建立数据文件夹",
        )
        self.cells = {
            field.key: FieldCell(editor)
            for field, editor in (
                (_NAME, editor_for(_NAME)),
                (_PASSWORD, PasswordEditor(_PASSWORD)),
                (_AGAIN, PasswordEditor(_AGAIN)),
            )
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for row, cell in enumerate(self.cells.values()):
            grid.addWidget(cell, row, 0)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.summary.chosen.connect(self._focus)

    @property
    def name(self) -> str:
        return str(self.cells["operator_name"].editor.value() or "").strip()

    @property
    def password(self) -> str:
        return str(self.cells["password"].editor.value() or "")

    def own_problems(self) -> tuple[Problem, ...]:
        """What only this page can know: the two passwords differ."""
        again = str(self.cells["again"].editor.value() or "")
        return () if again == self.password else (Problem("again", DIFFERS),)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say each problem beside its field and in the summary; nothing typed is lost."""
        labels = {key: cell.editor.field.label for key, cell in self.cells.items()}
        sentences = told(problems, labels)
        for key, cell in self.cells.items():
            cell.show_problem(sentences.get(key, ""))
        self.summary.show_problems(summary_of(sentences, labels))
        if sentences:
            self.summary.take_focus()

    def forget(self) -> None:
        """Wipe the passwords from the page once they were used."""
        for key in ("password", "again"):
            self.cells[key].editor.show_value("")

    def _focus(self, key: str) -> None:
        self.cells[key].editor.input.setFocus()
