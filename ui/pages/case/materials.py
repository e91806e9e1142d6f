"""The materials of a case: what is here, what is still to come, and taking in what comes later."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desk.services.views import MaterialRow
from ui.emptying import empty
from ui.theme import mark, px
from ui.widgets.buttons import KeyButton
from ui.widgets.cards import label
from ui.widgets.state_badge import StateBadge


class Materials(QWidget):
    """Ticks stand only before what is not here yet."""

    brought = Signal(object)
    """The keys of the papers that came now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("材料", "heading")
        self.ticks: dict[str, QCheckBox] = {}
        self.take = KeyButton("登记补交", "")
        self.take.setProperty("compact", True)
        self.take.clicked.connect(lambda _checked=False: self._take())
        self._rows: tuple[tuple[MaterialRow, ...], bool] | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(px(4))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.take)
        box.addLayout(head)
        box.addLayout(self._list)
        self.take.hide()

    def show_rows(self, rows: Sequence[MaterialRow], *, open_case: bool) -> None:
        """Show these; what is missing can be ticked while the case is open."""
        if self._rows == (tuple(rows), open_case):
            return
        self._rows = (tuple(rows), open_case)
        empty(self._list)
        self.ticks.clear()
        here = sum(row.tone == "good" for row in rows)
        self.title.setText(f"材料 {here} / {len(rows)}" if rows else "没有收材料")
        for row in rows:
            self._list.addWidget(self._row(row, can_come=open_case and row.tone != "good"))
        self.take.setVisible(bool(self.ticks))
        self._enable()

    def lead(self, on: bool) -> None:
        """Whether taking in what is missing is the next step of the case: then it has F9."""
        self.take.show_key("F9" if on else "")
        mark(self.take, "role", "primary" if on else "")

    def supply(self) -> None:
        """Take in what is ticked; with nothing ticked yet, go to the first paper that is missing."""
        if self.take.isEnabled():
            self._take()
        elif first := next(iter(self.ticks.values()), None):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, row: MaterialRow, *, can_come: bool) -> QWidget:
        made = QWidget()
        line = QVBoxLayout(made)
        line.setContentsMargins(0, px(2), 0, px(2))
        line.setSpacing(px(2))
        if can_come:
            tick = QCheckBox(made)
            tick.setText("")
            tick.setAccessibleName(f"补交{row.name}")
            tick.toggled.connect(lambda _on: self._enable())
            self.ticks[row.key] = tick
        head = QHBoxLayout()
        head.setSpacing(px(4))
        if can_come:
            head.addWidget(self.ticks[row.key])
        head.addWidget(label(row.name, wrap=True), 1)
        line.addLayout(head)
        under = QHBoxLayout()
        under.setSpacing(px(8))
        under.addWidget(StateBadge(row.state, row.tone))
        under.addWidget(label(row.note, "hint", wrap=True), 1)
        line.addLayout(under)
        return made

    def _enable(self) -> None:
        ticked = sum(tick.isChecked() for tick in self.ticks.values())
        self.take.setEnabled(ticked > 0)
        self.take.setText(f"登记补交 {ticked} 份" if ticked else "登记补交")

    def _take(self) -> None:
        self.brought.emit(tuple(key for key, tick in self.ticks.items() if tick.isChecked()))
