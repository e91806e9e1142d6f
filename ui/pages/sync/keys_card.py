"""Whose key is whose: the county's and this desk's words, and how to exchange them anew."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.services.sync_views import SyncView
from ui.pages.sync.step_card import HOW_COUNTY
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.qr_picture import QrPicture
from ui.widgets.six_words import SixWords


class KeysCard(Card):
    """Hidden until the county's key is here."""

    key_asked = Signal()
    enrolment_asked = Signal()
    renewal_asked = Signal()
    anew_asked = Signal()
    sheet_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("和县里对过的词", parent=parent)
        self.county = SixWords(large=False)
        self.own = SixWords(large=False)
        self.body.addWidget(self.county)
        self.body.addWidget(self.own)
        self.code = QrPicture("本窗口密钥的二维码")
        self.body.addWidget(self.code)
        self.print_sheet = button("打印密钥登记单", self.sheet_asked.emit, role="quiet")
        self.body.addWidget(self.print_sheet)
        self.body.addWidget(button("再写一次登记文件", self.enrolment_asked.emit, role="quiet"))
        self.body.addWidget(button("换县里的公钥…", self.key_asked.emit, role="quiet"))
        self.body.addWidget(button("换本窗口的密钥…", self.renewal_asked.emit, role="quiet"))
        self.anew = button("县里说本机数据旧了…", self.anew_asked.emit, role="quiet")
        self.body.addWidget(self.anew)
        self.roots = label("", "second", wrap=True)
        self.roots.hide()
        self.body.insertWidget(1, self.roots)
        self.hide()

    def remind(self, text: str) -> None:
        """That the county's root list is past its day ('' hides it)."""
        self.roots.setText(text)
        self.roots.setVisible(bool(text))

    def show_view(self, view: SyncView) -> None:
        """Show the words that are known."""
        self.setVisible(view.step != "county_key")
        self.county.show_words(view.county, view.county_words, HOW_COUNTY)
        self.own.setVisible(view.step == "ready")
        self.own.show_words("本窗口", view.own_words, "县里有扫码枪的，扫这个码就不用念词。")
        # Where the program noticed by itself, the page's head offers it.
        self.anew.setVisible(view.step == "ready" and not view.copied and not view.waits)
        self.code.show_text(view.own_code if view.step == "ready" else "")
