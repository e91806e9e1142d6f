"""党组织: whose letters this hall prepares, and where receipts go back to."""

from collections.abc import Mapping

from PySide6.QtCore import Qt

from desk.errors import DeskError, FieldsRefused
from desk.services import party_body
from desk.words.problems import problem_text
from ui.shell import Shell
from ui.widgets.buttons import button
from ui.widgets.cards import Card, label
from ui.widgets.form_view import FormView

HINT = "办组织关系转接时，开信的党组织、基层党委和回执寄到哪里自动填好，当时还可以改。"


class PartyCard(Card):
    """Kept by its own button; what was typed and not kept stays until then."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("党组织", "填一次，以后自动带出")
        self.shell = shell
        self.form = FormView(columns=3)
        self.form.show_fields(party_body.FIELDS)
        self.save = button("保存", self._keep)
        self.save.setEnabled(False)
        self.form.changed.connect(lambda: self.save.setEnabled(True))
        self.body.addWidget(label(HINT, "hint", wrap=True))
        self.body.addWidget(self.form)
        self.body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignRight)

    def refresh(self) -> None:
        """Read what is kept, unless the clerk is in the middle of typing."""
        self.shell.read(party_body.read, on_done=self._show, latest="party")

    def _show(self, values: Mapping[str, str]) -> None:
        if not self.save.isEnabled():
            self.form.show_values(values)

    def _keep(self) -> None:
        self.form.show_problems({})
        self.shell.write(
            party_body.keep,
            values=self.form.values(),
            on_done=self._kept,
            on_refused=self._refused,
        )

    def _kept(self, _done: object) -> None:
        self.save.setEnabled(False)
        self.shell.notices.toast("已保存")
        self.refresh()

    def _refused(self, refused: DeskError) -> None:
        if not isinstance(refused, FieldsRefused):
            self.shell.cannot(refused)
            return
        told = {problem.field: problem_text(problem) for problem in refused.problems}
        self.form.show_problems(told)
        self.form.focus(next(iter(told)))
