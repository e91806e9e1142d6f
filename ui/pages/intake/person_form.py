"""The applicant's fields: the number first, what follows from it shown and not typed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.domain.fields import FieldDef
from desk.domain.identity import CITIZEN_NUMBER_TYPES, IdReading, age_on, read_id
from desk.services.views import PersonValues
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.choice_editors import ChoiceEditor, Initials, QuietCombo
from ui.widgets.form_view import FormView
from ui.widgets.line_editors import SecretEditor

_COLUMNS = 7
_SPANS = {"name": 3, "sex": 2, "age": 2, "ethnic": 3, "political": 4, "house": 4, "grid": 3}
_AGE = FieldDef("age", "年龄", "text", derive="age")
_PERSON_KEYS = frozenset(part.name for part in fields(PersonValues)) - {"id_type"}
_ALWAYS_SHOWN = ("house", "grid")
"""Shown although they need not be filled: they tell the household and who looks after it."""


class PersonForm(QWidget):
    """Collects `PersonValues`; tells when a whole, right number stands there.

    What need not be filled is folded away; what was typed or known of it is kept all the same.
    """

    changed = Signal()
    """The clerk changed something."""
    left = Signal(str)
    """The clerk left the field of that key."""
    number_complete = Signal(str)
    """A whole number, other than the one before."""

    def __init__(
        self,
        today: date,
        initials: Initials,
        block: Sequence[FieldDef],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._block: tuple[FieldDef, ...] = ()
        self._kept: dict[str, str] = {}
        self._prefilled: dict[str, str] = {}
        self._told = ""
        self._unfolded = False
        self.form = FormView(
            self, columns=_COLUMNS, spans=_SPANS, usual_span=_COLUMNS, initials=initials
        )
        self.more = button("", self.unfold, role="link")
        self.id_type = _id_types(block)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        box.addWidget(self.form)
        box.addWidget(self.more)
        self.form.changed.connect(self._edited)
        self.form.left.connect(self.left)
        self.id_type.activated.connect(self._edited)

    def show_fields(self, block: Sequence[FieldDef]) -> None:
        """Ask for the fields of this block; what was typed stays."""
        self._block = tuple(field for field in block if field.key != "id_type")
        self._lay_out()

    def values(self) -> PersonValues:
        """The person as typed."""
        self._keep()
        birth = self.reading().birth
        derived = {"birth": birth.isoformat()} if birth else {}
        return PersonValues(id_type=self._id_type(), **{**self._kept, **derived})

    def fill(self, person: PersonValues) -> None:
        """Show this person, or nobody; emits nothing."""
        self.id_type.setCurrentIndex(max(self.id_type.findText(person.id_type), 0))
        self._kept = {k: v for k, v in asdict(person).items() if k in _PERSON_KEYS}
        self._prefilled = {}
        self._told = person.id_no
        self._unfolded = False
        self.form.show_fields(())
        self._lay_out()
        self._show_reading()

    def fill_gaps(self, person: PersonValues) -> None:
        """A known person: fill what the clerk has not typed himself; emits nothing."""
        self._keep()
        known = {k: v for k, v in asdict(person).items() if k in _PERSON_KEYS}
        gaps = {k: v for k, v in known.items() if v and not self._kept.get(k)}
        self._kept |= gaps
        self._prefilled = gaps
        self.form.show_values(gaps)
        self._show_reading()

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Put each sentence beside its field; one about a folded field unfolds it."""
        shown = set(self.form.keys())
        if any(f.key in sentences and f.key not in shown for f in self._block):
            self.unfold()
        self.form.show_problems(sentences)

    def reading(self) -> IdReading:
        """What the number says at present."""
        number = str(self.form.values().get("id_no") or "")
        if not number.strip():
            return IdReading("")
        return read_id(number, self._id_type(), self._today)

    def is_filled(self) -> bool:
        """Whether a person stands here: a number, or a name where none is asked."""
        typed = self.form.values()
        return bool(typed.get("id_no") or typed.get("name"))

    def unfold(self) -> None:
        """Show what need not be filled, too."""
        self._unfolded = True
        self._lay_out()

    def _id_type(self) -> str:
        # The rules know certificates by their names, not by their codes.
        return self.id_type.currentText() or PersonValues().id_type

    def _keep(self) -> None:
        typed = self.form.values()
        self._kept |= {k: str(v or "").strip() for k, v in typed.items() if k in _PERSON_KEYS}

    def _edited(self) -> None:
        self._lay_out()
        reading = self._show_reading()
        whole = reading.number if reading.number and not reading.problems else ""
        if whole and whole != self._told:
            self._told = whole
            self._forget_prefilled()
            self.number_complete.emit(whole)
        self.changed.emit()

    def _forget_prefilled(self) -> None:
        # Another card was read: what the desk filled in for the one before is not this person's.
        self._keep()
        stale = {k: "" for k, v in self._prefilled.items() if k != "id_no" and self._kept[k] == v}
        self._kept |= stale
        self.form.show_values(stale)
        self._prefilled = {}

    def _lay_out(self) -> None:
        self._keep()
        citizen = self._id_type() in CITIZEN_NUMBER_TYPES
        asked = [field for field in self._block if not (citizen and field.key == "birth")]
        folded = [] if self._unfolded else [f for f in asked if _may_be_folded(f)]
        shown = [field for field in asked if field not in folded]
        place = next((i for i, field in enumerate(shown) if field.key == "sex"), None)
        if place is not None and citizen:
            shown.insert(place + 1, _AGE)
        before = set(self.form.keys())
        self.form.show_fields(shown)
        new = [field.key for field in shown if field.key not in before]
        self.form.show_values({key: self._kept.get(key, "") for key in new})
        self.more.setText("更多：" + "、".join(field.label for field in folded))
        self.more.setVisible(bool(folded))
        self._dress_number()
        sex = self.form.cell("sex")
        if sex is not None and isinstance(sex.editor, ChoiceEditor):
            # Too narrow for more; without any placeholder Qt would take the first entry for chosen.
            sex.editor.combo.setPlaceholderText("选")

    def _dress_number(self) -> None:
        cell = self.form.cell("id_no")
        if cell is not None and self.id_type.parent() is not cell:
            cell.set_corner(self.id_type)

    def _show_reading(self) -> IdReading:
        reading = self.reading()
        cell = self.form.cell("id_no")
        if cell is not None and isinstance(cell.editor, SecretEditor):
            cell.editor.set_tick(bool(reading.number) and not reading.problems)
        age = f"{age_on(reading.birth, self._today)} 岁" if reading.birth else ""
        self.form.show_values({"age": age} | ({"sex": reading.sex} if reading.sex else {}))
        return reading


def _may_be_folded(field: FieldDef) -> bool:
    return not field.required and field.key not in _ALWAYS_SHOWN


def _id_types(block: Sequence[FieldDef]) -> QuietCombo:
    combo = QuietCombo()
    combo.setProperty("role", "quiet")
    combo.setAccessibleName("证件类型")
    combo.setMinimumContentsLength(6)
    for choice in next((field.choices for field in block if field.key == "id_type"), ()):
        combo.addItem(choice.label)
    combo.setCurrentIndex(0)
    return combo
