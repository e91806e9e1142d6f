"""What is to be done once before the first package: the county's key in, this desk's registration out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.services.sync_views import SyncView
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.qr_picture import QrPicture
from ui.widgets.six_words import SixWords

KEY = (
    "第 1 步，共 2 步：收下县里的公钥",
    "县里会给一个公钥文件（U 盘或内部邮件）。上报的包用它加密，只有县里打得开。"
    "收下以后，密码和恢复密钥都丢了，县里也能打开本大厅的数据。",
    "选择县里的公钥文件…",
)
ENROL = (
    "第 2 步，共 2 步：把本窗口报给县里",
    "把登记文件写到 U 盘交给县里，县里登记后才认得本窗口的包。",
    "写出登记文件",
)
HOW_COUNTY = (
    "打电话给县里，请对方先读出他们公钥的六个词，和这里一字不差才对。不一样就不要用，重新要文件。"
)
HOW_OWN = "县里收到登记文件后会打电话来。请把这六个词按顺序读给对方，对方核对一致才登记。"


class StepCard(Card):
    """One step at a time; the words to be compared stand large."""

    asked = Signal()
    """The clerk wants to do the step shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.text = label("", wrap=True)
        self.words = SixWords()
        self.code = QrPicture("本窗口密钥的二维码")
        self.do = button("", self.asked.emit, role="primary", key="F9")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.do)
        self.body.setSpacing(px(10))
        self.body.addWidget(self.text)
        self.body.addWidget(self.words)
        self.body.addWidget(self.code)
        self.body.addLayout(row)

    def show_view(self, view: SyncView) -> None:
        """Show the step that is missing."""
        title, text, verb = KEY if view.step == "county_key" else ENROL
        self.title.setText(title)
        self.text.setText(text)
        self.do.setText(verb)
        self.words.setVisible(view.step == "enrolment")
        self.words.show_words("本窗口的六个词", view.own_words, HOW_OWN)
        self.code.show_text(view.own_code if view.step == "enrolment" else "")
