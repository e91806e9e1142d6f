"""目录: the county's catalogue on this desk; a new one is looked through and taken here."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.changes import Changes
from desk.errors import DeskError
from desk.services import catalog_papers, catalog_take, catalog_views
from desk.services.catalog_papers import MovedSheet
from desk.services.catalog_turn import Turned
from desk.services.catalog_views import CatalogPageView
from desk.words.catalog import EXPIRED, UNREADABLE, WINDOW_TAKEN
from ui.pages.catalog.moved_card import MovedCard
from ui.papers import PaperDesk
from ui.printers import Printers, SystemPrinters
from ui.shell import Shell
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.changes_card import ChangesCard
from ui.widgets.page_frame import GAP, PageFrame
from ui.widgets.widths import side_width

RIGHT = 400
WILL_MOVE, MOVED = "到期日会跟着改", "到期日重新算过"


class CatalogPage(PageFrame):
    """F9 takes the release that waits; until then nothing changes."""

    help_text = (
        "县里的目录管着事项、材料、期限、文书的文字和放假安排。从同步页接收新目录，先在这里看改了什么。\n"
        "按 F9 采用，到了起用那天自动换上；在办的件还按收件时的规定办完。以后再说，就什么也不变。"
    )

    def __init__(self, shell: Shell, printers: Printers | None = None) -> None:
        super().__init__()
        self.shell = shell
        self.view: CatalogPageView | None = None
        self.papers = PaperDesk(shell, printers or SystemPrinters(), self)
        self.papers.said.connect(shell.notices.toast)
        self.state = Card("现用的目录")
        self.now = label("", wrap=True)
        self.next = label("", "second", wrap=True)
        self.state.body.addWidget(self.now)
        self.state.body.addWidget(self.next)
        self.changes = ChangesCard()
        self.moved = MovedCard()
        self.adopt = button("采用", self.main_action, role="primary", key="F9")
        self.later = button("以后再说", shell.back, key="Esc")
        self._lay_out()
        self.moved.opened.connect(lambda case_id: shell.go("case", case_id=case_id))
        self.moved.print_asked.connect(self.print_action)

    def refresh(self) -> None:
        self.shell.read(catalog_views.page, on_done=self._show, latest="catalog")

    def wants(self, changes: Changes) -> bool:
        return changes.packages or changes.rules

    def main_action(self) -> None:
        if self.view is None or self.view.waiting is None or not self.adopt.isEnabled():
            return
        self.adopt.setEnabled(False)
        self.shell.write(
            catalog_take.adopt,
            on_done=self._adopted,
            on_refused=self._refused,
            version=self.view.waiting.version,
        )

    def print_action(self) -> None:
        if self.view is not None and self.view.moved.rows and self.view.waiting is None:
            self.shell.read(catalog_papers.moved_sheet, on_done=self._print, latest="sheet")

    def _show(self, view: CatalogPageView) -> None:
        self.view = view
        state, waiting = view.state, view.waiting
        self.now.setText(state.standing_text)
        self.next.setText(state.coming_text)
        self.next.setVisible(bool(state.coming_text))
        self._warn(view)
        self.changes.setVisible(waiting is not None)
        self.adopt.setVisible(waiting is not None)
        self.later.setVisible(waiting is not None)
        if waiting is not None:
            self.adopt.setEnabled(True)
            self.changes.show_difference(waiting)
            self.moved.show_rows(WILL_MOVE, waiting.moves, printable=False)
        else:
            self.moved.show_rows(MOVED, view.moved.rows, printable=True)

    def _warn(self, view: CatalogPageView) -> None:
        """What is not as it should be; the counter goes on all the same."""
        state = view.state
        found = (
            (state.unreadable, UNREADABLE),
            (state.expired, EXPIRED),
            (state.window_taken, WINDOW_TAKEN),
        )
        words = next((words for holds, words in found if holds), None)
        if words is None:
            self.banner.clear()
        else:
            self.banner.say(*words, tone="soon")

    def _adopted(self, turned: Turned) -> None:
        if turned.version:
            self.shell.notices.toast(f"第 {turned.version} 版目录已起用，新收的件按新规定办")
        else:
            self.shell.notices.toast("已采用，到起用那天自动换上")
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self.shell.cannot(error)
        self.refresh()

    def _print(self, sheet: MovedSheet) -> None:
        self.papers.print_pdf(sheet.title, sheet.pdf, sheet.profile)

    def _lay_out(self) -> None:
        verbs = QHBoxLayout()
        verbs.addStretch(1)
        verbs.addWidget(self.later)
        verbs.addWidget(self.adopt)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.state)
        left.addWidget(self.changes, 1)
        left.addLayout(verbs)
        left.addStretch()
        self.moved.setFixedWidth(side_width(RIGHT))
        for card in (self.changes, self.moved, self.adopt, self.later, self.next):
            card.hide()
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addLayout(left, 1)
        row.addWidget(self.moved)
        self.body.addLayout(row)
