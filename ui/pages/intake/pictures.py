"""Pictures of the materials of the one who stands at the window: kept with the draft until there is a case."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.domain.materials import DraftPicture
from desk.services import draft_pictures
from desk.services.attachments import Gallery, Taken
from ui.pages.intake.picture_viewing import DraftViewing
from ui.pictures.card import PicturesCard
from ui.pictures.taking import Taking, Target
from ui.shell import Shell

ELSEWHERE = "已经换了一件，刚才那 {count} 份影像没有收"


class DraftPictures(QObject):
    """One draft at a time. Makes and reads nothing before an item is chosen, opens no picture before it is asked for."""

    changed = Signal()
    """The draft has other pictures now."""
    settled = Signal(bool)
    """A batch is through: whether all of it came in."""

    def __init__(self, shell: Shell, card: Callable[[], PicturesCard], page: QWidget) -> None:
        super().__init__(page)
        self._shell, self._make_card, self._page = shell, card, page
        self.kept: tuple[DraftPicture, ...] = ()
        self._item_code = ""
        self._visit = 0
        self._begun = False
        self.viewing = DraftViewing(shell, page, self._remove)

    @cached_property
    def taking(self) -> Taking:
        """The ways in, with their card."""
        self._begun = True
        self._card.chosen.connect(self._open)
        return Taking(self._shell, self._card, self._target, self._page)

    @cached_property
    def _card(self) -> PicturesCard:
        return self._make_card()

    @property
    def busy(self) -> bool:
        """Whether pictures are on their way in."""
        return self._begun and self.taking.busy

    def show(self, taken: Sequence[DraftPicture]) -> None:
        """Another intake begins, with these; what is under way belongs to the one before."""
        self._visit += 1
        self.shut()
        self.kept, self._item_code = tuple(taken), ""
        if self._begun:
            self.taking.stop()
            self._card.forget()

    def be_for(self, item_code: str) -> None:
        """The item it is to become: its papers are offered by name."""
        self._item_code = item_code
        self.taking.watch.refresh()
        self._read()

    def shut(self) -> bool:
        """Close the picture that is looked at; False when there was none."""
        return self.viewing.shut()

    def _target(self) -> Target:
        return Target(
            draft_pictures.take, {"have": self.kept}, ended=partial(self._took, self._visit)
        )

    def _took(self, visit: int, taken: Taken | None, whole: bool) -> None:
        came = taken.pictures if taken else ()
        if visit != self._visit:
            if came:
                self._shell.notices.toast(ELSEWHERE.format(count=len(came)))
            return
        if came:
            self._keep((*self.kept, *came))
        self.settled.emit(whole)

    def _keep(self, taken: tuple[DraftPicture, ...]) -> None:
        self.kept = taken
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        self._shell.read(
            draft_pictures.view,
            on_done=partial(self._show, self._visit),
            latest="pictures",
            item_code=self._item_code,
            taken=self.kept,
        )

    def _show(self, visit: int, gallery: Gallery) -> None:
        if visit == self._visit:
            self._card.show_gallery(gallery)

    def _open(self, place: int) -> None:
        if place < len(self.kept):
            self.viewing.open(self._item_code, self.kept, place)

    def _remove(self, picture: DraftPicture) -> None:
        self._keep(tuple(one for one in self.kept if one != picture))
