"""What is asked about one operator below the list: the lines whose sensitive data he sees, a password for one time."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk.services.operators import ALL_LINES, OperatorRow
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label

LINES = "病情、党员、未成年人的内容，只有勾了条线的人看得到；没勾的照样收件办件，这些内容遮着。"
ONCE = "当面告诉他。他用这个密码登录一次，就要换成自己的，换好以前什么也看不到。"
ACROSS = 5


class _Panel(QWidget):
    """Hidden until it is asked; 先不改 hides it again."""

    sent = Signal()
    """The lead wants it so."""

    def __init__(self, verb: str, hint: str) -> None:
        super().__init__()
        self.row: OperatorRow | None = None
        self.title = label("", "heading", wrap=True)
        self.inside = QVBoxLayout()
        self.done = button(verb, self.sent.emit, role="primary")
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.done)
        foot.addWidget(button("先不改", self.hide))
        foot.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px(8), 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.title)
        box.addWidget(label(hint, "hint", wrap=True))
        box.addLayout(self.inside)
        box.addLayout(foot)
        self.hide()


class LinesPanel(_Panel):
    """A tick for each line that holds anything sensitive."""

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__("就给这些…", LINES)
        grid = QGridLayout()
        self.ticks: dict[str, QCheckBox] = {}
        for place, (key, named) in enumerate(lines):
            self.ticks[key] = QCheckBox(named)
            grid.addWidget(self.ticks[key], place // ACROSS, place % ACROSS)
        self.inside.addLayout(grid)

    def ask(self, row: OperatorRow) -> None:
        """Show what this one has."""
        self.row = row
        self.title.setText(f"{row.name}看得到哪些条线的敏感内容")
        for key, tick in self.ticks.items():
            tick.setChecked(row.lines == ALL_LINES or key in row.lines)
        self.show()

    def lines(self) -> tuple[str, ...]:
        """What is ticked; `*` for all."""
        ticked = tuple(key for key, tick in self.ticks.items() if tick.isChecked())
        return ALL_LINES if len(ticked) == len(self.ticks) else ticked


class OncePanel(_Panel):
    """A password for one time."""

    def __init__(self) -> None:
        super().__init__("给他这个密码…", ONCE)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("一次性密码")
        self.inside.addWidget(self.password)

    def ask(self, row: OperatorRow) -> None:
        """Ask for one for this one."""
        self.row = row
        back = "" if row.active else "，让他重新进来"
        self.title.setText(f"给{row.name}一个一次性密码{back}")
        self.password.clear()
        self.show()
        self.password.setFocus()
