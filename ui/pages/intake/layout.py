"""The page's three columns and the strips above them; fans values out to the cards."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk.services.views import Finished, IntakeValues, IntakeView
from ui.pages.intake.agent_block import AgentBlock
from ui.pages.intake.applicant import ApplicantCard
from ui.pages.intake.choose_item import ItemChooser
from ui.pages.intake.done import DoneCard
from ui.pages.intake.drafts import LeftBehind
from ui.pages.intake.fill_form import ItemCard
from ui.pages.intake.person_form import PersonForm
from ui.pages.intake.preview import PaperCard
from ui.shell import Shell
from ui.theme import px
from ui.widgets.error_summary import ErrorSummary, named
from ui.widgets.form_view import FormView
from ui.widgets.page_frame import GAP

CHOOSE, FILL, DONE = range(3)
"""What the columns right of the applicant show."""


class IntakeLayout(QWidget):
    """Applicant on the left; right of him the items, or form and paper, or the confirmation."""

    changed = Signal()
    """The clerk changed something anywhere."""
    left = Signal(str)
    """The clerk left the field of that key."""
    item_chosen = Signal(str)
    """The clerk chose the item of that code."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        office = shell.office
        initials = office.rules.pinyin.initials
        blocks = office.catalog.person_blocks
        self.summary = ErrorSummary()
        self.left_behind = LeftBehind()
        self.applicant = ApplicantCard(
            PersonForm(office.today, initials, blocks["full"]),
            AgentBlock(blocks["agent"], initials),
            blocks["full"],
        )
        self.chooser = ItemChooser()
        self.item = ItemCard(initials)
        self.paper = PaperCard()
        self.done = DoneCard()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        filling = QWidget()
        middle = QHBoxLayout(filling)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(GAP)
        middle.addWidget(self.item, 70)
        middle.addWidget(self.paper, 30)
        self.paper.setMinimumWidth(px(224))
        self.applicant.setMinimumWidth(px(268))
        for page in (self.chooser, filling, self.done):
            self._stack.addWidget(page)
        columns = QHBoxLayout()
        columns.setSpacing(GAP)
        columns.addWidget(self.applicant, 27)
        columns.addWidget(self._stack, 73)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP)
        outer.addWidget(self.left_behind)
        outer.addWidget(self.summary)
        outer.addLayout(columns, 1)

    def _connect(self) -> None:
        for card in (self.applicant, self.item):
            card.changed.connect(self.changed)
            card.left.connect(self.left)
        self.chooser.chosen.connect(self.item_chosen)
        self.summary.chosen.connect(self.focus_field)
        for keys, deed in (
            ("Alt+A", self.item.hand_in.checklist.tick_all),
            ("Alt+D", self.applicant.agent.toggle),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """False: the columns scroll each for itself, the page need never be higher than the window."""
        return False

    def stage(self) -> int:
        """What the columns right of the applicant show now."""
        return self._stack.currentIndex()

    def go_to(self, stage: int) -> None:
        """Show the items, the form, or the confirmation."""
        self._stack.setCurrentIndex(stage)

    def values(self, item_code: str) -> IntakeValues:
        """Everything typed and ticked for that item."""
        person, agent = self.applicant.values()
        return IntakeValues(
            item_code=item_code,
            person_id=self.applicant.person_id,
            person=person,
            agent=agent,
            form=self.item.form_values(),
            answers=self.item.answers(),
            handed_in=self.item.hand_in.checklist.handed_in(),
            privacy_told=self.item.hand_in.told.isChecked(),
            remark=self.item.remark_text(),
        )

    def show_values(self, values: IntakeValues) -> None:
        """Show these values before any view of them, and the items to choose from; emits nothing."""
        self.applicant.clear()
        self.applicant.fill(values.person, values.agent)
        self.applicant.person_id = values.person_id
        self.item.fill(values)
        self.chooser.clear()
        self.paper.ends.close_panel()
        self.paper.ends.show_ends(())
        self.paper.show_pictures(())
        self.go_to(CHOOSE)

    def show_view(self, view: IntakeView) -> None:
        """Draw what the rules made of the values."""
        self.applicant.show_view(view)
        self.item.show_view(view)
        self.paper.show_title(view.paper_title)
        self.paper.ends.show_ends(view.ends)

    def show_problems(
        self, sentences: Mapping[str, str], summary: Sequence[tuple[str, str]]
    ) -> None:
        """Put each sentence beside its field, and the refused ones with their labels into the summary."""
        for card in (self.applicant, self.item, self.paper.ends):
            card.show_problems(sentences)
        self.summary.show_problems([(key, named(self._label(key), said)) for key, said in summary])

    def show_finished(self, finished: Finished, items_of_visit: int) -> None:
        """The confirmation."""
        self.show_problems({}, ())
        self.done.show_finished(finished, items_of_visit)
        self.go_to(DONE)
        self.done.start()

    def focus_field(self, key: str) -> None:
        """Put the keyboard into the field of that key, wherever it is."""
        for form in self._forms():
            if form.focus(key):
                return

    def take_focus(self) -> None:
        """Put the keyboard where the work goes on."""
        if self.stage() == DONE:
            self.done.start()
        elif not self.applicant.person.is_filled():
            self.applicant.start()
        elif self.stage() == CHOOSE:
            self.chooser.start()
        else:
            self.item.start()

    def _forms(self) -> tuple[FormView, ...]:
        return (*self.applicant.forms(), *self.item.forms(), self.paper.ends.panel.form)

    def _label(self, key: str) -> str:
        cells = (form.cell(key) for form in self._forms())
        return next((cell.editor.field.label for cell in cells if cell), "")
