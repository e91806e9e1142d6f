"""The second step: which column of the table is which, with what stands in the first rows of it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from desk.domain.field_values import mask
from desk.domain.fields import FieldDef
from desk.importing.tables import Table
from desk.services.import_views import Opened
from ui.emptying import empty
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.choice_editors import QuietCombo
from ui.widgets.scrolling import scrolling

NONE = "不导入这一列"
SAMPLES = 3
LONGEST = 24
SECRET = ("idnumber", "account", "phone")
MISSING = "还没有指定“{names}”是哪一列，没有这一列收不了。"


class QuietSpin(QSpinBox):
    """A number that the mouse wheel does not change in passing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class MappingStep(QWidget):
    """A line for each column that is looked for: its name, the table's column, and examples."""

    look_asked = Signal()
    """The clerk wants to see what would come of it."""
    back_asked = Signal()
    """The clerk wants another file."""
    table_asked = Signal(str, int)
    """Another sheet, or another row of headings, is to be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened: Opened | None = None
        self.combos: dict[str, QuietCombo] = {}
        self.card = Card(" ", " ")
        self.sheets = QuietCombo()
        self.sheets.setAccessibleName("工作表")
        self.sheets.setMinimumWidth(px(140))
        self.row = QuietSpin()
        self.row.setAccessibleName("标题在第几行")
        self.row.setRange(1, 5000)
        self.row.setKeyboardTracking(False)
        self.problem = label("", "problem", wrap=True)
        self.look = button("看一看", self.look_asked.emit, role="primary", key="F9")
        self._grid = QGridLayout()
        self._lay_out()
        self.sheets.activated.connect(lambda _place: self._ask_table(0))
        self.row.valueChanged.connect(self._ask_table)

    def show_file(self, name: str, opened: Opened, columns: Mapping[str, int]) -> None:
        """Show the table with these columns recognised."""
        self.opened = opened
        table = opened.table
        self.card.title.setText(f"{opened.kind.label}：{name}")
        self.card.aside.setText(f"共 {sum(1 for _ in table.numbered()):,} 行")
        self._show_place(table)
        self._draw(opened, columns)
        self._say()

    def columns(self) -> dict[str, int]:
        """Which column of the table is which, as it stands now."""
        chosen = {key: int(combo.currentData()) for key, combo in self.combos.items()}
        return {key: place for key, place in chosen.items() if place >= 0}

    def is_whole(self) -> bool:
        """Whether every column that is needed is named."""
        return not self._missing()

    def _missing(self) -> list[str]:
        chosen = self.columns()
        fields = self.opened.kind.fields if self.opened else ()
        return [one.label for one in fields if one.required and one.key not in chosen]

    def _say(self) -> None:
        missing = self._missing()
        self.problem.setText(MISSING.format(names="”“".join(missing)) if missing else "")
        self.problem.setVisible(bool(missing))
        self.look.setEnabled(not missing)

    def _ask_table(self, row: int) -> None:
        self.table_asked.emit(self.sheets.currentText(), row)

    def _show_place(self, table: Table) -> None:
        for made in (self.sheets, self.row):
            made.blockSignals(True)
        self.sheets.clear()
        self.sheets.addItems(list(table.sheets))
        self.sheets.setCurrentText(table.sheet)
        self.row.setValue(max(table.heading_row, 1))
        for made in (self.sheets, self.row):
            made.blockSignals(False)
        self._sheet_words.setVisible(len(table.sheets) > 1)
        self.sheets.setVisible(len(table.sheets) > 1)
        self._row_words.setVisible(table.heading_row > 0)
        self.row.setVisible(table.heading_row > 0)

    def _draw(self, opened: Opened, columns: Mapping[str, int]) -> None:
        empty(self._grid)
        self.combos, table = {}, opened.table
        for place, words in enumerate(("要导入的", "表里的哪一列", "表里写的是")):
            self._grid.addWidget(label(words, "hint"), 0, place)
        for line, one in enumerate(opened.kind.fields, 1):
            combo = QuietCombo()
            combo.setAccessibleName(one.label)
            combo.addItem(NONE, -1)
            for place, heading in enumerate(table.headings):
                combo.addItem(heading or f"第 {place + 1} 列", place)
            combo.setCurrentIndex(columns.get(one.key, -1) + 1)
            sample = label("", "second")
            self.combos[one.key] = combo
            star = "（必有）" if one.required else ""
            self._grid.addWidget(label(f"{one.label}{star}"), line, 0)
            self._grid.addWidget(combo, line, 1)
            self._grid.addWidget(sample, line, 2)
            combo.currentIndexChanged.connect(partial(self._chosen, one, combo, sample))
            sample.setText(_sample(one, table, columns.get(one.key, -1)))

    def _chosen(self, one: FieldDef, combo: QuietCombo, sample: QLabel, _place: int) -> None:
        if self.opened is not None:
            sample.setText(_sample(one, self.opened.table, int(combo.currentData())))
        self._say()

    def _lay_out(self) -> None:
        self._sheet_words, self._row_words = (
            label("工作表", "label"),
            label("标题在第几行", "label"),
        )
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 3)
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setSpacing(px(8))
        for made in (self._sheet_words, self.sheets, self._row_words, self.row):
            head.addWidget(made)
        head.addStretch(1)
        foot.addWidget(button("换一个文件", self.back_asked.emit))
        foot.addWidget(self.problem, 1)
        foot.addStretch(0)
        foot.addWidget(self.look)
        inside = QWidget()
        inside.setLayout(self._grid)
        self.card.body.addLayout(head)
        self.card.body.addWidget(scrolling(inside), 1)
        self.card.body.addLayout(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.card)


def _sample(one: FieldDef, table: Table, place: int) -> str:
    """What stands first in a column, in few words; numbers of people are starred, for others may look on."""
    if place < 0:
        return ""
    cells = [row[place] for _, row in table.numbered() if row[place]][:SAMPLES]
    secret = one.kind in SECRET
    shown = [mask(one, cell) if secret else " ".join(cell.split()) for cell in cells]
    return "　".join(cell if len(cell) <= LONGEST else f"{cell[:LONGEST]}…" for cell in shown)
