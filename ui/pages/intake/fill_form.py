"""The middle card: may it be granted, what is to be asked, the form, the papers."""

from collections.abc import Mapping
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.domain.fields import FieldDef
from desk.services.views import IntakeValues, IntakeView
from ui.pages.intake.hand_in import HandIn
from ui.pages.intake.scrolling import ScrollColumn
from ui.pages.intake.verdict import VerdictBanner
from ui.pictures.card import PicturesCard
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.choice_editors import Initials
from ui.widgets.form_view import FormView

_REMARK = FieldDef("remark", "备注", "note", max_length=500)


class ItemCard(Card):
    """Collects answers, form, papers and remark of one item; what need not be filled stands after the papers.

    What was typed into a field that is no longer asked for is kept, in case it is asked for again.
    """

    changed = Signal()
    """The clerk changed something."""
    left = Signal(str)
    """The clerk left the field of that key."""
    other_item = Signal()
    """The clerk wants another item."""

    def __init__(self, initials: Initials, parent: QWidget | None = None) -> None:
        super().__init__("事项", " ", parent)
        self.head.setStretch(0, 0)
        self.head.setStretch(1, 1)
        self.aside.setWordWrap(True)
        self.aside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(button("换事项", self.other_item.emit, role="quiet"))
        self.verdict = VerdictBanner()
        self.questions = FormView(initials=initials)
        self.form = FormView(initials=initials)
        self.optional = FormView(initials=initials)
        self.remark = FormView()
        self.remark.show_fields([_REMARK])
        self.hand_in = HandIn()
        self._below_papers = QWidget()
        self._asked = _section("当面问清", self.questions)
        self._may = _section("可以不填", self.optional)
        self._kept: dict[str, object] = {}
        self._kept_answers: dict[str, object] = {}
        self.body.addWidget(
            ScrollColumn(
                self.verdict,
                self._asked,
                self.form,
                self.hand_in,
                self._below_papers,
                self._may,
                self.remark,
                spacing=12,
            ),
            1,
        )
        for form in self.forms():
            form.changed.connect(self.changed)
            form.left.connect(self.left)
        self.hand_in.changed.connect(self.changed)

    @cached_property
    def pictures(self) -> PicturesCard:
        """The pictures of the papers; made when the first item is chosen, so that the page comes up without them."""
        made = PicturesCard(flat=True)
        place = QVBoxLayout(self._below_papers)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(made)
        return made

    def form_values(self) -> dict[str, object]:
        """The form as typed."""
        self._kept |= self.form.values() | self.optional.values()
        return dict(self._kept)

    def answers(self) -> dict[str, object]:
        """The answers given at the desk."""
        self._kept_answers |= self.questions.values()
        return dict(self._kept_answers)

    def remark_text(self) -> str:
        """The remark as typed."""
        return str(self.remark.values()["remark"]).strip()

    def fill(self, values: IntakeValues) -> None:
        """Show what was typed before, also into fields that come with the next view; emits nothing."""
        self.questions.show_fields(())
        self.form.show_fields(())
        self.optional.show_fields(())
        self._kept, self._kept_answers = dict(values.form), dict(values.answers)
        self.remark.show_values({"remark": values.remark})
        self.hand_in.fill(values)

    def show_view(self, view: IntakeView) -> None:
        """Draw what the rules made of the values; fields that stay keep their focus and what was typed."""
        self.title.setText(view.item.short_name)
        self.title.setToolTip(view.item.name)
        self.aside.setText(view.headline)
        self.verdict.show_assessment(view.assessment, view.derived, view.unconfirmed)
        _show_fields(self.questions, view.questions, self._kept_answers)
        self._asked.setVisible(bool(view.questions))
        self.form_values()
        _show_fields(self.form, tuple(f for f in view.fields if f.required), self._kept)
        _show_fields(self.optional, tuple(f for f in view.fields if not f.required), self._kept)
        self.form.setVisible(bool(self.form.keys()))
        self._may.setVisible(bool(self.optional.keys()))
        self.hand_in.show_view(view)

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Put each sentence beside its field."""
        for form in self.forms():
            form.show_problems(sentences)

    def forms(self) -> tuple[FormView, ...]:
        """The forms in reading order."""
        return self.questions, self.form, self.optional, self.remark

    def start(self) -> None:
        """Put the keyboard into the first field there is to type."""
        for form in (self.questions, self.form):
            if form.keys():
                form.focus(form.keys()[0])
                return
        self.hand_in.checklist.table.setFocus()


def _show_fields(form: FormView, fields: tuple[FieldDef, ...], kept: Mapping[str, object]) -> None:
    before = set(form.keys())
    form.show_fields(fields)
    form.show_values({f.key: kept[f.key] for f in fields if f.key not in before and f.key in kept})


def _section(title: str, form: FormView) -> QWidget:
    section = QWidget()
    box = QVBoxLayout(section)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(px(6))
    box.addWidget(label(title, "heading"))
    box.addWidget(form)
    return section
