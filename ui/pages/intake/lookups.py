"""What the page asks the office beside the rules: known people, items, a consultation to count."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desk.services import cases, items, people, revealing
from desk.services.views import PersonCard
from ui.pages.intake.layout import IntakeLayout
from ui.pages.intake.own_data import ask_export
from ui.shell import Shell


class Lookups(QObject):
    """Asks, and shows the answers in their cards."""

    known = Signal()
    """A known person was found and stands in the applicant's card."""

    def __init__(self, shell: Shell, parts: IntakeLayout) -> None:
        super().__init__(parts)
        self._shell = shell
        self._parts = parts
        parts.chooser.filtered.connect(self.find_items)
        parts.applicant.person.number_complete.connect(self.look_up)
        parts.applicant.history.case_chosen.connect(lambda i: shell.go("case", case_id=i))
        parts.applicant.history.revealed.asked.connect(self._reveal)
        parts.applicant.history.export_asked.connect(partial(ask_export, shell))

    def _reveal(self, person_id: UUID, purpose: str) -> None:
        self._shell.write(
            revealing.of_person,
            on_done=partial(self._parts.applicant.history.revealed.show_values, person_id),
            person_id=person_id,
            purpose=purpose,
        )

    def read_items(self) -> None:
        """The usual items, and those that fit what stands in the filter."""
        self._shell.read(items.usual, on_done=self._parts.chooser.show_usual)
        self.find_items(self._parts.chooser.filter.text())

    def find_items(self, text: str) -> None:
        """The items that fit these letters."""
        show = self._parts.chooser.show_rows
        self._shell.read(items.items, text=text, latest="items", on_done=show)

    def look_up(self, id_no: str) -> None:
        """Whether the desk knows the person with this number."""
        if id_no:
            self._shell.read(people.known, id_no=id_no, latest="known", on_done=self._show)

    def open_person(self, person_id: UUID) -> None:
        """Show this known person."""
        self._shell.read(people.card, person_id=person_id, latest="known", on_done=self._show)

    def count_consultation(self, item_code: str) -> None:
        """It was only a question."""
        self._shell.write(
            cases.log_consultation,
            item_code=item_code,
            on_done=lambda _count: self._shell.notices.toast("已记一次咨询，不立案。"),
        )

    def _show(self, card: PersonCard | None) -> None:
        if card is not None:
            self._parts.applicant.show_known(card)
            self.known.emit()
