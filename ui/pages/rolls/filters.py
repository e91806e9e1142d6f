"""Which register, which of its lists, and what narrows it."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desk.domain.pay_months import month_of
from desk.domain.registers import Register, RegisterList
from desk.domain.variables import add_months
from desk.services.roll_views import RollChoice, RollFilter
from ui.theme import px
from ui.widgets.choice_editors import QuietCombo

MONTHS_BACK, MONTHS_AHEAD = 12, 3
DAYS = ((0, "已经到期"), (30, "30 天内"), (60, "60 天内"), (365, "一年内"))


class Chips(QWidget):
    """Buttons of which one is pressed."""

    chosen = Signal(str)
    """The key of the one pressed now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: dict[str, QPushButton] = {}
        self._labels: dict[str, str] = {}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(8))

    @property
    def key(self) -> str:
        """The key of the pressed one, '' without any."""
        return next((key for key, chip in self.chips.items() if chip.isChecked()), "")

    def offer(self, choices: Mapping[str, str]) -> None:
        """Show these; the first is pressed, or the one that was if it is still there."""
        kept = self.key
        for chip in self.chips.values():
            self._group.removeButton(chip)
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._labels = dict(choices)
        self.chips = {key: self._chip(key, text) for key, text in choices.items()}
        self.press(kept if kept in self.chips else next(iter(self.chips), ""))

    def press(self, key: str) -> None:
        """Press one without word of it."""
        if key in self.chips:
            self.chips[key].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say on the chips how many there are."""
        for key, chip in self.chips.items():
            text = self._labels[key]
            chip.setText(f"{text} {counts[key]:,}" if key in counts else text)

    def _chip(self, key: str, text: str) -> QPushButton:
        chip = QPushButton(text)
        chip.setProperty("role", "tab")
        chip.setCheckable(True)
        chip.setAutoDefault(True)
        chip.clicked.connect(lambda _on=False: self.chosen.emit(key))
        self._group.addButton(chip)
        self._row.addWidget(chip)
        return chip


class RollFilters(QObject):
    """The controls; `wanted` is what they say together."""

    changed = Signal()
    """The clerk wants to see others."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices: dict[str, RollChoice] = {}
        self.registers, self.lists = Chips(), Chips()
        self.tier, self.place = _combo("档次", 132), _combo("网格或楼栋", 132)
        self.month, self.days = _combo("月份", 152), _combo("多久内", 112)
        self.text = QLineEdit()
        self.text.setPlaceholderText("在名单里找")
        self.text.setAccessibleName("在名单里找")
        self.text.setClearButtonEnabled(True)
        self.text.setMaxLength(80)
        self.registers.chosen.connect(lambda _key: self._show_register())
        self.lists.chosen.connect(lambda _key: self._show_list())
        for combo in self.combos():
            combo.activated.connect(self.changed)
        self.text.textChanged.connect(self.changed)

    def combos(self) -> tuple[QuietCombo, ...]:
        """The choices, in reading order."""
        return (self.tier, self.place, self.month, self.days)

    def offer(self, choices: Sequence[RollChoice], today: date) -> None:
        """Offer these registers; what is chosen stays."""
        fresh = {choice.register.key: choice for choice in choices}
        if not self.choices:
            for key, text in DAYS:
                self.days.addItem(text, key)
            first = add_months(today.replace(day=1), -MONTHS_BACK)
            for step in range(MONTHS_BACK + MONTHS_AHEAD + 1):
                day = add_months(first, step)
                self.month.addItem(f"{day.year} 年 {day.month} 月", month_of(day))
            self.month.setCurrentIndex(MONTHS_BACK)
        known = list(self.choices) == list(fresh)
        self.choices = fresh
        if not known:
            self.registers.offer({key: one.register.label for key, one in fresh.items()})
            self.lists.offer({one.key: one.label for one in self.register.lists})
        self._fill()
        self._show_controls()

    def open_with(self, register: str, key: str) -> None:
        """Show this list of this register, without word of it."""
        with QSignalBlocker(self):
            if register in self.choices:
                self.registers.press(register)
                self._show_register()
            self.lists.press(key)
            self._show_list()

    @property
    def register(self) -> Register:
        """The register shown."""
        return self.choices[self.registers.key].register

    @property
    def shown(self) -> RegisterList:
        """The list shown."""
        return self.register.list_named(self.lists.key)

    def wanted(self) -> RollFilter:
        """The filter as the controls stand."""
        kind = self.shown.kind
        return RollFilter(
            register=self.register.key,
            list=self.shown.key,
            text=self.text.text().strip(),
            tier=self._said(self.tier),
            place=self._said(self.place),
            month=self._said(self.month) if kind in ("raise", "changes") else "",
            days=self.days.currentData() if kind == "due" else None,
        )

    def _said(self, combo: QuietCombo) -> str:
        return "" if combo.isHidden() else str(combo.currentData() or "")

    def _show_register(self) -> None:
        self.lists.offer({one.key: one.label for one in self.register.lists})
        self._fill()
        self._show_list()

    def _show_list(self) -> None:
        if self.shown.kind == "due":
            self.days.setCurrentIndex(max(0, self.days.findData(self.shown.days)))
        self._show_controls()
        self.changed.emit()

    def _fill(self) -> None:
        """The tiers, grids and buildings of the register; a choice that is still there stays."""
        choice = self.choices[self.registers.key]
        for combo, everything, entries in (
            (self.tier, "全部档次", choice.tiers),
            (self.place, "全部住处", choice.places),
        ):
            kept = combo.currentData()
            combo.clear()
            combo.addItem(everything, "")
            for entry in entries:
                combo.addItem(entry, entry)
            combo.setCurrentIndex(max(0, combo.findData(kept)))

    def _show_controls(self) -> None:
        kind = self.shown.kind
        choice = self.choices[self.registers.key]
        self.tier.setVisible(bool(choice.tiers) and kind in ("entries", "due"))
        self.place.setVisible(bool(choice.places))
        self.month.setVisible(kind in ("raise", "changes"))
        self.days.setVisible(kind == "due")


def _combo(name: str, width: int) -> QuietCombo:
    combo = QuietCombo()
    combo.setAccessibleName(name)
    combo.setFixedWidth(px(width))
    return combo
