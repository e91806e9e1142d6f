"""The pictures of the case that is shown: taken in, looked at."""

from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desk.services import attachments
from desk.services.attachments import Gallery
from ui.pages.case.picture_viewing import Viewing
from ui.papers import PaperDesk
from ui.pictures.card import PicturesCard
from ui.pictures.taking import Taking, Target
from ui.shell import Shell


class Pictures(QObject):
    """One case at a time; what comes for a case that is no longer shown is dropped."""

    def __init__(self, shell: Shell, card: PicturesCard, desk: PaperDesk, page: QWidget) -> None:
        super().__init__(page)
        self._shell, self._card = shell, card
        self.viewing = Viewing(shell, desk, page)
        self.taking = Taking(shell, card, self._target, page)
        self._gallery: Gallery | None = None
        self._case: UUID | None = None
        card.chosen.connect(self.viewing.open)
        card.purpose_chosen.connect(self.viewing.take_purpose)
        self.viewing.purpose_needed.connect(card.ask_purpose)

    def show(self, case_id: UUID | None) -> None:
        """The case shown now; None between two cases."""
        if case_id != self._case:
            self._card.forget()
            self.viewing.be_about(None)
            self._gallery = None
        self._case = case_id
        if case_id is not None:
            self._shell.read(
                attachments.view, on_done=self._show, latest="pictures", case_id=case_id
            )
            self.taking.watch.refresh()

    def _target(self) -> Target | None:
        return Target(attachments.take, {"case_id": self._case}) if self._case else None

    def _show(self, gallery: Gallery) -> None:
        case_id = gallery.case_id
        if case_id is None or case_id != self._case:
            return
        again = self._gallery is not None and self._gallery.case_id == case_id
        self._gallery = gallery
        self.viewing.be_about(gallery)
        self._card.show_gallery(gallery)
        lacks = any(row.there and not row.thumb for row in gallery.rows)
        if lacks and not gallery.covered and not again:
            office = self._shell.office
            self._shell.files(
                lambda: attachments.mend_thumbs(office, case_id=case_id),
                on_done=lambda made: self.show(case_id) if made else None,
                on_refused=lambda _error: None,
            )
