"""高拍仪: the folder this seat's document camera writes into, and what becomes of its pictures there."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from desk.errors import DeskError, FieldsRefused
from desk.services import camera
from desk.services.camera import Camera
from desk.words.problems import problem_text
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label

ASIDE = "办件页上“从高拍仪”从这里收"
HINT = "高拍仪的软件把照片存到哪个文件夹，就选哪个。只提示当天的新图，点了才收。"
NOT_SET = "还没有选文件夹"
REMOVE = "收进来以后，删掉文件夹里的原图"


class CameraCard(Card):
    """Each choice is kept the moment it is made."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("高拍仪", ASIDE)
        self.shell = shell
        self._camera = Camera()
        self.folder = label(NOT_SET, wrap=True)
        self.choose = button("选文件夹…", self._choose)
        self.off = button("不用了", lambda: self._keep("", False), role="quiet")
        self.remove = QCheckBox(REMOVE)
        self.remove.clicked.connect(lambda on: self._keep(self._camera.folder, on))
        self.problem = label("", "problem", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.choose)
        row.addWidget(self.off)
        row.addStretch(1)
        self.body.addWidget(label(HINT, "hint", wrap=True))
        self.body.addWidget(self.folder)
        self.body.addLayout(row)
        self.body.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.problem)
        self._show(self._camera)

    def refresh(self) -> None:
        """Read how it is set."""
        self.shell.read(camera.read, on_done=self._show, latest="camera")

    def _show(self, found: Camera) -> None:
        self._camera = found
        self.folder.setText(found.folder or NOT_SET)
        self.off.setVisible(bool(found.folder))
        self.remove.setVisible(bool(found.folder))
        self.remove.setChecked(found.remove)
        self.problem.hide()

    def _choose(self) -> None:
        chosen: Path | None = self.shell.notices.choose_folder("高拍仪把照片存到哪个文件夹")
        if chosen is not None:
            self._keep(str(chosen), self._camera.remove)

    def _keep(self, folder: str, remove: bool) -> None:
        self.shell.write(
            camera.keep,
            on_done=lambda _: self._kept(),
            on_refused=self._refused,
            folder=folder,
            remove=remove,
        )

    def _kept(self) -> None:
        self.shell.notices.toast("已保存")
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self._show(self._camera)
        if isinstance(error, FieldsRefused):
            self.problem.setText(problem_text(error.problems[0]))
            self.problem.show()
        else:
            self.shell.cannot(error)
