"""The papers of one item as rows: what is asked, what was handed in, what is still missing."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desk.domain.catalog import MaterialDef
from desk.domain.materials import HandedIn, NeededMaterial
from desk.domain.workflow import Tone

TICK, NAME, ORIGINAL, COPY, COUNT, STATE = range(6)
HEADS: Final = ("", "材料", "原件", "复印件", "份数", "状态")
TICKED = Qt.ItemDataRole.UserRole
TONE = Qt.ItemDataRole.UserRole + 1
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

_ORIGINALS: Final[Mapping[str, str]] = {
    "original": "收原件",
    "inspect": "核验退还",
    "inspect_copy": "核验退还",
    "copy": "—",
    "sealed_copy": "—",
    "original_or_copy": "原件或复印件",
}
_COPIED: Final = ("inspect_copy", "copy", "sealed_copy")


def as_asked(material: MaterialDef) -> HandedIn:
    """The paper handed in just as it is asked for."""
    return HandedIn(
        key=material.key,
        name=material.name,
        original_seen=material.form in ("original", "inspect", "inspect_copy", "original_or_copy"),
        original_kept=material.form == "original",
        copies=material.copies if material.form in _COPIED else 0,
        carried_over=False,
    )


class ChecklistModel(QAbstractTableModel):
    """Rows of needed papers with what was handed in of each.

    A paper still valid from last time ticks itself; ticking it again says that it was brought anew.
    """

    changed = Signal()
    """The clerk ticked or changed a row."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[NeededMaterial, ...] = ()
        self._handed: dict[str, HandedIn] = {}

    def show(self, needed: Sequence[NeededMaterial]) -> bool:
        """Draw these rows, keeping what was ticked; emits nothing. True if the rows are other ones now."""
        if tuple(needed) == self._rows:
            return False
        self.beginResetModel()
        self._rows = tuple(needed)
        self.endResetModel()
        return True

    def fill(self, handed_in: Sequence[HandedIn]) -> None:
        """Take over what a draft says was handed in, for rows that are still to come; emits nothing."""
        self.beginResetModel()
        self._rows = ()
        self._handed = {paper.key: paper for paper in handed_in}
        self.endResetModel()

    def handed_in(self) -> tuple[HandedIn, ...]:
        """What was brought or promised of the papers now asked for, in their order; not what is held already."""
        # Before the rows are known (a draft just taken up) everything counts.
        keys = [row.material.key for row in self._rows] or list(self._handed)
        return tuple(self._handed[key] for key in keys if key in self._handed)

    def row_at(self, row: int) -> NeededMaterial:
        return self._rows[row]

    def handed_at(self, row: int) -> HandedIn | None:
        """What was brought or promised of this row."""
        return self._handed.get(self._rows[row].material.key)

    def is_ticked(self, row: int) -> bool:
        paper = self.handed_at(row)
        if paper is None:
            return self._rows[row].state == "held"
        return not paper.promised_by

    def toggle(self, row: int) -> None:
        """The clerk ticks the row or takes the tick off."""
        paper, material = self.handed_at(row), self._rows[row].material
        if paper is not None and not paper.promised_by:
            del self._handed[material.key]
        else:
            self._handed[material.key] = as_asked(material)
        self._touched(row)

    def tick_all(self) -> None:
        """Everything that must be there is there."""
        for row, needed in enumerate(self._rows):
            if needed.state == "needed" and not self.is_ticked(row):
                self._handed[needed.material.key] = as_asked(needed.material)
                self._touched(row, tell=False)
        self.changed.emit()

    def put(self, row: int, paper: HandedIn | None) -> None:
        """What the clerk wrote into the row's details."""
        key = self._rows[row].material.key
        if paper is None:
            self._handed.pop(key, None)
        else:
            self._handed[key] = paper
        self._touched(row)

    def _touched(self, row: int, *, tell: bool = True) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, STATE))
        if tell:
            self.changed.emit()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        horizontal = orientation == Qt.Orientation.Horizontal
        if horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self._rows[row].material)
            case _ if role == TICKED:
                return self.is_ticked(row)
            case _ if role == TONE:
                return self._state(row)[1]
            case _:
                return None

    def _text(self, row: int, column: int) -> str:
        needed, paper = self._rows[row], self.handed_at(row)
        material = needed.material
        match column:
            case 1:
                return material.name
            case 2:
                return _original(material, paper)
            case 3:
                return _copy(needed, paper)
            case 4:
                return str(paper.copies if paper and paper.copies else material.copies)
            case 5:
                return self._state(row)[0]
            case _:
                return ""

    def _state(self, row: int) -> tuple[str, Tone]:
        needed, paper = self._rows[row], self.handed_at(row)
        if paper is not None and paper.promised_by:
            return f"{paper.promised_by} 前补", "soon"
        if paper is not None:
            return "已收", "good"
        if needed.held is not None:
            return f"有效至 {needed.held.valid_until:%Y-%m}", "good"
        if needed.state == "needed":
            return "未带", "late"
        return ("看情况", "soon") if needed.state == "maybe" else ("可不带", "plain")

    def _spoken(self, row: int) -> str:
        ticked = "已勾选" if self.is_ticked(row) else "未勾选"
        return f"{self._rows[row].material.name}，{ticked}，{self._state(row)[0]}"


def _original(material: MaterialDef, paper: HandedIn | None) -> str:
    if paper is not None and paper.original_kept:
        return "留下"
    if material.from_desk:
        return "窗口打印"
    return _ORIGINALS[material.form]


def _copy(needed: NeededMaterial, paper: HandedIn | None) -> str:
    material = needed.material
    if paper is None and needed.state == "held":
        return "上次已收"
    copies = paper.copies if paper is not None else material.copies
    if material.form not in _COPIED and not (paper and paper.copies):
        return "—"
    return f"收 {copies}" + ("（盖章）" if material.form == "sealed_copy" else "")


def asked_form(material: MaterialDef) -> str:
    """How the paper is asked for, in words: original, copy, how many."""
    original, copies = _ORIGINALS[material.form], f"复印件 {material.copies} 份"
    parts = [original] if original != "—" else []
    return "，".join([*parts, copies] if material.form in _COPIED else parts)


def tip(material: MaterialDef) -> str:
    """What else is to be known of a paper: what a right one is, where it can be had."""
    where = f"到哪里开：{material.where}" if material.where else ""
    return "\n".join(filter(None, (material.note, where)))
