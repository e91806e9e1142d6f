"""A form drawn from field definitions, which may come and go while it is typed into."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk.domain.fields import FieldDef
from ui.theme import px
from ui.widgets.choice_editors import Initials, no_initials
from ui.widgets.editor import FieldEditor
from ui.widgets.field_editors import editor_for

CUT = "最多放得下 {most} 个字，后面的没有放进来，请看看留下的全不全。"


class FieldCell(QWidget):
    """A label, the editor under it, the help and, when there is one, the problem's sentence."""

    def __init__(self, editor: FieldEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        field = editor.field
        optional = not (field.required or field.derive)
        self.label = QLabel(f"{field.label}（选填）" if optional else field.label)
        self.label.setProperty("role", "label")
        self.label.setWordWrap(True)
        self.label.setBuddy(editor)
        self.problem = _small_print("problem")
        self.help = _small_print("hint")
        self.help.setText(field.help)
        self._head = QHBoxLayout()
        self._head.addWidget(self.label, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(3))
        box.addLayout(self._head)
        for widget in (editor, self.problem, self.help):
            box.addWidget(widget)
        box.addStretch(1)
        # Only now: a label without a parent would come up as a window of its own.
        self.help.setVisible(bool(field.help))
        self._sentence, self._cut = "", ""
        editor.overfull.connect(self._say_cut)
        editor.edited.connect(self._show_words)

    def set_corner(self, widget: QWidget) -> None:
        """Put something small right of the label."""
        self._head.addWidget(widget)

    def show_problem(self, sentence: str) -> None:
        """Say beside the field what is to be mended; an empty sentence takes the word back."""
        self._sentence = sentence
        self._show_words()

    def _say_cut(self, most: int) -> None:
        self._cut = CUT.format(most=most)
        self._show_words()

    def _show_words(self) -> None:
        if not self.editor.is_full():
            self._cut = ""
        words = self._cut + self._sentence
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.editor.mark_wrong(bool(words))


def _small_print(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    label.hide()
    return label


class FormView(QWidget):
    """Fields in columns; `spans` says of how many columns a field is wide, if not `usual_span`.

    `show_fields` keeps the editors that stay as they are, so that nothing typed and no focus is lost;
    `values` holds every field now shown. Filling emits nothing; `changed` tells of the clerk's hand only.
    """

    changed = Signal()
    """The clerk changed a value."""
    left = Signal(str)
    """The clerk left the field of that key."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        columns: int = 2,
        spans: Mapping[str, int] | None = None,
        usual_span: int = 1,
        initials: Initials = no_initials,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._spans = dict(spans or {})
        self._usual_span = usual_span
        self._initials = initials
        self._cells: dict[str, FieldCell] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(8))
        self._stretch()

    def set_columns(self, columns: int) -> None:
        """So many columns from the next fields on."""
        self._columns = columns
        self._stretch()

    def _stretch(self) -> None:
        for column in range(max(self._columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, int(column < self._columns))

    def show_fields(self, fields: Sequence[FieldDef]) -> None:
        """Draw exactly these fields in this order."""
        if list(fields) == [cell.editor.field for cell in self._cells.values()]:
            return
        kept: dict[str, FieldCell] = {}
        for field in fields:
            old = self._cells.pop(field.key, None)
            if old is not None and old.editor.field == field:
                kept[field.key] = old
            else:
                kept[field.key] = self._new_cell(field, old)
        for gone in self._cells.values():
            self._drop(gone)
        self._cells = kept
        self._lay_out()

    def _new_cell(self, field: FieldDef, old: FieldCell | None) -> FieldCell:
        editor = editor_for(field, initials=self._initials)
        if old is not None:
            editor.show_value(old.editor.value())
            self._drop(old)
        editor.edited.connect(self.changed)
        editor.left.connect(lambda key=field.key: self.left.emit(key))
        return FieldCell(editor, self)

    def _drop(self, cell: FieldCell) -> None:
        self._grid.removeWidget(cell)
        cell.hide()
        cell.deleteLater()

    def _lay_out(self) -> None:
        row, column = 0, 0
        before: QWidget | None = None
        for cell in self._cells.values():
            span = self._span(cell.editor.field)
            if column + span > self._columns:
                row, column = row + 1, 0
            self._grid.addWidget(cell, row, column, 1, span)
            cell.show()
            column += span
            if before is not None:
                QWidget.setTabOrder(before, cell.editor.input)
            before = cell.editor.input

    def _span(self, field: FieldDef) -> int:
        whole = field.kind == "note" or (field.multi and len(field.choices) > 4)
        return self._spans.get(field.key, self._columns if whole else self._usual_span)

    def keys(self) -> tuple[str, ...]:
        """The keys of the fields now shown, in reading order."""
        return tuple(self._cells)

    def cell(self, key: str) -> FieldCell | None:
        """The cell of that field, None when it is not shown."""
        return self._cells.get(key)

    def values(self) -> dict[str, object]:
        """What was typed into each field now shown."""
        return {key: cell.editor.value() for key, cell in self._cells.items()}

    def show_values(self, values: Mapping[str, object]) -> None:
        """Fill the fields named in `values`; emits nothing."""
        for key, value in values.items():
            if cell := self._cells.get(key):
                cell.editor.show_value(value)

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Put each sentence beside its field and take all others back."""
        for key, cell in self._cells.items():
            cell.show_problem(sentences.get(key, ""))

    def focus(self, key: str) -> bool:
        """Put the keyboard into that field; False when it is not shown."""
        cell = self._cells.get(key)
        if cell is not None:
            cell.editor.input.setFocus(Qt.FocusReason.OtherFocusReason)
        return cell is not None
