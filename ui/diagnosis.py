"""诊断信息: the whole text before anybody's eyes first, then as one file where the clerk says."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout

from desk.errors import DeskError
from desk.services import diagnosis
from desk.services.diagnosis import Bundle
from desk.words.diagnosis import PROMISE
from desk.words.errors import words
from ui.box import Box
from ui.notices import Notices
from ui.tasks import Run
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label

TITLE, LOOKING = "诊断信息", "正在看……大的数据文件要等几秒。"
WRITTEN = "写好了，读回核对一致：{path}"
SIZE = (900, 560)


class DiagnosisBox(Box):
    """Shows the text as soon as it is gathered; nothing is written before the clerk has it before him."""

    def __init__(self, run: Run, notices: Notices, gather: Callable[[], Bundle]) -> None:
        super().__init__(notices.window, TITLE)
        self._run, self._notices = run, notices
        self._bundle: Bundle | None = None
        self.text = QPlainTextEdit(LOOKING)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(TITLE)
        self.told = label("", "second", wrap=True)
        self.keep = button("写到文件夹…", self.write, role="primary")
        self.keep.setEnabled(False)
        self.leave = button("关闭", self.accept)
        self._lay_out()
        run(gather, on_done=self.show_bundle, on_refused=self._refused)

    def show_bundle(self, bundle: Bundle) -> None:
        """The whole of it, from its beginning."""
        self._bundle = bundle
        self.text.setPlainText(bundle.text)
        self.keep.setEnabled(True)
        self.text.setFocus()

    def write(self) -> None:
        """The text that is shown, into a folder the clerk chooses."""
        bundle = self._bundle
        folder = self._notices.choose_folder("诊断信息写到哪里")
        if bundle is None or folder is None:
            return
        self.keep.setEnabled(False)
        self._run(
            lambda: diagnosis.write(bundle, folder),
            on_done=self._written,
            on_refused=self._refused,
        )

    def _written(self, path: Path) -> None:
        self.keep.setEnabled(True)
        self.told.setText(WRITTEN.format(path=path))

    def _refused(self, error: DeskError) -> None:
        self.keep.setEnabled(self._bundle is not None)
        said = words(error)
        self.told.setText(f"{said.title}。{said.text}")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(px(10))
        column.addWidget(label(TITLE, "heading"))
        column.addWidget(label(PROMISE, "second", wrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(self.told)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.keep)
        column.addLayout(row)
        room = self._notices.window.size()
        self.resize(min(px(SIZE[0]), room.width() - 60), min(px(SIZE[1]), room.height() - 60))


def show(run: Run, notices: Notices, gather: Callable[[], Bundle]) -> DiagnosisBox:
    """Open the box over the window."""
    box = DiagnosisBox(run, notices, gather)
    box.open()
    return box


def screen_lines() -> tuple[str, ...]:
    """What the desk cannot know: Qt, and the screens."""
    lines = [f"Qt {qVersion()}，{QGuiApplication.platformName()}"]
    for screen in QGuiApplication.screens():
        size = screen.size()
        lines.append(f"屏幕 {size.width()}×{size.height()}，放大 {screen.devicePixelRatio():g}")
    return tuple(lines)
