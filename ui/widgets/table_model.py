"""Rows for tables: cells drawn from values, more rows asked for by key when the clerk scrolls down."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

CELL = Qt.ItemDataRole.UserRole
"""The `Cell` of a place, for whoever paints it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place: words, a smaller line under them; a `tone` makes the words a badge.

    `hint` is the tooltip ('': the words themselves where they are cut); `quiet` words are paler.
    """

    text: str
    second: str = ""
    tone: str = ""
    hint: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: `width` in pixels of the ordinary text size (the least one where it stretches).

    `stretch` takes what is left over. Where there is no room for it the `spare` columns go, 1 first (0 never goes).
    """

    title: str
    width: int
    cell: Callable[[R], Cell]
    stretch: bool = False
    spare: int = 0


class TableModel(QAbstractTableModel):
    """Values in rows, each known by its key; holds what was read so far and the key to ask on with."""

    more_wanted = Signal(object)
    """The view came near the end: read the page after this key and hand it to `add_page`."""

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        key: Callable[[Any], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: list[Any] = []
        self._places: dict[Hashable, int] = {}
        self._last: object = None
        self._asking = False

    @property
    def rows(self) -> tuple[Any, ...]:
        """The rows read so far."""
        return tuple(self._rows)

    @property
    def ended(self) -> bool:
        """Whether there are no more rows to read."""
        return self._last is None

    def key_at(self, place: int) -> Hashable | None:
        """The key of that row, None outside the table."""
        return self._key(self._rows[place]) if 0 <= place < len(self._rows) else None

    def place_of(self, key: Hashable | None) -> int:
        """Where the row of that key stands, -1 when it is not there."""
        return self._places.get(key, -1)

    def show_page(self, rows: Sequence[Any], last: object = None) -> bool:
        """Show these rows instead of all; `last` is the key to ask on with (None: these are all).

        Returns whether rows came, went or moved; where only their words changed, nothing jumps.
        """
        fresh = list(rows)
        keys = [self._key(row) for row in fresh]
        moved = keys != list(self._places)
        self._last, self._asking = last, False
        if moved:
            self.beginResetModel()
            self._rows = fresh
            self._places = {key: place for place, key in enumerate(keys)}
            self.endResetModel()
        else:
            self._mend(fresh)
        return moved

    def add_page(self, after: object, rows: Sequence[Any], last: object) -> None:
        """Add the page that was asked for with `after`; one that was overtaken by a new list is dropped."""
        if after != self._last:
            return
        self._last, self._asking = last, False
        fresh = [row for row in rows if self._key(row) not in self._places]
        if not fresh:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
        self._rows += fresh
        self._places |= {self._key(row): first + place for place, row in enumerate(fresh)}
        self.endInsertRows()

    def more_failed(self) -> None:
        """The page could not be read; scrolling asks again."""
        self._asking = False

    def _mend(self, fresh: list[Any]) -> None:
        changed = [place for place, row in enumerate(fresh) if row != self._rows[place]]
        self._rows = fresh
        for place in changed:
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._last is not None and not self._asking

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asking = True
            self.more_wanted.emit(self._last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.columns[index.column()].cell(self._rows[index.row()])
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{cell.text} {cell.second}".strip()
            case Qt.ItemDataRole.ToolTipRole:
                return cell.hint or None
            case _ if role == CELL:
                return cell
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
