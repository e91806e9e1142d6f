"""一件: all that is known of one case, and exactly what may be done with it now."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.changes import Changes
from desk.errors import DeskError
from desk.services import case_views, revealing, shielding
from desk.services.views import CaseDetail, Finished
from ui.notices import Verb
from ui.pages.case.corrections import Corrections
from ui.pages.case.county_strip import CountyStrip
from ui.pages.case.deeds import Deeds
from ui.pages.case.further import Further
from ui.pages.case.header import HeaderCard
from ui.pages.case.papers_card import PapersCard
from ui.pages.case.pictures import Pictures
from ui.pages.case.side import Side
from ui.papers import PaperDesk
from ui.pictures.card import PicturesCard
from ui.printers import Printers, SystemPrinters
from ui.shell import Shell
from ui.undoing import say_done
from ui.widgets.cards import Card
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.timeline import Timeline


class CasePage(PageFrame):
    """Opened with `case_id`; F9 does the first action or sends its form, Ctrl P prints the paper shown."""

    help_text = "右上是现在能办的，F9 办最前面那个；缺材料的先登记补交。\n点期限看怎样算，点“经过”里的文书在右边看。\nCtrl P 打印，Esc 关上小表或返回。"

    def __init__(self, shell: Shell, printers: Printers | None = None) -> None:
        super().__init__()
        self.shell = shell
        self.case_id: UUID | None = None
        self.detail: CaseDetail | None = None
        self._new_paper: UUID | None = None
        self.header = HeaderCard()
        self.timeline = Timeline()
        self.side = Side()
        self.papers = PapersCard()
        self.county = CountyStrip()
        self.deeds = Deeds(shell, self.side, self)
        self.corrections = Corrections(shell, self.side, self.county, self)
        self.further = Further(shell, self.papers, self)
        self.desk = PaperDesk(shell, printers or SystemPrinters(), self)
        self.pictures_card = PicturesCard()
        self.pictures = Pictures(shell, self.pictures_card, self.desk, self)
        self._content = QWidget()
        self._lay_out()
        self._connect()
        self._content.hide()

    def opened(self, **facts: object) -> None:
        case_id = facts.get("case_id")
        if isinstance(case_id, UUID):
            if case_id != self.case_id:
                self._forget()
            self.case_id = case_id
            self.make_stale()
            if self.isVisible():
                self.refresh()

    def refresh(self) -> None:
        if self.case_id is not None:
            self.shell.read(
                case_views.detail,
                on_done=self._show,
                on_refused=self._not_there,
                latest="case",
                case_id=self.case_id,
            )

    def wants(self, changes: Changes) -> bool:
        # An answer of the county changes how far each case got.
        return self.case_id in changes.cases or changes.packages

    def main_action(self) -> None:
        if self.side.asking:
            self.deeds.send()
        elif self.side.correcting:
            self.corrections.send()
        elif (action := self.header.actions_bar.primary) is not None:
            self.deeds.ask(action)
        else:
            self.papers.materials.supply()

    def print_action(self) -> None:
        if (paper := self.papers.document_id()) is not None:
            self.desk.print_out(paper, self.papers.medium())

    def go_back(self) -> bool:
        if self.pictures.viewing.viewer.isVisible():
            self.pictures.viewing.viewer.shut()
            return True
        return self.side.close_panel() or super().go_back()

    def _forget(self) -> None:
        self.detail = None
        self._new_paper = None
        self.deeds.show(None)
        self.corrections.show(None)
        self.pictures.show(None)
        self.side.close_panel()
        self.papers.say("")
        self.papers.show_documents((), None)
        self.banner.clear()
        self._content.hide()

    def _reveal(self, case_id: UUID, purpose: str) -> None:
        self.shell.write(
            revealing.of_case,
            on_done=partial(self.side.revealed.show_values, case_id),
            case_id=case_id,
            purpose=purpose,
        )

    def _show(self, detail: CaseDetail) -> None:
        if detail.row.id != self.case_id:
            return
        self.detail = detail
        self.deeds.show(detail)
        self.corrections.show(detail.row.id)
        self.pictures.show(detail.row.id)
        self.header.show_detail(detail)
        self.county.show_detail(detail)
        self.timeline.show_rows(detail.history)
        self.side.revealed.be_about(detail.row.id)
        self.side.show_lines((*detail.parties, *detail.form))
        self.side.show_shield(shielded=detail.shielded, handled_here=detail.handled_here)
        self.papers.show_documents(detail.documents, self._new_paper)
        self._new_paper = None
        open_case = detail.state.phase == "open"
        self.papers.materials.show_rows(detail.materials, open_case=open_case)
        self.papers.materials.lead(self.header.actions_bar.primary is None)
        if self.side.asking and self.side.ask_panel.action not in detail.actions:
            self.side.close_panel()
        self._content.show()
        self._show_paper()
        self.further.offer(detail.row.id)

    def _not_there(self, error: DeskError) -> None:
        self._content.hide()
        self.shell.cannot(error)

    def _acted(self, finished: Finished) -> None:
        if finished.case_id == self.case_id:
            self.side.close_panel()
            self.banner.clear()
            self._new_paper = finished.document
        verbs = []
        if finished.document is not None:
            medium = self.papers.medium()
            verbs.append(Verb("打印", partial(self.desk.print_out, finished.document, medium)))
        say_done(self.shell, " ".join(filter(None, (finished.said, finished.number))), *verbs)

    def _show_paper(self) -> None:
        paper = self.papers.document_id()
        if paper is not None:
            self.desk.show(paper, self.papers.medium(), partial(self._show_pictures, paper))

    def _show_pictures(self, paper: UUID, pictures: tuple[object, ...]) -> None:
        if paper == self.papers.document_id():
            self.papers.show_pictures(pictures)  # type: ignore[arg-type]

    def _reprint(self) -> None:
        if (paper := self.papers.document_id()) is not None:
            self.desk.reprint(paper, self.papers.medium())

    def _save(self) -> None:
        paper = self.papers.document()
        if paper is not None and self.detail is not None:
            row = self.detail.row
            # The name of a file is read by whoever sees the folder.
            who = "" if self.detail.shielded else row.applicant
            name = "-".join(filter(None, (paper.title, row.short_no, who)))
            self.desk.save(paper.id, self.papers.medium(), name)

    def _further_issued(self, document: UUID) -> None:
        self._new_paper = document
        self.refresh()

    def _explain(self) -> None:
        if self.case_id is not None:
            self.shell.read(
                case_views.due_story,
                on_done=self.side.show_story,
                latest="due",
                case_id=self.case_id,
            )

    def _connect(self) -> None:
        self.header.actions_bar.asked.connect(self.deeds.ask)
        self.deeds.acted.connect(self._acted)
        self.deeds.stale.connect(self.refresh)
        self.corrections.stale.connect(self.refresh)
        self.header.due_asked.connect(self._explain)
        self.timeline.paper_asked.connect(self.papers.choose)
        self.side.closed.connect(self.setFocus)
        self.side.revealed.asked.connect(self._reveal)
        self.side.shield_asked.connect(partial(_shield, self))
        self.papers.shown_changed.connect(self._show_paper)
        self.papers.print_asked.connect(self.print_action)
        self.papers.reprint_asked.connect(self._reprint)
        self.papers.save_asked.connect(self._save)
        self.further.issued.connect(self._further_issued)
        self.papers.materials.brought.connect(self.deeds.bring)
        self.desk.said.connect(self.papers.say)

    def _lay_out(self) -> None:
        history = Card("经过", "只增不改，县级可核验")
        history.body.addWidget(self.timeline)
        self.side.spread.connect(history.setHidden)
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addWidget(history, 1)
        middle.addWidget(self.side)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.header)
        left.addWidget(self.county)
        left.addLayout(middle, 1)
        left.addWidget(self.pictures_card)
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addLayout(left, 1)
        row.addWidget(self.papers)
        self.body.addWidget(self._content)


def _shield(page: CasePage) -> None:
    if (detail := page.detail) is None:
        return
    told = "申请人不再保密" if detail.shielded else "申请人已设为保密，只有你看得到是谁"
    page.shell.write(
        shielding.shield,
        on_done=lambda _: page.shell.notices.toast(told),
        case_id=detail.row.id,
        version=detail.version,
        on=not detail.shielded,
    )
