"""Watching the folder a document camera writes into, while the card that could take its pictures is on the screen."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from desk.services import camera
from desk.services.camera import Camera, Shot
from ui.shell import Shell

POLL_MS = 1_500
NO_FOLDER = "还没有设高拍仪的文件夹。请到“设置 → 高拍仪”里选好，再来收。"
NO_SHOT = "高拍仪的文件夹里没有新图。拍好等两秒再点。"


class CameraWatch(QObject):
    """Two looks one after the other tell what is whole; what was taken is not offered again."""

    offered = Signal(object)
    """What may be taken now, newest first."""
    chosen = Signal(object)
    """The shots the clerk wants."""

    def __init__(self, shell: Shell, card: QWidget, say: Callable[[str], None]) -> None:
        super().__init__(card)
        self._shell, self._card, self._say = shell, card, say
        self.menu = QMenu(card)
        self._camera = Camera()
        self._seen: tuple[Shot, ...] = ()
        self._offered: tuple[Shot, ...] = ()
        self._taken: set[Shot] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.look)

    def refresh(self) -> None:
        """Read how the camera is set."""
        self._shell.read(camera.read, on_done=self._watch, latest="camera")

    def look(self) -> None:
        """See what the camera wrote since the last look."""
        if self._camera.folder and self._card.isVisible() and self._card.isEnabled():
            folder = self._camera.folder
            self._shell.files(
                lambda: camera.shots(folder), on_done=self._looked, latest="camera_folder"
            )

    def ask(self) -> None:
        """Let the clerk choose below the button, or say why there is nothing to choose."""
        if not self._offered:
            self._say(NO_SHOT if self._camera.folder else NO_FOLDER)
            return
        self._say("")
        self.fill_menu()
        self.menu.popup(QCursor.pos())

    def fill_menu(self) -> None:
        """What may be chosen now."""
        shots = self._offered
        self.menu.clear()
        for shot in shots:
            self.menu.addAction(shot.label, partial(self.chosen.emit, (shot,)))
        if len(shots) > 1:
            self.menu.addSeparator()
            self.menu.addAction(f"这 {len(shots)} 份都收进这一件", partial(self.chosen.emit, shots))

    def done_with(self, shots: Sequence[Shot], safe: Sequence[Shot]) -> None:
        """These were tried and are not offered again; of the safe ones the originals go, if so set."""
        self._taken.update(shots)
        self._offered = tuple(one for one in self._offered if one not in self._taken)
        self.offered.emit(self._offered)
        if safe:
            office = self._shell.office
            self._shell.files(lambda: camera.take_away(office, safe), on_done=lambda _gone: None)

    def _watch(self, found: Camera) -> None:
        self._camera = found
        if found.folder and not self._timer.isActive():
            self._timer.start()
        if not found.folder:
            self._timer.stop()

    def _looked(self, now: tuple[Shot, ...]) -> None:
        before, self._seen = self._seen, now
        self._offered = camera.offered(before, now, self._taken)
        self.offered.emit(self._offered)
