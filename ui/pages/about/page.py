"""The version, and all that ships with its licences: a list on the left, the text of the chosen one beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit

from desk import VERSION
from desk.changes import Changes
from desk.services import supply
from desk.services.supply import Part
from ui.shell import Shell
from ui.theme import px
from ui.widgets.cards import Card, label
from ui.widgets.page_frame import GAP, PageFrame

OWN = "便民前台 {version}，按 Apache-2.0 许可。下面是随程序一起给你的组件，各按各的许可。"
WIDE = 320


class AboutPage(PageFrame):
    """Everything is in the program's own files; nothing is looked up elsewhere."""

    help_text = "左边选一个组件，右边是它的许可全文。"

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._parts: tuple[Part, ...] = ()
        self.list = QListWidget()
        self.list.setProperty("role", "framed")
        self.list.setAccessibleName("组件")
        self.list.setFixedWidth(px(WIDE))
        self.list.currentRowChanged.connect(self._choose)
        self.head, self.licence = label("", "heading", wrap=True), label("", "second", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("许可全文")
        self._lay_out()

    def refresh(self) -> None:
        if not self._parts:
            self.shell.files(supply.parts, on_done=self._show, latest="parts")

    def wants(self, changes: Changes) -> bool:
        return False

    def _show(self, parts: tuple[Part, ...]) -> None:
        self._parts = parts
        for part in parts:
            item = QListWidgetItem(f"{part.name}　{'、'.join(part.versions)}".rstrip("　"))
            item.setToolTip(part.use)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _choose(self, row: int) -> None:
        if not 0 <= row < len(self._parts):
            return
        part = self._parts[row]
        self.head.setText(f"{part.name}　{part.use}")
        self.licence.setText(part.licence)
        self.shell.files(
            lambda: supply.licence_text(part), on_done=self.text.setPlainText, latest="text"
        )

    def _lay_out(self) -> None:
        card = Card("关于和开源许可", "")
        card.body.addWidget(label(OWN.format(version=VERSION), "second", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.list)
        right = Card()
        right.body.addWidget(self.head)
        right.body.addWidget(self.licence)
        right.body.addWidget(self.text, 1)
        row.addWidget(right, 1)
        self.body.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row, 1)
