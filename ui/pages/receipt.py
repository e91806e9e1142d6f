"""A paper whose code was scanned: is it genuine, and does it say what the record says?"""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk.services import receipts
from desk.services.receipts import ReceiptLook, RecordLine
from desk.words.receipts import NAME_DIFFERS, NAME_FITS
from ui.emptying import empty
from ui.shell import Shell
from ui.theme import mark, px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label, line
from ui.widgets.page_frame import PageFrame

TONES = {"genuine": "good", "unknown": "soon", "newer": "soon", "unsigned": "soon"}


class ReceiptPage(PageFrame):
    """The verdict, the paper's code beside the record, and a line to type the paper's name into."""

    help_text = (
        "扫纸上的二维码，这里说它是真是假，不用联网。\n"
        "左边一列是纸上的码，右边一列是办件记录；不同的地方标红。\n"
        "码里没有姓名的原文：把纸上的姓名打一遍，就知道姓名有没有被改过。"
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._text = ""
        self._look: ReceiptLook | None = None
        self.verdict = label("", "title")
        self.words = label("", wrap=True)
        self.warning = label("", "late", wrap=True)
        self.ground = self._verdict_ground()
        self.table = RecordTable()
        self.name = QLineEdit()
        self.name.setPlaceholderText("照纸上的姓名输入，回车核对")
        self.name.setAccessibleName("纸上的姓名")
        self.name.returnPressed.connect(self._check_name)
        self.answer = label("")
        self.open_case = button("打开办件", self.main_action, role="primary", key="F9")
        row = QHBoxLayout()
        row.addWidget(self._card(), 3)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def opened(self, **facts: object) -> None:
        look, text = facts.get("look"), facts.get("text")
        if isinstance(look, ReceiptLook) and isinstance(text, str):
            self._text = text
            self._show(look)

    def main_action(self) -> None:
        if self._look is not None and self._look.case_id is not None:
            self.shell.go("case", case_id=self._look.case_id)

    def _show(self, look: ReceiptLook) -> None:
        self._look = look
        genuine = look.verdict == "genuine"
        self.verdict.setText(look.title)
        mark(self.ground, "tone", TONES.get(look.verdict, "late"))
        self.words.setText(look.text)
        self.warning.setText(look.warning)
        self.warning.setVisible(bool(look.warning))
        self.table.show_lines(look.lines)
        self.name_row.setVisible(genuine)
        self.name.clear()
        self._answer("", "")
        self.open_case.setVisible(look.case_id is not None)

    def _check_name(self) -> None:
        if not self.name.text().strip():
            return
        fits = receipts.name_fits(text=self._text, name=self.name.text())
        self._answer(NAME_FITS if fits else NAME_DIFFERS, "good" if fits else "late")

    def _answer(self, text: str, tone: str) -> None:
        self.answer.setText(text)
        mark(self.answer, "tone", tone)
        self.answer.setVisible(bool(text))

    def _verdict_ground(self) -> QFrame:
        """The verdict in large letters on its colour, what it rests on below."""
        ground = QFrame()
        ground.setProperty("role", "banner")
        column = QVBoxLayout(ground)
        column.setContentsMargins(px(14), px(10), px(14), px(12))
        column.addWidget(self.verdict)
        column.addWidget(self.words)
        return ground

    def _card(self) -> Card:
        card = Card("核对回执")
        for part in (self.ground, self.warning, self.table):
            card.body.addWidget(part)
        self.name_row = QWidget()
        row = QHBoxLayout(self.name_row)
        row.setContentsMargins(0, px(4), 0, 0)
        row.addWidget(label("姓名", "second"))
        row.addWidget(self.name, 1)
        row.addWidget(button("核对", self._check_name))
        row.addWidget(self.answer)
        card.body.addWidget(self.name_row)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.open_case)
        card.body.addLayout(foot)
        return card


class RecordTable(QWidget):
    """Label, what the code says, what the record says, and whether they agree."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, px(6), 0, 0)
        self._grid.setHorizontalSpacing(px(20))
        self._grid.setVerticalSpacing(px(7))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)

    def show_lines(self, lines: Sequence[RecordLine]) -> None:
        """Show these in place of those before; nothing where there is nothing to compare."""
        empty(self._grid)
        self.setVisible(bool(lines))
        for column, text in enumerate(("", "纸上的码", "办件记录")):
            self._grid.addWidget(label(text, "label"), 0, column)
        for place, one in enumerate(lines):
            self._grid.addWidget(line(), 2 * place + 1, 0, 1, 4)
            cells = (
                label(one.label, "second"),
                label(one.on_paper, wrap=True),
                label(one.on_record, wrap=True),
                label("相同" if one.same else "不同", tone="good" if one.same else "late"),
            )
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, 2 * place + 2, column)
