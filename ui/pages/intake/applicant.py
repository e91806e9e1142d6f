"""The left card: who the applicant is, who came for him, what was done before."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.domain.fields import FieldDef
from desk.services.views import AgentValues, IntakeView, PersonCard, PersonValues
from ui.pages.intake.agent_block import AgentBlock
from ui.pages.intake.history import PersonHistory
from ui.pages.intake.person_form import PersonForm
from ui.pages.intake.scrolling import ScrollColumn
from ui.widgets.cards import Card
from ui.widgets.form_view import FormView


class ApplicantCard(Card):
    """Collects who is served; `person_id` is set while a known person is shown."""

    changed = Signal()
    """The clerk changed something."""
    left = Signal(str)
    """The clerk left the field of that key."""

    def __init__(
        self,
        person: PersonForm,
        agent: AgentBlock,
        default_block: tuple[FieldDef, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("申请人", "刷卡或输入证件号", parent)
        self.person = person
        self.agent = agent
        self.history = PersonHistory()
        self.person_id: UUID | None = None
        self._default_block = default_block
        self.body.addWidget(ScrollColumn(person, agent, self.history), 1)
        person.show_fields(default_block)
        for part in (person, agent):
            part.changed.connect(self.changed)
            part.left.connect(self.left)
        person.number_complete.connect(self._other_person)

    def values(self) -> tuple[PersonValues, AgentValues]:
        """Applicant and agent as typed."""
        return self.person.values(), self.agent.values()

    def fill(self, person: PersonValues, agent: AgentValues) -> None:
        """Show these two; emits nothing."""
        self.person.fill(person)
        self.agent.fill(agent)

    def clear(self) -> None:
        """Nobody is here: empty fields of the usual block; emits nothing."""
        self.person_id = None
        self.person.show_fields(self._default_block)
        self.fill(PersonValues(), AgentValues())
        self.history.show_card(None)

    def show_known(self, card: PersonCard) -> None:
        """The desk knows this person: fill the gaps, show what was done before; emits nothing."""
        self.person_id = card.id
        self.person.fill_gaps(card.person)
        self.history.show_card(card)

    def show_view(self, view: IntakeView) -> None:
        """Ask for what the item needs to know of the applicant."""
        self.person.show_fields(view.person_fields)
        self.history.show_served(view.needed)

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Put each sentence beside its field."""
        self.person.show_problems(sentences)
        self.agent.show_problems(sentences)

    def forms(self) -> tuple[FormView, ...]:
        """The forms in reading order."""
        return self.person.form, self.agent.form

    def start(self) -> None:
        """Ready for the next card."""
        self.person.form.focus(self.person.form.keys()[0])

    def _other_person(self) -> None:
        self.person_id = None
        self.history.show_card(None)
