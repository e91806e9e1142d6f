"""A ledger of one's own: the headings of a department's table, and what this program puts under each."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from desk.domain.fields import Choice, FieldDef
from desk.errors import Problem
from desk.services.ledger_maps import LONGEST_TITLE, Matched, RowsOf
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.choice_editors import ChoiceEditor, QuietCombo

BLANK = "（空着，手工填）"
HOW = "左边是部门表上的表头，右边是程序放进去的内容。不对的换一个；没有的空着，写出来以后手工填。"
SAID = {"title": "给这份台账起个名字。", "columns": "至少要有一列放程序里的内容。"}


class MakingCard(Card):
    """The form; `rows_chosen` asks for the headings to be matched anew."""

    rows_chosen = Signal(object)
    """Another kind of rows was chosen, as `RowsOf`."""
    wanted = Signal()
    """Save it."""
    left = Signal()
    """Leave it."""

    def __init__(self, choices: Sequence[RowsOf], parent: QWidget | None = None) -> None:
        super().__init__("按部门的表做一份", parent=parent)
        self.headings: tuple[str, ...] = ()
        self.combos: list[QuietCombo] = []
        self._rows = {one.key: one for one in choices}
        self.name = QLineEdit()
        self.name.setAccessibleName("台账名称")
        self.name.setMaxLength(LONGEST_TITLE)
        listed = tuple(Choice(one.key, one.label) for one in choices)
        self.rows = ChoiceEditor(FieldDef("rows", "写哪些人哪些件", "choice", True, listed))
        self.rows.edited.connect(self._rows_edited)
        self.problem = label("", "strong", tone="late")
        self.problem.hide()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.save = button("保存这份台账", self.wanted.emit, role="primary", key="F9")
        self._lay_out()

    def begin(self, title: str, headings: tuple[str, ...]) -> None:
        """A table was read: its headings wait for what they hold."""
        self.headings = headings
        self.name.setText(title[:LONGEST_TITLE])
        self.problem.hide()
        self.rows.show_value(None)
        self._fill((), {})
        self.rows.setFocus()

    def chosen_rows(self) -> RowsOf | None:
        """What the rows are to be; None until it is chosen."""
        return self._rows.get(str(self.rows.value() or ""))

    def show_match(self, found: Matched) -> None:
        """What was found for each heading; the clerk corrects it."""
        self._fill(found.values, found.fields)

    def columns(self) -> tuple[tuple[str, str], ...]:
        """Heading and field of each column, '' for one that is left blank."""
        values = (str(combo.currentData() or "") for combo in self.combos)
        return tuple(zip(self.headings, values, strict=False))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say what is missing."""
        self.problem.setText(" ".join(SAID.get(one.field, "") for one in problems).strip())
        self.problem.show()

    def _rows_edited(self) -> None:
        chosen = self.chosen_rows()
        if chosen is not None:
            self.rows_chosen.emit(chosen)

    def _fill(self, values: Sequence[str], fields: Mapping[str, str]) -> None:
        inner, self.combos = QWidget(), []
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        for place, heading in enumerate(self.headings):
            combo = self._combo(heading, fields, values[place] if values else "")
            words = label(heading)
            words.setToolTip(heading)
            grid.addWidget(words, place, 0)
            grid.addWidget(combo, place, 1)
            self.combos.append(combo)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setRowStretch(len(self.headings), 1)
        self.area.setWidget(inner)
        self.save.setEnabled(bool(fields))

    def _combo(self, heading: str, labels: Mapping[str, str], value: str) -> QuietCombo:
        combo = QuietCombo()
        combo.setAccessibleName(heading)
        combo.addItem(BLANK, "")
        for name, text in labels.items():
            combo.addItem(text, name)
        combo.setCurrentIndex(max(0, combo.findData(value)))
        combo.setEnabled(bool(labels))
        return combo

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(px(12))
        for place, (words, made) in enumerate(
            (("台账名称", self.name), ("写哪些人哪些件", self.rows))
        ):
            form.addWidget(label(words, "second"), place, 0)
            form.addWidget(made, place, 1)
        form.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.problem)
        foot.addStretch(1)
        foot.addWidget(button("不做了", self.left.emit))
        foot.addWidget(self.save)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addLayout(form)
        self.body.addWidget(label(HOW, "second", wrap=True))
        self.body.addWidget(self.area, 1)
        self.body.addLayout(foot)
