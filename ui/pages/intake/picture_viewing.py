"""Looking at a picture that was just taken in; the viewer is made when the first one is opened."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desk.domain.materials import DraftPicture
from desk.errors import DeskError
from desk.services import draft_pictures
from desk.words.errors import words
from ui.pictures.viewer import BOX, PictureViewer
from ui.shell import Shell
from ui.widgets.picture import decoded


class DraftViewing(QObject):
    """What was drawn for another place or page is dropped."""

    def __init__(self, shell: Shell, page: QWidget, remove: Callable[[DraftPicture], None]) -> None:
        super().__init__(page)
        self._shell, self._page, self._remove = shell, page, remove
        self.viewer: PictureViewer | None = None
        self._item_code = ""
        self._taken: tuple[DraftPicture, ...] = ()
        self._at = (0, 0)

    def open(self, item_code: str, taken: tuple[DraftPicture, ...], place: int) -> None:
        """Look at the picture at that place of the draft's."""
        self._item_code, self._taken = item_code, taken
        if self.viewer is None:
            self.viewer = PictureViewer(self._page, of_draft=True)
            self.viewer.moved.connect(self._move)
            self.viewer.remove_asked.connect(self._removed)
        self._go_to(place, 0)

    def shut(self) -> bool:
        """Close it; False when none was open."""
        if self.viewer is None or not self.viewer.isVisible():
            return False
        self.viewer.shut()
        return True

    def _go_to(self, place: int, page: int) -> None:
        viewer, self._at = self.viewer, (place, page)
        if viewer is None:
            return
        picture, count = self._taken[place], len(self._taken)
        pages = f"　第 {page + 1} / {picture.pages} 页" if picture.pages > 1 else ""
        viewer.wait_for(
            f"材料影像　{place + 1} / {count}{pages}",
            first=place == 0 and page == 0,
            last=place == count - 1 and page == picture.pages - 1,
            may_remove=True,
        )
        office, item_code = self._shell.office, self._item_code
        self._shell.files(
            lambda: decoded(
                draft_pictures.shown(
                    office, item_code=item_code, picture=picture, page=page, box=BOX
                )
            ),
            on_done=partial(self._show, self._at),
            on_refused=self._cannot,
            latest="picture_page",
        )

    def _show(self, at: tuple[int, int], image: QImage) -> None:
        if self.viewer is not None and at == self._at:
            self.viewer.show_image(image)

    def _move(self, step: int) -> None:
        """Through the pages of a PDF, then to the next picture."""
        place, page = self._at
        if 0 <= page + step < self._taken[place].pages:
            self._go_to(place, page + step)
        elif 0 <= place + step < len(self._taken):
            self._go_to(place + step, 0)

    def _removed(self) -> None:
        self.shut()
        self._remove(self._taken[self._at[0]])

    def _cannot(self, error: DeskError) -> None:
        if self.viewer is not None:
            self.viewer.say(words(error).text)
