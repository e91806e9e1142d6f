"""A desk that wants to be known: its words to compare by telephone, or its code to scan."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desk.domain.text import half_width
from desk.services import hub_desk_rows
from desk.services.hub_desks import Introduction
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.six_words import SixWords

COMPARE = "打电话给社区，请对方念“同步”页上的六个词，和这里一字不差才登记。"
VOUCHED = "旧密钥签过字，不用再核对。"
KNOWN = "早已登记过，再登记一次也没有变化。"
NO_DAY = "用到哪天要写成 2027-06-30 这样；没有期限就空着。"
FITS, DIFFERS = "扫到的码和文件是同一把密钥。", "扫到的码和文件不是同一把密钥，不要登记。"


class EnrolPanel(Card):
    """F9 registers; Esc leaves everything as it was."""

    agreed = Signal(object)
    """The words are the same: the file to register."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("登记窗口", parent=parent)
        self.path: Path | None = None
        self.told: Introduction | None = None
        self.name = label("", "strong", wrap=True)
        self.words = SixWords(large=False)
        self.typed = QLineEdit()
        self.typed.setAccessibleName("窗口的密钥码")
        self.typed.setPlaceholderText("也可以扫窗口屏幕上的码")
        self.judged = label("", "second", wrap=True)
        self.yes = button("一致，登记", self.ask, role="primary", key="F9")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        row.addWidget(button("不登记", self.left.emit, key="Esc"))
        row.addWidget(self.yes)
        self.term = QLineEdit()
        self.term.setAccessibleName("密钥用到哪天")
        self.term.setPlaceholderText("临时窗口才填：用到哪天，如 2027-06-30")
        for part in (self.name, self.words, self.typed, self.judged, self.term):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.typed.textChanged.connect(self._judge)
        self.term.textChanged.connect(lambda _text: self._judge(self.typed.text()))

    def show_introduction(self, path: Path, told: Introduction) -> None:
        """Who it says it is."""
        self.path, self.told = path, told
        self.name.setText(f"{told.name} {told.window} 号窗口（{told.site}）")
        how = {"renewed": VOUCHED, "known": KNOWN}.get(told.step, COMPARE)
        self.words.show_words("这个窗口的六个词", told.words, how)
        self.typed.clear()
        self.term.clear()
        self._judge("")

    def begin(self) -> None:
        """The keyboard where a scanner types."""
        self.typed.setFocus()

    def ask(self) -> None:
        """The words were compared."""
        if self.path is not None and self.yes.isEnabled():
            self.agreed.emit(self.path)

    def until(self) -> date | None:
        """The last day the key is taken for; None without an end, or where what is typed is no day."""
        try:
            return date.fromisoformat(half_width(self.term.text()).strip())
        except ValueError:
            return None

    def clear(self) -> None:
        """Nobody is to be registered any more."""
        self.path = self.told = None

    def _judge(self, code: str) -> None:
        fits = not code or (self.told is not None and hub_desk_rows.fits(code, self.told))
        no_day = bool(self.term.text().strip()) and self.until() is None
        self.judged.setText(NO_DAY if no_day else "" if not code else FITS if fits else DIFFERS)
        self.judged.setVisible(bool(code) or no_day)
        self.yes.setEnabled(fits and not no_day)
