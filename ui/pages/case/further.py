"""The further papers a case may be given: offered in the menu, issued when chosen."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desk.services import desk_papers
from ui.pages.case.papers_card import PapersCard
from ui.shell import Shell


class Further(QObject):
    """Fills the menu for the case shown, and issues what the clerk chooses."""

    issued = Signal(object)
    """The id of the paper that was just issued."""

    def __init__(self, shell: Shell, papers: PapersCard, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._papers = shell, papers
        self._case_id: UUID | None = None
        papers.further_chosen.connect(self._issue)

    def offer(self, case_id: UUID) -> None:
        """Offer what this case may be given now."""
        self._case_id = case_id
        self._shell.read(
            desk_papers.offered, on_done=self._papers.offer, latest="further", case_id=case_id
        )

    def _issue(self, kind: str) -> None:
        if self._case_id is not None:
            self._shell.write(
                desk_papers.issue, on_done=self.issued.emit, case_id=self._case_id, kind=kind
            )
