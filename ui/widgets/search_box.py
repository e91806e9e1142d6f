"""The one search box: people, cases and items from one line, by hand or by scanner."""

from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desk.services.views import SearchHits
from ui.theme import px
from ui.widgets.cards import label
from ui.widgets.search_results import Hit, SearchResults, hits_of

PLACEHOLDER = "刷身份证、扫回执码，或输入姓名、拼音首字母、证件号、受理编号、事项"
DEBOUNCE_MS = 130


class SearchBox(QLineEdit):
    """Asks after a short rest in typing, never while an input method is composing.

    Enter takes the marked hit; pressed before the answer is there (a scanner does so) it takes the first hit when it
    comes. `unknown` tells of an Enter that found nothing.
    """

    asked = Signal(str)
    """The text to search for; answer with `show_hits`."""
    chosen = Signal(object)
    """The `Hit` the clerk took."""
    unknown = Signal(str)
    """Enter was pressed on a text that nothing fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self.setPlaceholderText(PLACEHOLDER)
        self.setAccessibleName("搜索")
        self.setFixedHeight(px(40))
        self.results: SearchResults | None = None
        self._composing = False
        self._answered = ""
        self._entered = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)
        self.textChanged.connect(self._typed)
        self._cap = self._key_cap()

    def show_hits(self, text: str, hits: SearchHits) -> None:
        """The answer to `asked`; one for an older text is passed over."""
        if text != self.text().strip() or not text:
            return
        self._answered = text
        found = hits_of(hits)
        if self._entered == text:
            self._take_entered(text, found)
            return
        if not self.hasFocus():
            return
        results = self._results()
        results.show_hits(found)
        self._place()
        results.show()
        results.raise_()

    def finish(self) -> None:
        """Close the list and empty the line for the next visitor."""
        self.clear()
        self._close()

    def event(self, event: QEvent) -> bool:
        # Esc first closes what is open here; without this the window's own Esc would leave the page.
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and self._uses(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def _uses(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and (self._is_open() or bool(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._is_open():
            self._results().step(-1 if key == Qt.Key.Key_Up else 1)
        elif self._uses(event):
            self.finish()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._composing and self.text().strip() != self._answered:
            self._timer.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._cap.sizeHint()
        self._cap.setGeometry(
            QRect(
                QPoint(self.width() - size.width() - px(12), (self.height() - size.height()) // 2),
                size,
            )
        )
        self.setTextMargins(0, 0, size.width() + px(8), 0)
        if self._is_open():
            self._place()

    def _typed(self) -> None:
        self._entered = ""
        self._cap.setVisible(not self.text())
        if not self.text().strip():
            self._answered = ""
            self._timer.stop()
            self._close()
        elif not self._composing:
            self._timer.start()

    def _ask(self) -> None:
        text = self.text().strip()
        if text and not self._composing:
            self.asked.emit(text)

    def _enter(self) -> None:
        text = self.text().strip()
        if not text:
            return
        if self._is_open() and self._answered == text:
            self._take(self._results().current())
            return
        self._entered = text
        if self._answered == text:
            self._answered = ""
        self._timer.stop()
        self._ask()

    def _take_entered(self, text: str, found: tuple[Hit, ...]) -> None:
        self._entered = ""
        if found:
            self._take(found[0])
        else:
            self._close()
            self.unknown.emit(text)

    def _take(self, hit: Hit | None) -> None:
        if hit is not None:
            self.finish()
            self.chosen.emit(hit)
        else:
            self.unknown.emit(self.text().strip())

    def _results(self) -> SearchResults:
        if self.results is None:
            self.results = SearchResults(self.window())
            self.results.clicked.connect(self._clicked)
        return self.results

    def _clicked(self, index: QModelIndex) -> None:
        if hit := self._results().hit_at(index.row()):
            self._take(hit)

    def _is_open(self) -> bool:
        return self.results is not None and self.results.isVisible()

    def _close(self) -> None:
        if self.results is not None:
            self.results.hide()

    def _place(self) -> None:
        results = self._results()
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        room = self.window().height() - corner.y() - px(16)
        wanted = QSize(self.width(), min(results.wanted_height(), room))
        results.setGeometry(QRect(corner, wanted))

    def _key_cap(self) -> QLabel:
        cap = label("Ctrl K", "key", parent=self)
        cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return cap
