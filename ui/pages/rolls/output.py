"""The lists on paper and as tables."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desk.errors import DeskError
from desk.services import roll_export, roll_papers
from desk.services.roll_views import RollFilter
from ui.notices import Verb
from ui.papers import PaperDesk
from ui.printers import Printers
from ui.shell import Shell
from ui.table_export import Order, TableExport
from ui.widgets.buttons import button

SHEET = "A4"
SAVED = "已存为"
NO_NOTICE = "现在没有公示中的申请。在办件里按“开始公示”以后，再来打印公示单。"


class RollOutput(QObject):
    """One at a time; what comes out is the list as it stands on the page."""

    def __init__(
        self,
        shell: Shell,
        wanted: Callable[[], RollFilter],
        title: Callable[[], str],
        printers: Printers,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._shell, self._wanted, self._title = shell, wanted, title
        self.papers = PaperDesk(shell, printers, parent)
        self.papers.said.connect(self._say)
        self._document: UUID | None = None
        self._name = ""
        self.files = TableExport(shell, self._order, parent)
        self.strip = self.files.strip
        self.print = button("打印名单", self.print_list, key="Ctrl P")
        self.save = button("导出表格…", self.files.start)
        self.notice = button("打印公示单", self.print_notice)
        self.files.busy.connect(self._hold)

    def print_list(self) -> None:
        """Issue the list and print it."""
        if self._free("正在排名单……"):
            self._name = self._title()
            self._shell.write(
                roll_papers.print_list,
                on_done=self._issued,
                on_refused=self._stopped,
                wanted=self._wanted(),
            )

    def print_notice(self) -> None:
        """Issue the notice of those made public now and print it."""
        if self._free("正在排公示单……"):
            self._name = "公示单"
            self._shell.write(
                roll_papers.print_notice,
                on_done=self._issued,
                on_refused=self._stopped,
                register=self._wanted().register,
            )

    def _order(self) -> Order:
        return Order(
            verb=roll_export.export,
            facts={"wanted": self._wanted()},
            name=self._title(),
            what="表格",
            unit="人",
            kinds=False,
        )

    def _issued(self, document: UUID | None) -> None:
        self._rest()
        if document is None:
            self._shell.notices.toast(NO_NOTICE)
        else:
            self._document = document
            self.papers.print_out(document, SHEET)

    def _say(self, text: str) -> None:
        """What became of the list, and a way to keep it where no printer is."""
        save = () if text.startswith(SAVED) else (Verb("另存 PDF…", self._save_pdf),)
        self._shell.notices.toast(text, *save)

    def _save_pdf(self) -> None:
        if self._document is not None:
            self.papers.save(self._document, SHEET, self._name)

    def _stopped(self, error: DeskError) -> None:
        self._rest()
        self._shell.cannot(error)

    def _free(self, words: str) -> bool:
        """Whether nothing is under way; then this begins."""
        if not self.save.isEnabled():
            return False
        self.strip.start(words)
        self.strip.stop.hide()
        self._hold(True)
        return True

    def _rest(self) -> None:
        self.strip.clear()
        self._hold(False)

    def _hold(self, busy: bool) -> None:
        for made in (self.print, self.save, self.notice):
            made.setDisabled(busy)
