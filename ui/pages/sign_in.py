"""Who is at the desk: pick a name, type the password.

This page is the first paint. Naming `Qt` or `QEvent` loads some 1,500 enumerators (30 ms), and `logging` another 10,
so they are named only where a key was pressed, and layout is done by stretches instead of alignments.
"""

from collections.abc import Sequence

from PySide6 import QtCore
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme import mark, px

CAPS_HINT = "大写锁定开着"
OPENING = "正在打开……"
FOOT = "离线运行，数据只在这台电脑上加密保存"
_MOST_ROWS = 5
_WIDTH = 420


class PasswordLine(QLineEdit):
    """A password; tells of the arrows and of the Caps Lock."""

    stepped = Signal(int)
    """Up (-1) or down (1) was pressed."""
    capital = Signal(bool)
    """Whether the letter just typed betrays the Caps Lock; Qt has no question for it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (QtCore.Qt.Key.Key_Up, QtCore.Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == QtCore.Qt.Key.Key_Up else 1)
            return
        text = event.text()
        if key == QtCore.Qt.Key.Key_CapsLock:
            self.capital.emit(False)
        elif len(text) == 1 and text.isascii() and text.isalpha():
            shift = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
            self.capital.emit(text.isupper() != shift)
        super().keyPressEvent(event)


class SignInPage(QWidget):
    """Shown before anything else; knows names only, opens nothing itself.

    `names` are (id, name); after `refused` or `paused` what was typed is marked, not the name.
    """

    submitted = Signal(str, str)
    """Id of the operator and the password as typed."""

    def __init__(self, hall: str, names: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._ids = [key for key, _ in names]
        self._seconds = 0
        self._wait = QTimer(self)
        self._wait.setInterval(1000)
        self._wait.timeout.connect(self._count_down)
        self.names = self._name_list([name for _, name in names])
        self.password = PasswordLine()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("密码")
        self.password.returnPressed.connect(self.submit)
        self.password.stepped.connect(self._step)
        self.caps = _words(CAPS_HINT, "hint")
        self.caps.hide()
        self.password.capital.connect(self.caps.setVisible)
        self.problem = _words("", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.enter = QPushButton("登录")
        self.enter.setProperty("role", "primary")
        self.enter.clicked.connect(self.submit)
        self._lay_out(hall)
        self.setFocusProxy(self.password)

    def submit(self) -> None:
        """Hand on name and password, once; an empty password is only pointed at."""
        row = self.names.currentRow()
        if not self.enter.isEnabled() or row < 0:
            return
        if not self.password.text():
            self._say("请输入密码。")
            return
        self.enter.setEnabled(False)
        self.enter.setText(OPENING)
        self.problem.hide()
        self.submitted.emit(self._ids[row], self.password.text())

    def tell(self, text: str) -> None:
        """Say something before anybody has typed."""
        self.problem.setText(text.replace("<", "＜"))
        self.problem.show()

    def refused(self, title: str, text: str) -> None:
        """The office did not open: say why, and let them type again."""
        self._ready()
        self._say(f"{title}。{text}")
        self.password.selectAll()
        self.password.setFocus()

    def paused(self, seconds: int) -> None:
        """Too many failed attempts: count down, then let them type again."""
        self.password.clear()
        self._seconds = seconds
        self.enter.setEnabled(False)
        self.enter.setText("登录")
        self._wait.start()
        self._say_pause()

    def _name_list(self, names: Sequence[str]) -> QListWidget:
        made = QListWidget()
        made.setProperty("role", "framed")
        made.setAccessibleName("姓名")
        for name in names:
            QListWidgetItem(name, made).setSizeHint(QSize(0, px(40)))
        made.setCurrentRow(0)
        rows = min(max(len(names), 1), _MOST_ROWS)
        made.setFixedHeight(rows * px(40) + 10)
        made.itemActivated.connect(lambda _item: self.password.setFocus())
        return made

    def _lay_out(self, hall: str) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(px(_WIDTH))
        body = QVBoxLayout(card)
        body.setContentsMargins(28, 24, 28, 26)
        body.setSpacing(8)
        title = _words(hall, "title")
        title.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(_words("密码", "label"), 1)
        head.addWidget(self.caps)
        body.addWidget(title)
        body.addWidget(_words("便民前台　请选姓名、输密码", "second"))
        body.addSpacing(10)
        body.addWidget(_words("姓名", "label"))
        body.addWidget(self.names)
        body.addSpacing(6)
        body.addLayout(head)
        for widget in (self.password, self.problem):
            body.addWidget(widget)
        body.addSpacing(8)
        body.addWidget(self.enter)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(_centred(card))
        column.addStretch(3)
        column.addLayout(_centred(_words(FOOT, "hint")))

    def _step(self, by: int) -> None:
        row = self.names.currentRow() + by
        if 0 <= row < self.names.count():
            self.names.setCurrentRow(row)

    def _ready(self) -> None:
        self._wait.stop()
        self.enter.setEnabled(True)
        self.enter.setText("登录")

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        mark(self.password, "problem", True)

    def _say_pause(self) -> None:
        self._say(f"试的次数太多，请等 {self._seconds} 秒后再输。数据都是安全的。")

    def _count_down(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._say_pause()
            return
        self._ready()
        self.problem.hide()
        mark(self.password, "problem", False)
        self.password.setFocus()


def _words(text: str, role: str) -> QLabel:
    """A label; a typed '<' becomes its wide twin, for Qt would take it as markup."""
    made = QLabel(text.replace("<", "＜"))
    made.setProperty("role", role)
    return made


def _centred(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row
