"""A picture over the whole page: fitted or as large as it is, the next and the one before; gone when the window locks."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label

BOX = 2_400
"""The longest edge of what is shown: small print is read at its own size."""
FIT, WHOLE = "适合窗口", "原大"
WHY = "为什么删去（会记在“经过”里）"


class PictureViewer(QWidget):
    """Lies over its page; holds one page's picture and nothing once it is closed."""

    moved = Signal(int)
    """To the next page or picture (1), or the one before (-1)."""
    save_asked = Signal()
    print_asked = Signal()
    remove_asked = Signal(str)
    """Take it off the case, with the reason; off a draft ('') there is none to give."""

    def __init__(self, page: QWidget, *, of_draft: bool = False) -> None:
        super().__init__(page)
        self._page, self._of_draft = page, of_draft
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = label("", "heading")
        self.said = label("", "problem", wrap=True)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setWidget(self.picture)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before = button("上一张", lambda: self.moved.emit(-1), key="←", compact=True)
        self.next = button("下一张", lambda: self.moved.emit(1), key="→", compact=True)
        self.zoom = button(WHOLE, self.turn_zoom, compact=True)
        self.save = button("另存…", self.save_asked.emit, compact=True)
        self.print = button("打印", self.print_asked.emit, compact=True)
        self.remove = button("删去" if of_draft else "删去…", self._ask_why, compact=True)
        self.leave = button("关上", self.shut, key="Esc", compact=True)
        self.why = QLineEdit()
        self.why.setPlaceholderText(WHY)
        self.why.setAccessibleName("为什么删去")
        self.why.setMaxLength(300)
        self.why.returnPressed.connect(self._removed)
        self.sure = button("删去这张", self._removed, role="danger", compact=True)
        self._image = QImage()
        self._fit = True
        self._lay_out()
        page.installEventFilter(self)
        self.hide()

    @property
    def fitted(self) -> bool:
        """Whether the picture is as large as the window allows."""
        return self._fit

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def wait_for(self, title: str, *, first: bool, last: bool, may_remove: bool) -> None:
        """Open over the page for a picture that is on its way; `first` and `last` say where it stands."""
        self.title.setText(title)
        self.before.setEnabled(not first)
        self.next.setEnabled(not last)
        self.remove.setVisible(may_remove)
        self._ask(False)
        self.say("")
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def show_image(self, image: QImage) -> None:
        """The picture is there."""
        if self.isVisible():
            self._image = image
            self._draw()

    def say(self, text: str) -> None:
        """Say what went wrong, or what became of a print."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def turn_zoom(self) -> None:
        """From fitted to as large as it is, and back."""
        self._fit = not self._fit
        self.zoom.setText(WHOLE if self._fit else FIT)
        self._draw()

    def shut(self) -> None:
        """Close; the picture is let go."""
        self._image = QImage()
        self.picture.clear()
        self.why.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left if self.before.isEnabled():
                self.moved.emit(-1)
            case Qt.Key.Key_Right if self.next.isEnabled():
                self.moved.emit(1)
            case Qt.Key.Key_Escape:
                self.shut()
            case _:
                super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Another page came, or the window is put away: nothing of it stays in memory.
        if not self._image.isNull():
            self.shut()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            # The window is locked.
            self.shut()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self._image.isNull():
            self.picture.clear()
            return
        ratio = self.devicePixelRatioF()
        shown = self._image
        if self._fit:
            room = self.area.maximumViewportSize() - QSize(2, 2)
            shown = shown.scaled(
                room * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        points = QPixmap.fromImage(shown)
        points.setDevicePixelRatio(ratio)
        self.picture.setPixmap(points)
        self.picture.resize(points.deviceIndependentSize().toSize())

    def _ask_why(self) -> None:
        if self._of_draft:
            self.remove_asked.emit("")
            return
        self._ask(True)
        self.why.setFocus()

    def _ask(self, on: bool) -> None:
        self.why.clear()
        self.why.setVisible(on)
        self.sure.setVisible(on)

    def _removed(self) -> None:
        if self.why.text().strip():
            self.remove_asked.emit(self.why.text().strip())
        else:
            self.say("请写一句为什么删去，再按一次。")

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(12), px(16), px(12))
        box.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self.title, 1)
        for made in (self.before, self.next, self.zoom, self.save, self.print, self.remove):
            head.addWidget(made)
        # Copies and prints are noted for a case; there is none yet.
        for made in (self.save, self.print):
            made.setVisible(not self._of_draft)
        head.addWidget(self.leave)
        asking = QHBoxLayout()
        asking.addWidget(self.why, 1)
        asking.addWidget(self.sure)
        box.addLayout(head)
        box.addLayout(asking)
        box.addWidget(self.said)
        box.addWidget(self.area, 1)
