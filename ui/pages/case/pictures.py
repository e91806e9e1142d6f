"""Taking pictures into the case that is shown: from a file, the clipboard, the document camera."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from desk.errors import AttachmentRefused, DeskError
from desk.services import attachments
from desk.services.attachments import Gallery, Source, Taken
from desk.services.camera import Shot
from desk.words.errors import words
from ui.pages.case.camera_watch import CameraWatch
from ui.pages.case.picture_viewing import Viewing
from ui.pages.case.pictures_card import PicturesCard
from ui.papers import PaperDesk
from ui.shell import Shell
from ui.tasks import Task
from ui.widgets.picture import encoded

FILES = "照片和 PDF (*.jpg *.jpeg *.png *.pdf)"
TAKING = "正在收……"


class Pictures(QObject):
    """One case at a time; what comes for a case that is no longer shown is dropped."""

    def __init__(self, shell: Shell, card: PicturesCard, desk: PaperDesk, page: QWidget) -> None:
        super().__init__(page)
        self._shell, self._card = shell, card
        self.viewing = Viewing(shell, desk, page)
        self.watch = CameraWatch(shell, card, card.say)
        self._gallery: Gallery | None = None
        self._case: UUID | None = None
        self._task: Task | None = None
        self._connect()

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
            self.watch.refresh()

    def take(self, sources: Sequence[Source], shots: Sequence[Shot] = ()) -> None:
        """Take these into the case; `shots` are the camera's pictures they are, in the same order."""
        if self._case is None or not sources:
            return
        self._card.say("")
        self._card.busy(True)
        self._card.progress.start(TAKING)
        facts: dict[str, object] = {
            "case_id": self._case,
            "sources": tuple(sources),
            "material": self._card.chosen_material(),
        }
        self._task = self._shell.operations.run(
            "files",
            self._shell.operations.call(attachments.take, facts, watched=True),
            on_done=partial(self._took, len(sources), tuple(shots)),
            cannot=self._refused,
            on_progress=self._card.progress.tell,
            initiator=self._shell.page,
        )

    def paste(self) -> None:
        """Take what lies on the clipboard: a picture, or files that were copied."""
        # Qt gives none at all for an empty clipboard, whatever its annotations say.
        found: QMimeData | None = QGuiApplication.clipboard().mimeData()
        urls = found.urls() if found is not None else ()
        files = [Path(one.toLocalFile()) for one in urls if one.isLocalFile()]
        if files:
            self.take(files)
        elif found is not None and found.hasImage():
            image = QImage(found.imageData())
            self._shell.files(lambda: encoded(image), on_done=lambda data: self.take((data,)))
        else:
            self._say(AttachmentRefused("nothing"))

    def _show(self, gallery: Gallery) -> None:
        if gallery.case_id != self._case:
            return
        again = self._gallery is not None and self._gallery.case_id == gallery.case_id
        self._gallery = gallery
        self.viewing.be_about(gallery)
        self._card.show_gallery(gallery)
        lacks = any(row.there and not row.thumb for row in gallery.rows)
        if lacks and not gallery.covered and not again:
            office, case_id = self._shell.office, gallery.case_id
            self._shell.files(
                lambda: attachments.mend_thumbs(office, case_id=case_id),
                on_done=lambda made: self.show(case_id) if made else None,
                on_refused=lambda _error: None,
            )

    def _took(self, count: int, shots: tuple[Shot, ...], taken: Taken) -> None:
        self._ended()
        if taken.places:
            self._shell.notices.toast(f"收了 {len(taken.places)} 份材料影像")
        if taken.refused:
            others = f"{len(taken.refused)} 份没有收。" if count > 1 else ""
            self._card.say(f"{others}{words(taken.refused[0]).text}")
        safe = [shots[place] for place in taken.places if place < len(shots)]
        stopped = len(taken.places) + len(taken.refused) < count
        self.watch.done_with(safe if stopped else shots, safe)

    def _refused(self, error: DeskError) -> None:
        self._ended()
        self._say(error)

    def _ended(self) -> None:
        self._task = None
        self._card.busy(False)
        self._card.progress.clear()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _say(self, error: DeskError) -> None:
        said = words(error)
        self._card.say(f"{said.title}：{said.text}")

    def _choose_file(self) -> None:
        path = self._shell.notices.choose_file("收一份材料影像", FILES)
        if path is not None:
            self.take((path,))

    def _take_shots(self, chosen: tuple[Shot, ...]) -> None:
        self.take([one.path for one in chosen], chosen)

    def _connect(self) -> None:
        card, watch, viewing = self._card, self.watch, self.viewing
        card.add.clicked.connect(lambda _checked=False: self._choose_file())
        card.paste.clicked.connect(lambda _checked=False: self.paste())
        card.camera.clicked.connect(lambda _checked=False: watch.ask())
        card.progress.cancel_asked.connect(self._stop)
        card.chosen.connect(viewing.open)
        card.purpose_chosen.connect(viewing.take_purpose)
        viewing.purpose_needed.connect(card.ask_purpose)
        watch.offered.connect(lambda shots: card.offer_shots(len(shots)))
        watch.chosen.connect(self._take_shots)
