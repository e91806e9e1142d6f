"""What the list shows: the chips of groups, the choices, the days and the words looked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QWidget

from desk.services.sync_states import TONES
from desk.services.views import CaseFilter
from ui.pages.cases.days import STRETCHES, first_and_last
from ui.theme import px
from ui.widgets.choice_editors import QuietCombo
from ui.widgets.day_range import DayRange

Group = Literal["open", "supplement", "overdue", "closed", "all"]
GROUPS: tuple[tuple[Group, str], ...] = (
    ("open", "在办"),
    ("supplement", "待补正"),
    ("overdue", "超期"),
    ("closed", "办结"),
    ("all", "全部"),
)
COUNTED = ("open", "supplement", "overdue")
"""The chips that show how many; the others hold everything there ever was."""

Choices = Iterable[tuple[object, str]]


class Filters(QObject):
    """The controls of the list; `wanted` is what they say together."""

    changed = Signal()
    """The clerk wants to see others."""

    def __init__(self, today: date, lines: Choices, states: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self.today = today
        self.chips = {key: _chip(text) for key, text in GROUPS}
        self._chips = QButtonGroup(self)
        for chip in self.chips.values():
            self._chips.addButton(chip)
            chip.clicked.connect(self.changed)
        self.chips["open"].setChecked(True)
        self.state = _combo("状态", "全部状态", states)
        self.line = _combo("条线", "全部条线", lines)
        self.operator = _combo("经办", "全部经办", ())
        self.sync = _combo("上报", "上报不限", [(word, word) for word in TONES])
        self.stretch = _combo("时间", STRETCHES[0][1], STRETCHES[1:])
        self.own_days = DayRange()
        self.text = QLineEdit()
        self.text.setPlaceholderText("在名单里找")
        self.text.setAccessibleName("在名单里找")
        self.text.setClearButtonEnabled(True)
        self.text.setMaxLength(80)
        for combo in self.combos():
            combo.activated.connect(self.changed)
        self.stretch.activated.connect(self._show_own_days)
        self.own_days.changed.connect(self.changed)
        self.text.textChanged.connect(self.changed)

    def combos(self) -> tuple[QuietCombo, ...]:
        """The choices, in reading order."""
        return (self.state, self.line, self.stretch, self.operator, self.sync)

    def wanted(self) -> CaseFilter:
        """The filter as the controls stand."""
        stretch = self.stretch.currentData()
        own = stretch == "own"
        first, last = self.own_days.days() if own else first_and_last(stretch, self.today)
        return CaseFilter(
            group=next(key for key, chip in self.chips.items() if chip.isChecked()),
            state=self.state.currentData(),
            line=self.line.currentData(),
            operator=UUID(self.operator.currentData()) if self.operator.currentData() else None,
            first=first,
            last=last,
            sync=self.sync.currentData(),
            text=self.text.text().strip(),
        )

    def open_with(self, group: str, text: str) -> None:
        """Set the group ('' leaves it) and the words, without word of it."""
        with QSignalBlocker(self.text):
            self.text.setText(text)
        if group in self.chips:
            self.chips[group].setChecked(True)

    def show_operators(self, operators: Sequence[tuple[UUID, str]]) -> None:
        """Offer these; the choice made stays."""
        kept = self.operator.currentData()
        while self.operator.count() > 1:
            self.operator.removeItem(1)
        for key, name in operators:
            # As text: a combo finds Python's own objects by identity only.
            self.operator.addItem(name, str(key))
        self.operator.setCurrentIndex(max(0, self.operator.findData(kept)))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say on the chips how many there are."""
        for key, text in GROUPS:
            counted = key in COUNTED and key in counts
            self.chips[key].setText(f"{text} {counts[key]:,}" if counted else text)

    def _show_own_days(self) -> None:
        self.own_days.setVisible(self.stretch.currentData() == "own")


def _chip(text: str) -> QPushButton:
    chip = QPushButton(text)
    chip.setProperty("role", "tab")
    chip.setCheckable(True)
    chip.setAutoDefault(True)
    return chip


def _combo(name: str, everything: str, choices: Choices) -> QuietCombo:
    combo = QuietCombo()
    combo.setAccessibleName(name)
    combo.setFixedWidth(px(116))
    combo.addItem(everything, "")
    for key, text in choices:
        combo.addItem(text, key)
    combo.setCurrentIndex(0)
    return combo
