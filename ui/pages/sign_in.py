"""Who is at the desk: pick a name, type the password."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
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
from ui.widgets.cards import Card, label

CAPS_HINT = "大写锁定开着"
OPENING = "正在打开……"
_MOST_ROWS = 5


class SignInPage(QWidget):
    """Shown before anything else; knows names only, opens nothing itself.

    `names` are (id, name); after `refused` or `paused` what was typed is marked, not the name.
    """

    submitted = Signal(str, str)
    """Id of the operator and the password as typed."""

    def __init__(self, hall: str, names: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._wait = QTimer(self)
        self._wait.setInterval(1000)
        self._wait.timeout.connect(self._count_down)
        self._seconds = 0
        self.names = self._name_list(names)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("密码")
        self.password.installEventFilter(self)
        self.password.returnPressed.connect(self.submit)
        self.caps = label(CAPS_HINT, "hint")
        self.caps.hide()
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.enter = QPushButton("登录")
        self.enter.setProperty("role", "primary")
        self.enter.clicked.connect(self.submit)
        self._lay_out(hall)
        self.setFocusProxy(self.password)

    def submit(self) -> None:
        """Hand on name and password, once; an empty password is only pointed at."""
        item = self.names.currentItem()
        if not self.enter.isEnabled() or item is None:
            return
        if not self.password.text():
            self._say("请输入密码。")
            return
        self.enter.setEnabled(False)
        self.enter.setText(OPENING)
        self.problem.hide()
        self.submitted.emit(item.data(Qt.ItemDataRole.UserRole), self.password.text())

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.password and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                self._watch_caps(event)
            if event.type() == QEvent.Type.KeyPress and event.key() in (
                Qt.Key.Key_Up,
                Qt.Key.Key_Down,
            ):
                self._step(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        return super().eventFilter(watched, event)

    def _name_list(self, names: Sequence[tuple[str, str]]) -> QListWidget:
        made = QListWidget()
        made.setProperty("role", "framed")
        made.setAccessibleName("姓名")
        for key, name in names:
            item = QListWidgetItem(name, made)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, px(40)))
        made.setCurrentRow(0)
        rows = min(max(len(names), 1), _MOST_ROWS)
        made.setFixedHeight(rows * px(40) + 10)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.itemActivated.connect(lambda _item: self.password.setFocus())
        return made

    def _lay_out(self, hall: str) -> None:
        card = Card()
        card.setFixedWidth(px(420))
        card.body.setContentsMargins(28, 24, 28, 26)
        title = label(hall, "title", wrap=True)
        card.body.addWidget(title)
        card.body.addWidget(label("便民前台　请选姓名、输密码", "second"))
        card.body.addSpacing(10)
        card.body.addWidget(label("姓名", "label"))
        card.body.addWidget(self.names)
        card.body.addSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label("密码", "label"), 1)
        head.addWidget(self.caps)
        card.body.addLayout(head)
        card.body.addWidget(self.password)
        card.body.addWidget(self.problem)
        card.body.addSpacing(8)
        card.body.addWidget(self.enter)
        row = QVBoxLayout(self)
        row.addStretch(2)
        row.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        row.addStretch(3)
        row.addWidget(_foot(), 0, Qt.AlignmentFlag.AlignHCenter)

    def _watch_caps(self, event: QKeyEvent) -> None:
        """A letter that is large without Shift, or small with it, betrays the lock; Qt has no question for it."""
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps.hide()
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.setVisible(text.isupper() != shift)

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


def _foot() -> QLabel:
    return label("离线运行，数据只在这台电脑上加密保存", "hint")
