"""The table of papers: ticked by the space bar, opened by Enter, told in words and colour."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desk.domain.materials import HandedIn, NeededMaterial
from ui.theme import TOKENS, px
from ui.widgets.checklist_details import PaperDetails
from ui.widgets.checklist_model import (
    COUNT,
    NAME,
    ORIGINAL,
    STATE,
    TICK,
    TICKED,
    TONE,
    ChecklistModel,
)

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOM_FOR_COUNT, _ROOM_FOR_ORIGINAL = 500, 390
_TICK_SHAPE = ((0.22, 0.52), (0.44, 0.74), (0.80, 0.28))


def _rect(option: QStyleOptionViewItem) -> QRect:
    return cast(QRect, option.rect)  # type: ignore[attr-defined]


class _TickDelegate(QStyledItemDelegate):
    """A box with its tick, in the colour of the row's state."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(px(34), px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        side = px(15)
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(_rect(option)).center())
        colour = QColor(TOKENS.tone(str(index.data(TONE)))[0])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.4))
        painter.drawRoundedRect(box, 2, 2)
        if index.data(TICKED):
            painter.setPen(QPen(colour, 2))
            corner = box.topLeft()
            points = [corner + QPointF(x * side, y * side) for x, y in _TICK_SHAPE]
            painter.drawPolyline(points)
        painter.restore()


class _BadgeDelegate(QStyledItemDelegate):
    """A word on a soft ground of its tone."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # type: ignore[attr-defined]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        words = str(index.data() or "")
        text, ground = TOKENS.tone(str(index.data(TONE)))
        font = QFont(painter.font())
        font.setPixelSize(px(13))
        painter.save()
        painter.setFont(font)
        inner = _rect(option).adjusted(px(8), 0, -px(4), 0)
        width = min(painter.fontMetrics().horizontalAdvance(words) + px(14), inner.width())
        badge = QRect(inner.left(), inner.center().y() - px(11), width, px(22))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(badge, 4, 4)
        painter.setPen(QColor(text))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        metrics = option.fontMetrics  # type: ignore[attr-defined]
        return QSize(metrics.horizontalAdvance(str(index.data() or "")) + px(28), px(36))


class _WordsDelegate(QStyledItemDelegate):
    """Text that wraps in its column; says how high it gets, as the style alone reserves far too much."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        wide = super().sizeHint(option, index).width()
        if index.column() != NAME:
            return QSize(wide, px(36))
        room = self.parent().columnWidth(NAME) - px(24)  # type: ignore[attr-defined]
        metrics = option.fontMetrics  # type: ignore[attr-defined]
        wrap = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
        text = metrics.boundingRect(QRect(0, 0, room, 1000), wrap, str(index.data()))
        return QSize(wide, max(px(36), text.height() + px(14)))


class _Table(QTableView):
    """As high as its rows, so that the page scrolls and not the table."""

    def __init__(self, model: ChecklistModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_WordsDelegate(self))
        self.setItemDelegateForColumn(TICK, _TickDelegate(self))
        self.setItemDelegateForColumn(STATE, _BadgeDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("材料")
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(px(36))
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(px(30))
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(TICK, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(TICK, px(34))
        # The columns settle one after the other; the rows are fitted once they have.
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self.fit)
        head.sectionResized.connect(lambda *_sizes: self._settled.start(0))

    def fit(self) -> None:
        """Take the height of the rows as they wrap at this width."""
        self.resizeRowsToContents()
        frame = 2 * self.frameWidth()
        self.setFixedHeight(
            self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + frame
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The name comes first; the form it is asked in can also be read in the row's details.
        self.setColumnHidden(COUNT, event.size().width() < px(_ROOM_FOR_COUNT))
        self.setColumnHidden(ORIGINAL, event.size().width() < px(_ROOM_FOR_ORIGINAL))
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._settled.start(0)


class Checklist(QWidget):
    """The papers of an item. Space or a click on the box ticks, Enter opens the row's details, Esc closes them."""

    changed = Signal()
    """The clerk ticked a paper or changed its details."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ChecklistModel()
        self.table = _Table(self.model, self)
        self.details = PaperDetails(self)
        self.details.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addWidget(self.table)
        box.addWidget(self.details)
        self.table.installEventFilter(self)
        self.table.clicked.connect(self._clicked)
        self.table.doubleClicked.connect(self.open_details)
        self.model.changed.connect(self._told)
        self.details.changed.connect(self._put)
        self.details.closed.connect(self.close_details)

    def show_needed(self, needed: Sequence[NeededMaterial]) -> None:
        """Draw these papers; ticks of papers that stay are kept, nothing is emitted."""
        row = self.table.currentIndex().row()
        if self.model.show(needed):
            self.details.hide()
            self.table.fit()
            self.table.setCurrentIndex(self.model.index(max(0, min(row, len(needed) - 1)), NAME))
            self.setVisible(bool(needed))

    def fill(self, handed_in: Sequence[HandedIn]) -> None:
        """Take over what was handed in before (a draft); emits nothing."""
        self.model.fill(handed_in)

    def handed_in(self) -> tuple[HandedIn, ...]:
        """What was handed in, carried over or promised."""
        return self.model.handed_in()

    def tick_all(self) -> None:
        """Everything is there (Alt A)."""
        self.model.tick_all()

    def open_details(self) -> None:
        """Open the small form of the row the keyboard is on."""
        row = self.table.currentIndex().row()
        if row >= 0:
            self.details.open(self.model.row_at(row), self.model.handed_at(row))

    def close_details(self) -> None:
        """Back to the table."""
        self.details.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == TICK:
            self.model.toggle(index.row())

    def _put(self, paper: HandedIn) -> None:
        row = self.table.currentIndex().row()
        empty = not (self.model.is_ticked(row) or paper.promised_by or paper.note)
        self.model.put(row, None if empty else paper)

    def _told(self) -> None:
        self.table.fit()
        self.changed.emit()

    def eventFilter(self, watched: object, event: object) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _key(self, event: QKeyEvent) -> bool:
        row = self.table.currentIndex().row()
        if event.type() != QKeyEvent.Type.KeyPress or row < 0:
            return False
        if event.key() == Qt.Key.Key_Space:
            self.model.toggle(row)
            # Ticking goes on to the next paper, so that a full set is one key pressed a few times.
            if self.model.is_ticked(row) and row + 1 < self.model.rowCount():
                self.table.setCurrentIndex(self.model.index(row + 1, NAME))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_details()
            return True
        return False
