"""The set-up as a short wizard: hall, operator, recovery key; then the desk opens."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desk.clock import Clock
from desk.errors import DeskError, FieldsRefused, RecoveryKeyWrong
from desk.paths import OfficePaths
from desk.services import setup
from desk.services.rules import Rules
from desk.services.setup import Created
from desk.words.errors import words
from ui.notices import Banner, Notices
from ui.pages.setup.hall_step import HallStep
from ui.pages.setup.operator_step import OperatorStep
from ui.pages.setup.recovery_step import RecoveryStep
from ui.pages.setup.sheet_out import SheetOut
from ui.pages.setup.steps import Step, centred_card
from ui.tasks import Run


class SetupPage(QWidget):
    """Holds the new office until its recovery key was typed back."""

    made = Signal(object)
    """The new `Office`, open from now on, its recovery key not yet proved."""
    finished = Signal(object)
    """The same `Office`, ready to work in."""

    def __init__(
        self, paths: OfficePaths, clock: Clock, rules: Rules, run: Run, notices: Notices
    ) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._paths, self._clock, self._rules = paths, clock, rules
        self._run, self._notices = run, notices
        self._created: Created | None = None
        self.banner = Banner()
        self.hall = HallStep(setup.counties(rules.catalog))
        self.operator = OperatorStep()
        self.recovery = RecoveryStep()
        self.step: Step = self.hall
        self.hall.onward.connect(self._hall_done)
        self.operator.onward.connect(self._operator_done)
        self.recovery.onward.connect(self._recovery_done)
        self.sheet = SheetOut(self, self.recovery, run, notices, self._say)
        QShortcut(QKeySequence("F9"), self, self._press)
        self._lay_out()
        self.setFocusProxy(self.hall.form)

    def _hall_done(self) -> None:
        self.banner.clear()
        problems = setup.check_profile(self.hall.profile())
        self.hall.show_problems(problems)
        if not problems:
            self.show_step(self.operator)

    def _operator_done(self) -> None:
        self.banner.clear()
        step, profile = self.operator, self.hall.profile()
        problems = (
            *setup.check_operator(step.name, step.password, profile, self._rules.catalog),
            *step.own_problems(),
        )
        step.show_problems(problems)
        if problems:
            return
        step.set_busy(True, "正在建立，约一两秒")
        name, password = step.name, step.password

        def work() -> Created:
            return setup.create_office(
                self._paths,
                profile=profile,
                operator_name=name,
                password=password,
                clock=self._clock,
                rules=self._rules,
            )

        self._run(work, on_done=self._made, on_refused=self._not_made)

    def _made(self, created: Created) -> None:
        self._created = created
        self.made.emit(created.office)
        self.operator.set_busy(False)
        self.operator.forget()
        self.sheet.hold(created.office, created.recovery_key)
        self.show_step(self.recovery)

    def _not_made(self, error: DeskError) -> None:
        self.operator.set_busy(False)
        if isinstance(error, FieldsRefused):
            self.operator.show_problems(error.problems)
        else:
            self._say(error)

    def _recovery_done(self) -> None:
        self.banner.clear()
        if not self.recovery.typing:
            self.recovery.ask_back()
            return
        typed = self.recovery.typed()
        self.recovery.set_busy(True, "正在核对")
        self._run(
            lambda: setup.prove_recovery(self._paths, typed=typed),
            on_done=self._proved,
            on_refused=self._not_proved,
        )

    def _proved(self, _done: object) -> None:
        if self._created is not None:
            self.finished.emit(self._created.office)

    def _not_proved(self, error: DeskError) -> None:
        self.recovery.set_busy(False)
        if isinstance(error, RecoveryKeyWrong):
            said = words(error)
            self.recovery.wrong_group(error.group, f"{said.title}。{said.text}")
        else:
            self._say(error)

    def _say(self, error: DeskError) -> None:
        said = words(error)
        self._notices.banner(self.banner, said.title, said.text)

    def show_step(self, step: Step) -> None:
        """Show one of the steps; the hidden ones take no room."""
        for one in (self.hall, self.operator, self.recovery):
            one.setVisible(one is step)
        self.step = step
        if step is self.operator:
            self.operator.cells["operator_name"].editor.input.setFocus()
        else:
            step.button.setFocus()

    def _press(self) -> None:
        if self.step.button.isEnabled():
            self.step.onward.emit()

    def _lay_out(self) -> None:
        card = centred_card(self)
        card.body.addWidget(self.banner)
        for step in (self.hall, self.operator, self.recovery):
            card.body.addWidget(step)
            step.setVisible(step is self.step)
