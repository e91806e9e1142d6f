"""The right card: a paper of the case as it was handed out, and its ways onto paper."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desk.printing.raster import Picture
from desk.services.desk_papers import PaperOffer
from desk.services.views import DocumentRow
from ui.pages.case.materials import Materials
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label, line
from ui.widgets.choice_editors import QuietCombo
from ui.widgets.medium_choice import MediumChoice
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.scrolling import scrolling
from ui.widgets.widths import side_width

WIDTH = 300
NO_PAPER = "这件还没有出过文书。"


class PapersCard(Card):
    """Newest paper first; the materials stand below."""

    shown_changed = Signal()
    """Another paper or another size is to be shown."""
    print_asked = Signal()
    reprint_asked = Signal()
    save_asked = Signal()
    further_chosen = Signal(str)
    """One of the further papers, by its kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("文书", "", parent)
        self.setFixedWidth(side_width(WIDTH))
        self.aside.hide()
        self.medium_choice = MediumChoice()
        self.paper_choice = QuietCombo()
        self.paper_choice.setAccessibleName("看哪份文书")
        self.preview = PdfPreview()
        self.hint = label(NO_PAPER, "hint", wrap=True)
        self.said = label("", "second", wrap=True)
        self.said.hide()
        self.buttons = (
            button("打印", self.print_asked.emit, key="Ctrl P", compact=True),
            button("补打", self.reprint_asked.emit, compact=True),
            button("另存 PDF…", self.save_asked.emit, compact=True),
        )
        self.further = button("其他文书 ▾", role="quiet", compact=True)
        self.further.setMenu(QMenu(self.further))
        self.materials = Materials()
        self._documents: tuple[DocumentRow, ...] = ()
        self.medium_choice.activated.connect(self.shown_changed)
        self.paper_choice.activated.connect(self.shown_changed)
        self._lay_out()

    def show_documents(self, documents: Sequence[DocumentRow], chosen: UUID | None) -> None:
        """Offer these, newest first; `chosen` is shown (None: the one shown before, else the newest)."""
        wanted = chosen or self.document_id()
        self._documents = tuple(documents)
        self.paper_choice.clear()
        for paper in self._documents:
            again = f"，补打 {paper.prints} 次" if paper.prints else ""
            # In front: a long title is cut at its end.
            void = "已作废：" if paper.voided_on else ""
            self.paper_choice.addItem(f"{void}{paper.title}{again}")
        self.paper_choice.setCurrentIndex(max(0, self._place(wanted)) if self._documents else -1)
        self.paper_choice.setVisible(bool(self._documents))
        self.hint.setVisible(not self._documents)
        for made in (*self.buttons, self.medium_choice):
            made.setVisible(bool(self._documents))
        if not self._documents:
            self.preview.show_pictures(())

    def document_id(self) -> UUID | None:
        """The paper shown, None when there is none."""
        found = self.document()
        return found.id if found else None

    def document(self) -> DocumentRow | None:
        """The paper shown as a row."""
        place = self.paper_choice.currentIndex()
        return self._documents[place] if 0 <= place < len(self._documents) else None

    def choose(self, document_id: UUID) -> None:
        """Show that paper."""
        place = self._place(document_id)
        if place >= 0:
            self.paper_choice.setCurrentIndex(place)
            self.shown_changed.emit()

    def _place(self, document_id: UUID | None) -> int:
        known = [paper.id for paper in self._documents]
        return known.index(document_id) if document_id in known else -1

    def medium(self) -> str:
        """The paper chosen, '' the one set for it."""
        return self.medium_choice.medium()

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show the pages of the chosen paper."""
        self.preview.show_pictures(pictures)

    def say(self, text: str) -> None:
        """Say what became of a print."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def offer(self, papers: Sequence[PaperOffer]) -> None:
        """Let the clerk choose among the further papers, below their button."""
        menu = self.further.menu()
        menu.clear()
        for paper in papers:
            menu.addAction(paper.title, partial(self.further_chosen.emit, paper.kind))

    def _lay_out(self) -> None:
        self.head.addWidget(self.further)
        self.head.addWidget(self.medium_choice)
        row = QHBoxLayout()
        row.setSpacing(px(6))
        for made in self.buttons:
            row.addWidget(made)
        row.addStretch(1)
        self.body.addWidget(self.paper_choice)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.preview, 5)
        self.body.addLayout(row)
        self.body.addWidget(self.said)
        self.body.addWidget(line())
        self.body.addWidget(scrolling(self.materials), 4)
