"""Ends an intake: once, on the newest answer of the rules, and brings its paper out."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desk.changes import Changes
from desk.domain.workflow import Action
from desk.errors import DeskError, FieldsRefused, RecoveryUnproved
from desk.services import case_views, documents, intake
from desk.services.undoing import VOID
from desk.services.views import CaseDetail, Finished, IntakeValues
from ui.pages.intake.ends import verb
from ui.pages.intake.layout import IntakeLayout
from ui.pages.intake.live_view import LiveView
from ui.papers import PaperDesk
from ui.recovery_box import cannot_begin
from ui.shell import Shell
from ui.undoing import say_done


class Ending(QObject):
    """Knows the cases of this visit and the paper of the last one."""

    ended = Signal()
    """A case was made of what was typed."""
    taken_back = Signal()
    """That was undone while the clerk looked at it: he wants to mend what was typed."""

    def __init__(
        self,
        shell: Shell,
        parts: IntakeLayout,
        live: LiveView,
        papers: PaperDesk,
        values: Callable[[], IntakeValues],
        draft_id: Callable[[], int | None],
        taking: Callable[[], bool],
    ) -> None:
        super().__init__(parts)
        self._shell, self._parts, self._live, self._papers = shell, parts, live, papers
        self._values, self._draft_id, self._taking = values, draft_id, taking
        self._busy = False
        self._pressed = ""
        self._visit: list[UUID] = []
        self.finished: Finished | None = None
        parts.paper.ends.chosen.connect(self.press)
        live.drawn.connect(self._press_again)
        done = parts.done
        done.print_asked.connect(self.print_paper)
        done.save_asked.connect(self._save)
        done.combined.connect(self._combine)
        done.case_asked.connect(self._open_case)
        papers.said.connect(done.say_printed)
        shell.feed.changed.connect(lambda changes, _initiator: self._look_again(changes))

    def forget(self, *, visit: bool) -> None:
        """Another item begins; with `visit` another visitor."""
        self._pressed = ""
        self.finished = None
        if visit:
            self._visit.clear()

    def press(self, action: Action, asks: Mapping[str, object]) -> None:
        """The clerk chose this end with the facts it asked for."""
        if self._busy:
            return
        if self._taking():
            # A picture is on its way in: it belongs to this case.
            self._pressed = action.key
            self._shell.notices.toast("影像还在收，收好就接着办")
            return
        if self._live.stale:
            # The key was faster than the rules: look once more, so that the paper is the one now due.
            self._pressed = action.key
            self._live.ask()
            return
        self._busy = True
        self._shell.write(
            intake.finish,
            values=self._values(),
            end=action.key,
            asks=asks,
            draft_id=self._draft_id(),
            on_done=self._show,
            on_refused=self._refused,
        )

    def go_on(self, whole: bool) -> None:
        """Pictures are through, all of them (`whole`) or not: then the clerk is to see first what did not come in."""
        if not whole:
            self._pressed = ""
        elif self._pressed:
            self._live.ask()

    def print_paper(self) -> None:
        """Print the paper of the case just made."""
        if self.finished and self.finished.document:
            self._papers.print_out(self.finished.document, self._parts.paper.medium())

    def _press_again(self) -> None:
        wanted, self._pressed = self._pressed, ""
        if not wanted:
            return
        ends = self._parts.paper.ends
        action = next((end for end in ends.drawn() if end.key == wanted), None)
        if action is not None and (not action.asks or ends.panel.action == action):
            self.press(action, ends.panel.values() if action.asks else {})
        elif ends.drawn():
            now = verb(ends.drawn()[0])
            self._shell.notices.toast(f"刚填的内容改变了结果，现在是“{now}”，请看过再按。")

    def _refused(self, error: DeskError) -> None:
        self._busy = False
        if isinstance(error, FieldsRefused):
            self._live.refuse(error.problems)
        elif isinstance(error, RecoveryUnproved):
            cannot_begin(self._shell, error)
        else:
            self._shell.cannot(error)
            self._live.ask()

    def _show(self, finished: Finished) -> None:
        self._busy = False
        self.finished = finished
        self._visit.append(finished.case_id)
        self._parts.show_finished(finished, len(self._visit))
        if finished.document is not None:
            medium = self._parts.paper.medium()
            self._papers.hand_out(finished.document, medium, partial(self._say, finished))
            self._papers.show(finished.document, medium, self._parts.done.show_pictures)
        else:
            self._say(finished, printing=False)
        self.ended.emit()

    def _say(self, finished: Finished, printing: bool) -> None:
        said = f"{finished.said}　{finished.number}".strip()
        if printing:
            # What is on its way to a printer cannot be taken back.
            self._shell.notices.toast(said)
        else:
            say_done(self._shell, said)

    def _look_again(self, changes: Changes) -> None:
        """What became of the case since, and first of all how it stands."""
        if self.finished is not None and self.finished.case_id in changes.cases:
            self._shell.read(
                case_views.detail,
                case_id=self.finished.case_id,
                latest="finished",
                on_done=self._show_detail,
            )

    def _show_detail(self, detail: CaseDetail) -> None:
        if self.finished is None or detail.row.id != self.finished.case_id:
            return
        self._parts.done.show_detail(detail)
        if detail.row.state == VOID and self._parts.isVisible():
            self._visit.remove(detail.row.id)
            self.forget(visit=False)
            self.taken_back.emit()

    def _combine(self) -> None:
        self._shell.write(
            documents.combined,
            case_ids=tuple(self._visit),
            on_done=lambda document: self._papers.print_out(document, self._parts.paper.medium()),
        )

    def _save(self) -> None:
        if self.finished and self.finished.document:
            medium = self._parts.paper.medium()
            self._papers.save(self.finished.document, medium, self.finished.number)

    def _open_case(self) -> None:
        if self.finished:
            self._shell.go("case", case_id=self.finished.case_id)
