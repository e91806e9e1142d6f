"""材料影像: the scans and photos of a case, and the ways in for more."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from desk.importing.pictures import PDF
from desk.services.attachments import AttachmentRow, Gallery
from desk.services.audit import codes
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.choice_editors import QuietCombo
from ui.widgets.picture_strip import PictureStrip, Tile
from ui.widgets.progress_strip import ProgressStrip

TITLE = "材料影像"
NONE = "还没有影像。照片、扫描件可以从文件、剪贴板或高拍仪收进来，加密存放。"
COVERED = "这类事项的影像，要有这条线的权限才能看。"
OTHER = "其他材料"


class PicturesCard(Card):
    """Low while there is nothing to show; what went wrong is said in it. A `flat` one is a section of another card."""

    chosen = Signal(int)
    """One of the pictures, by its place."""
    purpose_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, flat: bool = False) -> None:
        super().__init__(TITLE, "", parent)
        self.aside.hide()
        self._flat = flat
        self._may_add = False
        self.material = QuietCombo()
        self.material.setAccessibleName("收进来的是哪份材料")
        self.add = button("添加文件…", compact=True)
        self.paste = button("粘贴", compact=True)
        self.camera = button("从高拍仪", compact=True)
        self.strip = PictureStrip()
        self.strip.chosen.connect(self.chosen)
        self.hint = label(NONE, "hint", wrap=True)
        self.said = label("", "problem", wrap=True)
        self.progress = ProgressStrip()
        self.purpose = QComboBox()
        self.purpose.setAccessibleName("看影像的用途")
        self.purpose.addItem("请选看影像的用途（会记入审计）", "")
        for one in codes().purposes:
            self.purpose.addItem(one.label, one.code)
        self.purpose.activated.connect(self._purpose_chosen)
        self._lay_out()

    def show_gallery(self, gallery: Gallery) -> None:
        """Show the pictures of the case."""
        count = len(gallery.rows)
        self.title.setText(f"{TITLE} {count}" if count else TITLE)
        self.strip.show_tiles([_tile(row, covered=gallery.covered) for row in gallery.rows])
        self.strip.setVisible(count > 0)
        self.hint.setText(COVERED if gallery.covered and count else NONE)
        self.hint.setVisible((not count and not self._flat) or (count > 0 and gallery.covered))
        self._may_add = gallery.may_add
        self._ask(self.purpose.isVisible())
        self._offer_materials(gallery.materials)

    def say(self, text: str) -> None:
        """Say what went wrong; '' takes it away."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def ask_purpose(self) -> None:
        """Ask what the pictures are looked at for; `purpose_chosen` tells."""
        self.purpose.setCurrentIndex(0)
        self._ask(True)
        self.purpose.setFocus()

    def forget(self) -> None:
        """Another case comes."""
        self.say("")
        self._ask(False)
        self.progress.clear()
        self.strip.show_tiles(())
        self.material.setCurrentIndex(0)

    def busy(self, on: bool) -> None:
        """Whether something is being taken in: one after the other."""
        for made in (self.add, self.paste, self.camera):
            made.setEnabled(not on)

    def offer_shots(self, count: int) -> None:
        """How many new pictures the camera's folder has."""
        self.camera.setText(f"从高拍仪 {count}" if count else "从高拍仪")

    def chosen_material(self) -> str:
        """The key of the paper that what comes in shows; '' for none of the item's."""
        return str(self.material.currentData() or "")

    def _offer_materials(self, materials: Sequence[tuple[str, str]]) -> None:
        wanted = [("", OTHER), *materials]
        have = [
            (self.material.itemData(n), self.material.itemText(n))
            for n in range(self.material.count())
        ]
        if have != wanted:
            self.material.clear()
            for key, name in wanted:
                self.material.addItem(name, key)
            self.material.setCurrentIndex(0)

    def _purpose_chosen(self) -> None:
        purpose = self.purpose.currentData()
        if purpose:
            self._ask(False)
            self.purpose_chosen.emit(purpose)

    def _ask(self, on: bool) -> None:
        """The question stands in the place of the ways in, so that the card grows no higher."""
        self.purpose.setVisible(on)
        for made in (self.material, self.add, self.paste, self.camera):
            made.setVisible(self._may_add and not on)

    def _lay_out(self) -> None:
        self.material.setMinimumWidth(px(132))
        self.material.setMaximumWidth(px(280 if self._flat else 190))
        for chooser in (self.purpose, self.material):
            self.head.addWidget(chooser)
        ways = self._second_row() if self._flat else self.head
        for way in (self.add, self.paste, self.camera):
            ways.addWidget(way)
        for part in (self.said, self.progress, self.strip, self.hint):
            self.body.addWidget(part)
        self._ask(False)
        self.strip.hide()
        self.said.hide()
        self.hint.setVisible(not self._flat)

    def _second_row(self) -> QHBoxLayout:
        """Without a frame of its own, and the ways in below the heading: the card round it may be narrow."""
        self.setProperty("role", "")
        self.body.setContentsMargins(0, 0, 0, 0)
        self.head.setStretch(0, 0)
        self.material.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row, ways = QHBoxLayout(), QHBoxLayout()
        row.addLayout(ways)
        row.addStretch(1)
        self.body.addLayout(row)
        return ways


def _tile(row: AttachmentRow, *, covered: bool) -> Tile:
    pages = f"{row.pages} 页" if row.kind == PDF else ""
    instead = "已遮住" if covered else "PDF" if row.kind == PDF else "影像"
    if not row.there:
        instead = "还没有来"
    name = " ".join(filter(None, (row.name, pages)))
    return Tile(name, b"" if covered else row.thumb, instead, f"{name}，{row.about} 收")
