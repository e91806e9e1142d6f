"""Asks the rules what they make of the intake while it is typed, and shows the answer and the paper."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desk.errors import Problem
from desk.services import intake
from desk.services.views import IntakeValues, IntakeView
from ui.pages.intake.faults import Faults
from ui.pages.intake.layout import FILL, IntakeLayout
from ui.papers import SCREEN_DPI, PaperDesk
from ui.shell import Shell

PREPARE_MS = 120
PREVIEW_MS = 300


class LiveView(QObject):
    """Waits until the typing rests, asks once, and draws the newest answer only."""

    drawn = Signal()
    """A view of the values as they were asked about is on the screen."""

    def __init__(
        self,
        shell: Shell,
        parts: IntakeLayout,
        papers: PaperDesk,
        values: Callable[[], IntakeValues],
    ) -> None:
        super().__init__(parts)
        self._shell = shell
        self._parts = parts
        self._papers = papers
        self._values = values
        self._asked = False
        self.view: IntakeView | None = None
        self.faults = Faults()
        self._prepare_rest = self._rest(PREPARE_MS, self.ask)
        self._preview_rest = self._rest(PREVIEW_MS, self.draw_paper)

    @property
    def stale(self) -> bool:
        """Whether the view is not yet that of what is typed now."""
        return self.view is None or self._prepare_rest.isActive() or self._asked

    @property
    def pending(self) -> bool:
        """Whether a paper is still to be drawn."""
        return self._preview_rest.isActive()

    def touch(self) -> None:
        """Something was typed: ask once it rests."""
        self._prepare_rest.start()

    def ask(self) -> None:
        """Ask the rules now."""
        self._prepare_rest.stop()
        values = self._values()
        if values.item_code:
            self._asked = True
            self._shell.read(intake.prepare, values=values, latest="view", on_done=self._draw)

    def forget(self, *, same_person: bool = False) -> None:
        """Another intake or item: nothing is known and nothing is held against it.

        With `same_person` what is wrong with his number is still told.
        """
        self._prepare_rest.stop()
        self._preview_rest.stop()
        self._asked = False
        self.view = None
        self.faults.clear(self._parts.applicant.person.form.keys() if same_person else ())
        self.look_at_number()

    def leave(self, key: str) -> None:
        """The clerk left that field."""
        self.faults.leave(key)
        self.look_at_number()

    def look_at_number(self) -> None:
        """Tell what is wrong; before the rules of an item can say it, of the number alone: the card comes first."""
        if self.view is None:
            self.faults.take_standing(self._parts.applicant.person.reading().problems, ())
        self.tell_faults()

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """An end was refused for these: say all of them and go to the first."""
        self.faults.refuse(problems)
        self.tell_faults()
        if problems:
            self._parts.focus_field(problems[0].field)

    def tell_faults(self) -> None:
        """Put every sentence that may be told in its place."""
        self._parts.show_problems(self.faults.sentences(), self.faults.summary())

    def draw_paper(self) -> None:
        """Draw the paper that the main end would give."""
        if self.view is None or not self.view.ends:
            self._parts.paper.show_pictures(())
            return
        self._shell.read(
            intake.preview,
            values=self._values(),
            end=self.view.ends[0].key,
            medium=self._parts.paper.medium(),
            latest="preview",
            on_done=self._show_paper,
        )

    def _draw(self, view: IntakeView) -> None:
        self._asked = False
        if view.item.code != self._values().item_code or self._parts.stage() != FILL:
            return
        self.view = view
        self.faults.take_standing(view.problems, view.advice)
        self._parts.show_view(view)
        self.tell_faults()
        self._preview_rest.start()
        self.drawn.emit()

    def _show_paper(self, pdf: bytes) -> None:
        if self._parts.stage() == FILL:
            self._papers.draw(pdf, SCREEN_DPI, self._parts.paper.show_pictures)

    def _rest(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer
