"""One window: its words, its acknowledgement as a code, and what may be done about its key."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desk.services.hub_ack_code import ToldAck
from desk.services.hub_desk_rows import DeskRow
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.qr_picture import QrPicture
from ui.widgets.six_words import SixWords
from ui.widgets.state_badge import StateBadge

NO_WHY = "请写明为什么停用。"
ASK_WHICH = "这个窗口还有更新的数据没有补发。请先打电话问清在用的是哪台电脑，再点“补发”。"


class DeskPanel(Card):
    """What is asked before a window is revoked stands here, too."""

    ack_asked = Signal()
    resend_asked = Signal()
    revoked = Signal(str)
    """The clerk wants it revoked, for this reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.row: DeskRow | None = None
        self.state = StateBadge()
        self.head.addWidget(self.state)
        self.site = label("", "second", wrap=True)
        self.words = SixWords(large=False)
        self.ack = QrPicture("这个窗口的回执码")
        self.ack_text = label("", "second", wrap=True)
        self.show_code = button("回执码", self.ack_asked.emit)
        self.again = button("补发…", self.resend_asked.emit)
        self.stop = button("停用…", self._ask_why, role="danger")
        self.question = QWidget()
        self.why = QLineEdit()
        self.why.setMaxLength(200)
        self.why.setAccessibleName("为什么停用")
        self.problem = label("", "problem", wrap=True)
        self._lay_out()

    def show_row(self, row: DeskRow | None) -> None:
        """Show this window."""
        same = row is not None and self.row is not None and row.key == self.row.key
        self.row = row
        if row is None:
            return
        if not same:
            self.close_question()
            self.ack.show_text("")
            self.ack_text.hide()
        self.title.setText(f"{row.name} {row.window} 号")
        self.state.show_state(row.state, row.tone)
        ended = f"　{row.revoked_on} 起停用：{row.why}" if row.revoked_on else ""
        doubt = f"　{ASK_WHICH}" if row.code == "followed" else ""
        self.site.setText(f"{row.site}{ended}{doubt}")
        self.words.show_words("这个窗口的六个词", row.words, "")
        for one in (self.show_code, self.again, self.stop):
            one.setVisible(row.is_taken)
        self.show_code.setEnabled(row.seq > 0)

    def show_ack(self, told: ToldAck) -> None:
        """The acknowledgement, for the desk's scanner."""
        self.ack.show_text(told.text)
        self.ack_text.setText(f"收到第 {told.seq} 号包为止。请窗口用扫码枪扫这个码，就算收到回执。")
        self.ack_text.show()

    def close_question(self) -> bool:
        """Take the question away; False when there was none."""
        was = not self.question.isHidden()
        self.question.hide()
        return was

    def _ask_why(self) -> None:
        self.why.clear()
        self.problem.hide()
        self.question.show()
        self.why.setFocus()

    def _revoke(self) -> None:
        why = " ".join(self.why.text().split())
        self.problem.setText(NO_WHY)
        self.problem.setVisible(not why)
        if why:
            self.revoked.emit(why)

    def _lay_out(self) -> None:
        verbs = QHBoxLayout()
        verbs.setSpacing(px(8))
        for verb in (self.show_code, self.again, self.stop):
            verbs.addWidget(verb)
        verbs.addStretch(1)
        asked = Card()
        asked.body.addWidget(label("停用以后，这个窗口签的包都不再收。为什么停用？", wrap=True))
        asked.body.addWidget(self.why)
        asked.body.addWidget(self.problem)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("不停用", self.close_question))
        row.addWidget(button("停用", self._revoke, role="danger"))
        asked.body.addLayout(row)
        box = QHBoxLayout(self.question)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(asked)
        for part in (self.site, self.words, self.ack, self.ack_text):
            self.body.addWidget(part)
        self.body.addLayout(verbs)
        self.body.addWidget(self.question)
        self.ack_text.hide()
        self.question.hide()
        self.problem.hide()
