"""Taking pictures in: from a file, the clipboard, the document camera; one batch after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from desk.errors import AttachmentRefused, DeskError
from desk.services.attachments import Source, Taken
from desk.services.camera import Shot
from desk.words.errors import words
from ui.pictures.camera_watch import CameraWatch
from ui.pictures.card import PicturesCard
from ui.shell import Shell
from ui.tasks import Task
from ui.widgets.picture import encoded

FILES = "照片和 PDF (*.jpg *.jpeg *.png *.pdf)"
TAKING = "正在收……"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a batch goes: the verb that takes `sources` and `material`, what else it is told, who hears how it went.

    `ended` gets what came in, if anything, and whether that is the whole batch.
    """

    verb: Callable[..., Any]
    facts: Mapping[str, object]
    ended: Callable[[Taken | None, bool], None] = lambda _taken, _whole: None


class Taking(QObject):
    """The ways in of one card; `target` says anew for each batch where it goes, None while there is nothing to add to."""

    def __init__(
        self,
        shell: Shell,
        card: PicturesCard,
        target: Callable[[], Target | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._shell, self._card, self._target = shell, card, target
        self.watch = CameraWatch(shell, card, card.say)
        self._task: Task | None = None
        card.add.clicked.connect(lambda _checked=False: self._choose_file())
        card.paste.clicked.connect(lambda _checked=False: self.paste())
        card.camera.clicked.connect(lambda _checked=False: self.watch.ask())
        card.progress.cancel_asked.connect(self.stop)
        self.watch.offered.connect(lambda shots: card.offer_shots(len(shots)))
        self.watch.chosen.connect(self._take_shots)

    @property
    def busy(self) -> bool:
        """Whether a batch is under way."""
        return self._task is not None

    def take(self, sources: Sequence[Source], shots: Sequence[Shot] = ()) -> None:
        """Take these in; `shots` are the camera's pictures they are, in the same order."""
        target = self._target()
        if target is None or not sources or self.busy:
            return
        self._card.say("")
        self._card.busy(True)
        self._card.progress.start(TAKING)
        told = {"sources": tuple(sources), "material": self._card.chosen_material()}
        self._task = self._shell.operations.run(
            "files",
            self._shell.operations.call(target.verb, {**target.facts, **told}, watched=True),
            on_done=partial(self._took, target, len(sources), tuple(shots)),
            cannot=partial(self._refused, target),
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

    def stop(self) -> None:
        """Take no more of what is under way."""
        if self._task is not None:
            self._task.cancel()

    def _took(self, target: Target, count: int, shots: tuple[Shot, ...], taken: Taken) -> None:
        self._ended()
        if taken.places:
            self._shell.notices.toast(f"收了 {len(taken.places)} 份材料影像")
        if taken.refused:
            others = f"{len(taken.refused)} 份没有收。" if count > 1 else ""
            self._card.say(f"{others}{words(taken.refused[0]).text}")
        safe = [shots[place] for place in taken.places if place < len(shots)]
        stopped = len(taken.places) + len(taken.refused) < count
        self.watch.done_with(safe if stopped else shots, safe)
        target.ended(taken, len(taken.places) == count)

    def _refused(self, target: Target, error: DeskError) -> None:
        self._ended()
        self._say(error)
        target.ended(None, False)

    def _ended(self) -> None:
        self._task = None
        self._card.busy(False)
        self._card.progress.clear()

    def _say(self, error: DeskError) -> None:
        said = words(error)
        self._card.say(f"{said.title}：{said.text}")

    def _choose_file(self) -> None:
        path = self._shell.notices.choose_file("收一份材料影像", FILES)
        if path is not None:
            self.take((path,))

    def _take_shots(self, chosen: tuple[Shot, ...]) -> None:
        self.take([one.path for one in chosen], chosen)
