"""Looking for sticks while the page is seen, and remembering the folder used last."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desk.services import settings
from desk.services.office import Office
from ui.shell import Shell
from ui.widgets.drives import Drive
from ui.widgets.stick_choice import StickChoice

FOLDER = "stick_folder"
LOOK_EVERY_MS = 3000


class Sticks(QObject):
    """Sticks come and go without a word, so they are looked for again and again; `held` keeps the choice as it is."""

    def __init__(
        self,
        shell: Shell,
        choice: StickChoice,
        drives: Callable[[], tuple[Drive, ...]],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self.held = False
        self._shell, self._choice, self._drives, self._page = shell, choice, drives, page
        self._looking = False
        choice.chosen.connect(self._keep)
        choice.other_asked.connect(self.choose)
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_EVERY_MS)
        self._watch.timeout.connect(self.look)
        self._watch.start()

    def refresh(self) -> None:
        """Read what was used last, and look."""
        self._shell.read(folder_used_last, on_done=self._choice.remember, latest="folder")
        self.look()

    def folder(self) -> Path | None:
        """The stick chosen, else one the clerk names now; None when he thinks better of it."""
        return self._choice.folder() or self.choose()

    def choose(self) -> Path | None:
        """Ask for a folder and remember it."""
        folder = self._shell.notices.choose_folder("选 U 盘或文件夹")
        if folder is not None:
            self._choice.use(folder)
            self._keep(str(folder))
        return folder

    def look(self) -> None:
        """Look for sticks; a drive that hangs is waited for, not asked again and again."""
        if self._page.isVisible() and not self._looking:
            self._looking = True
            self._shell.files(self._drives, on_done=self._found)

    def _found(self, drives: tuple[Drive, ...]) -> None:
        self._looking = False
        if not self.held:
            self._choice.show_drives(drives)

    def _keep(self, folder: str) -> None:
        self._shell.write(settings.put, key=FOLDER, value=folder)


def folder_used_last(office: Office) -> str:
    """The folder written to last, '' before the first time."""
    return str(settings.get(office, FOLDER, ""))
