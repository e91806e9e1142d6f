"""The one channel for messages: done is a toast, cannot a banner in place, ask a box with verbs on its buttons."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.box import Box
from ui.emptying import empty
from ui.theme import mark, px

TOAST_MS = 4500
TOAST_WITH_VERBS_MS = 9000
KEPT = 50


@dataclass(frozen=True, slots=True)
class Notice:
    """What was shown, for tests to read."""

    kind: Literal["toast", "banner", "question"]
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """A button of a notice; `role` is primary, danger or '' as in desk.qss."""

    text: str
    then: Callable[[], None] | None = None
    role: str = ""


class Chooser(Protocol):
    """Whoever asks for a file or folder; tests put their own in."""

    def folder(self, parent: QWidget, title: str) -> Path | None: ...
    def save_as(self, parent: QWidget, title: str, name: str, kind: str) -> Path | None: ...
    def open_file(self, parent: QWidget, title: str, kind: str) -> Path | None: ...


class FileDialogs:
    """Qt's file dialogs; each returns None when the clerk thinks better of it."""

    def folder(self, parent: QWidget, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(parent, title)
        return Path(chosen) if chosen else None

    def save_as(self, parent: QWidget, title: str, name: str, kind: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(parent, title, name, kind)
        return Path(chosen) if chosen else None

    def open_file(self, parent: QWidget, title: str, kind: str) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(parent, title, "", kind)
        return Path(chosen) if chosen else None


class Banner(QFrame):
    """A message in its place: stays until the next one or until it is cleared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self._text = QLabel()
        self._text.setWordWrap(True)
        # Words of errors may quote what people typed; it is shown, never taken for markup.
        for label in (self._title, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._verbs = QHBoxLayout()
        self._verbs.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 10, 10)
        row.addLayout(words, 1)
        row.addLayout(self._verbs)
        self.hide()

    @property
    def text(self) -> str:
        """What it says at present; '' when it is hidden."""
        return "" if self.isHidden() else f"{self._title.text()} {self._text.text()}".strip()

    def say(self, title: str, text: str = "", *verbs: Verb, tone: str = "late") -> None:
        """Show a message; `verbs` become small buttons at its end, the last one clears it."""
        mark(self, "tone", tone)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        empty(self._verbs)
        for verb in (*verbs, Verb("知道了", self.clear, "quiet")):
            self._verbs.addWidget(_button(verb, compact=True))
        self.show()

    def clear(self) -> None:
        """Take the message away."""
        self.hide()


class Toast(QFrame):
    """A short good word at the foot of the window; goes by itself.

    What lies below it can be clicked through it. So its verbs lie on it, not in it: a widget that lets the mouse through
    lets it through its children, too.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._room = QWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 14, 10)
        row.setSpacing(14)
        row.addWidget(self._text)
        row.addWidget(self._room)
        self.hand = QFrame(window)
        self.hand.setProperty("role", "toast")
        self._verbs = QHBoxLayout(self.hand)
        self._verbs.setContentsMargins(0, 0, 0, 0)
        self.hand.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._window = window
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, verbs: tuple[Verb, ...]) -> None:
        """Show `text` over the window's foot, in place of the one before."""
        self._text.setText(text)
        empty(self._verbs)
        for verb in verbs:
            button = _button(verb, compact=True)
            button.setProperty("role", "")
            button.clicked.connect(self.hide)
            self._verbs.addWidget(button)
        self._timer.start(TOAST_WITH_VERBS_MS if verbs else TOAST_MS)
        self._room.setVisible(bool(verbs))
        self.hand.setVisible(bool(verbs))
        self.show()
        self._place()
        self.raise_()
        self.hand.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hand.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.hand.adjustSize()
        self._room.setFixedSize(self.hand.size())
        self.adjustSize()
        room = self._window.size() - self.size()
        self.move(room.width() // 2, room.height() - px(28))
        self.hand.move(self.pos() + self._room.pos())


class Question(Box):
    """A question with verbs on its buttons; Esc takes the last one, which must be harmless."""

    def __init__(self, window: QWidget, title: str, text: str, verbs: tuple[Verb, ...]) -> None:
        super().__init__(window, title)
        self._last = verbs[-1]
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(_label(title, "heading"))
        column.addWidget(_label(text, "second"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        # The harmless one stands left, the deed right, as on the pages.
        for verb in reversed(verbs):
            row.addWidget(self._verb_button(verb, first=verb is verbs[0]))
        column.addSpacing(4)
        column.addLayout(row)
        self.setMinimumWidth(px(420))
        self.setMaximumWidth(px(620))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._answer(self._last)
        else:
            super().keyPressEvent(event)

    def _verb_button(self, verb: Verb, *, first: bool) -> QPushButton:
        button = _button(Verb(verb.text, lambda: self._answer(verb), verb.role))
        button.setAutoDefault(True)
        if first:
            button.setDefault(True)
            button.setFocus()
            if not verb.role:
                button.setProperty("role", "primary")
        return button

    def _answer(self, verb: Verb) -> None:
        self.accept()
        if verb.then is not None:
            verb.then()


class Notices(QObject):
    """What the window says to the clerk; `shown` keeps the last of it for tests."""

    def __init__(self, window: QWidget, chooser: Chooser | None = None) -> None:
        super().__init__(window)
        self.window = window
        self.chooser: Chooser = chooser or FileDialogs()
        self.shown: list[Notice] = []
        self._toast = Toast(window)

    def toast(self, text: str, *verbs: Verb) -> None:
        """Say that it is done; `verbs` may offer what comes next (打印, 撤销)."""
        self._keep(Notice("toast", text))
        self._toast.say(text, verbs)

    def banner(
        self, place: Banner, title: str, text: str = "", *verbs: Verb, tone: str = "late"
    ) -> None:
        """Say in `place` what cannot be done and what to do instead."""
        self._keep(Notice("banner", title, text))
        place.say(title, text, *verbs, tone=tone)

    def ask(self, title: str, text: str, *verbs: Verb) -> Question:
        """Ask with verbs: the first is the deed, the last the harmless way out (taken by Esc)."""
        self._keep(Notice("question", title, text))
        box = Question(self.window, title, text, verbs)
        box.open()
        return box

    def _keep(self, notice: Notice) -> None:
        """Not all of a day: names and numbers stand in it."""
        self.shown.append(notice)
        del self.shown[:-KEPT]

    def choose_folder(self, title: str) -> Path | None:
        """A folder, None when the clerk thinks better of it."""
        return self.chooser.folder(self.window, title)

    def choose_save(self, title: str, name: str, kind: str) -> Path | None:
        """Where to save; `kind` like 'PDF 文件 (*.pdf)'."""
        return self.chooser.save_as(self.window, title, name, kind)

    def choose_file(self, title: str, kind: str) -> Path | None:
        """A file to read."""
        return self.chooser.open_file(self.window, title, kind)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setVisible(bool(text))
    return label


def _button(verb: Verb, *, compact: bool = False) -> QPushButton:
    button = QPushButton(verb.text)
    button.setProperty("role", verb.role)
    button.setProperty("compact", compact)
    if verb.then is not None:
        then = verb.then
        button.clicked.connect(lambda _checked=False: then())
    return button
