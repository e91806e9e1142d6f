"""The folder a demonstration leaves behind: numbered pictures in three sizes, papers, stick, ledgers."""

import shutil
from pathlib import Path

from PySide6.QtCore import QSize

from ui.demo.eyes import Eyes

NOTE = "演示说明.txt"
"""Its presence says that the folder is an earlier demonstration's and may be emptied."""
QUICK = 80
FULL, SMALL = QSize(1366, 768), QSize(1280, 720)


class FolderInUse(Exception):
    """The folder holds something that is not an earlier demonstration."""


class Folder:
    """Where everything goes; pictures are numbered as they are taken."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._taken = 0

    @property
    def papers(self) -> Path:
        return self._sub("文书")

    @property
    def stick(self) -> Path:
        return self._sub("U盘")

    @property
    def ledgers(self) -> Path:
        return self._sub("台账")

    @property
    def desk(self) -> Path:
        """The data folder of the desk; the program makes it."""
        return self.root / "数据" / "窗口"

    @property
    def county(self) -> Path:
        """The data folder of the county."""
        return self.root / "数据" / "县里"

    def begin(self, note: str) -> None:
        """Empty the folder of an earlier demonstration.

        Raises:
            FolderInUse: it holds something else.
        """
        if self.root.exists() and any(self.root.iterdir()):
            if not (self.root / NOTE).is_file():
                raise FolderInUse
            shutil.rmtree(self.root)
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / NOTE).write_text(note, encoding="utf-8")

    def take(self, eyes: Eyes, name: str) -> None:
        """A picture of the window at the size of the design, and one at the least size, into `small`."""
        self._taken += 1
        file = f"{self._taken:02d}-{name}.png"
        self._picture(eyes, SMALL, self._sub("small") / file)
        self._picture(eyes, FULL, self.root / file)

    def take_large(self, eyes: Eyes, name: str) -> None:
        """A picture with large text, into `large`."""
        self._picture(eyes, FULL, self._sub("large") / f"{name}.png")

    def _picture(self, eyes: Eyes, size: QSize, path: Path) -> None:
        eyes.host.setUpdatesEnabled(True)
        eyes.host.resize(size)
        eyes.rest()
        # Packed quickly rather than tightly: there are some hundred and seventy of them.
        eyes.host.grab().save(str(path), "PNG", QUICK)
        # Nobody looks until the next picture.
        eyes.host.setUpdatesEnabled(False)

    def _sub(self, name: str) -> Path:
        folder = self.root / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder
