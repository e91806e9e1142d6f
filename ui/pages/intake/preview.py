"""The right card: the paper as it would be handed out, and the ways to end."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desk.printing.raster import Picture
from ui.pages.intake.ends import Ends
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.medium_choice import MediumChoice
from ui.widgets.pdf_preview import PdfPreview


class PaperCard(Card):
    """Preview, choice of paper, ends, and the consultation that opens no case."""

    medium_changed = Signal()
    """The clerk wants another size of paper."""
    consulted = Signal()
    """It was only a question; count it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("文书预览", "", parent)
        self.aside.hide()
        self.title.setWordWrap(True)
        self._medium = MediumChoice()
        self._medium.activated.connect(self.medium_changed)
        self.head.addWidget(self._medium)
        self.preview = PdfPreview()
        self.preview.setToolTip("点一下放大")
        self.preview.clicked.connect(self.enlarge)
        self._hint = label("选好事项、填好后，这里就是要打印的文书。", "hint", wrap=True)
        self.ends = Ends()
        self.body.addWidget(self._hint)
        self.body.addWidget(self.preview, 1)
        self.body.addWidget(self.ends)
        self.body.addWidget(button("只是咨询，记一次", self.consulted.emit, role="quiet"))

    def medium(self) -> str:
        """The paper chosen, '' the one set for what is to be printed."""
        return self._medium.medium()

    def show_title(self, title: str) -> None:
        """Name the paper that the main end gives."""
        self.title.setText(title or "文书预览")

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show the pages of the paper."""
        self.preview.show_pictures(pictures)
        self._hint.setVisible(not pictures)

    def enlarge(self) -> None:
        """Show the pages as large as the window allows; Esc or a click closes."""
        LargeView(self.window(), self.preview.pictures()).open()


class LargeView(QDialog):
    """The paper large enough to be read out."""

    def __init__(self, window: QWidget, pictures: Sequence[Picture]) -> None:
        super().__init__(window)
        self.setWindowTitle("文书预览")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view = PdfPreview(self)
        view.show_pictures(pictures)
        view.clicked.connect(self.close)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(12), px(12), px(12), px(12))
        box.addWidget(view)
        widest = max((picture.width for picture in pictures), default=px(600))
        self.resize(min(widest + px(48), window.width() - px(80)), window.height() - px(60))
