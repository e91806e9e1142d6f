"""从县里接收: answers from the stick, a sentence for each."""

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desk.services.sync_views import ReadBack
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label

BEFORE = "插上县里给的 U 盘，按“接收”。收过的不会再收一次，给别的单位的不动。"
LOOKED = "看过了，还没有收："
SCAN = "扫回执码、密钥码"
TIDIED = "U 盘上已办妥的旧文件清理了 {count} 个，最近的还留着。"
NOTHING = "没有给本窗口的文件。请核对 U 盘，或换一个文件夹。"


class ReceiveCard(Card):
    """Reads the stick chosen on the left, or another folder."""

    read_asked = Signal()
    look_asked = Signal()
    other_asked = Signal()
    scanned = Signal(str)
    """A code was scanned into the field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("从县里接收", parent=parent)
        self.text = label(BEFORE, "second", wrap=True)
        self.read = button("接收", self.read_asked.emit)
        self.look = button("看一看", self.look_asked.emit)
        self.other = button("从别的文件夹接收…", self.other_asked.emit, role="quiet")
        self._told: list[QLabel] = []
        self._had_focus = False
        self._list = QVBoxLayout()
        self._list.setSpacing(px(4))
        self.body.addWidget(self.text)
        self.body.addLayout(self._list)
        verbs = QHBoxLayout()
        verbs.setSpacing(px(8))
        verbs.addWidget(self.look, 1)
        verbs.addWidget(self.read, 2)
        self.body.addLayout(verbs)
        self.body.addWidget(self.other)
        self.code = QLineEdit()
        self.code.setAccessibleName(SCAN)
        self.code.setPlaceholderText(SCAN)
        self.code.returnPressed.connect(self._scan)
        self.body.addWidget(self.code)

    def begin(self) -> None:
        """The reading begins; the keyboard comes back to the button after it."""
        self._had_focus = self.read.hasFocus()
        self.read.setEnabled(False)
        self._say("正在看 U 盘……", ())

    def stopped(self) -> None:
        """It could not be read."""
        self._ready()
        self._say(BEFORE, ())

    def show_result(self, result: ReadBack) -> None:
        """Say what was taken and what was passed over."""
        self._ready()
        if not result.taken and not result.passed_over:
            self._say(NOTHING, ())
            return
        lines = [(f"✓ {one}", "") for one in _once(result.taken)]
        lines += [(f"· {one}", "second") for one in _once(result.passed_over)]
        if result.tidied:
            lines.append((TIDIED.format(count=result.tidied), "second"))
        taken = f"收了 {len(result.taken)} 份：" if result.taken else "没有新的要收："
        self._say(taken, lines)

    def show_look(self, found: ReadBack) -> None:
        """Say what lies there; nothing was taken."""
        self._ready()
        lines = [(f"· {one}", "") for one in _once(found.taken)]
        lines += [(f"✗ {one}", "second") for one in _once(found.passed_over)]
        self._say(LOOKED if lines else NOTHING, lines)

    def sentences(self) -> tuple[str, ...]:
        """What it says now."""
        return (self.text.text(), *(one.text() for one in self._told))

    def _scan(self) -> None:
        """A scanner ends what it read with the Enter key; the field is empty for the next one."""
        text = self.code.text().strip()
        self.code.clear()
        if text:
            self.scanned.emit(text)

    def _ready(self) -> None:
        self.read.setEnabled(True)
        if self._had_focus:
            self.read.setFocus()

    def _say(self, text: str, lines: Sequence[tuple[str, str]]) -> None:
        self.text.setText(text)
        for old in self._told:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._told.clear()
        for words, role in lines:
            told = label(words, role, wrap=True)
            self._told.append(told)
            self._list.addWidget(told)


def _once(sentences: Iterable[str]) -> list[str]:
    """Each sentence once, with how often it was said: on a stick that goes round there is one for every other window."""
    counted = Counter(sentences)
    return [one if often == 1 else f"{one}（{often} 份）" for one, often in counted.items()]
