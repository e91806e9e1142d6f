"""Doing what is asked of a case: its form, its question, the act itself and what was refused."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desk.domain.workflow import Action
from desk.errors import ActionNotAllowed, ChangedMeanwhile, DeskError, FieldsRefused
from desk.services import cases
from desk.services.second_person import Approval
from desk.services.views import CaseDetail, Finished
from ui.pages.case.side import Side
from ui.second_person import ask_consent
from ui.shell import Shell
from ui.undoing import say_done
from ui.widgets.checklist_model import as_asked


class Deeds(QObject):
    """One deed at a time; nothing is done to a case that is not the one shown."""

    acted = Signal(object)
    """An action is done; its `Finished`."""
    stale = Signal()
    """The case is no longer as it is shown."""

    def __init__(self, shell: Shell, side: Side, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._side = side
        self._detail: CaseDetail | None = None
        self._busy = False
        side.ask_panel.sent.connect(self.send)

    def show(self, detail: CaseDetail | None) -> None:
        """The case shown now, None between two cases."""
        self._detail = detail
        self._busy = self._busy and detail is not None

    def ask(self, action: Action) -> None:
        """Press of an action: its form first, its question first, or at once."""
        if self._busy:
            return
        if action.asks:
            begun = self._detail.begun.get(action.key, {}) if self._detail else {}
            self._side.ask(action, begun)
        else:
            self._confirm(action, {})

    def send(self) -> None:
        """The form of an action was filled in."""
        panel = self._side.ask_panel
        if panel.action is not None:
            panel.form.show_problems({})
            self._confirm(panel.action, panel.form.values())

    def bring(self, keys: tuple[str, ...]) -> None:
        """Papers of these keys came now, as they are asked for."""
        if self._busy or self._detail is None:
            return
        item = self._shell.office.catalog.items.get(self._detail.row.item_code)
        known = item.materials if item else ()
        brought = tuple(as_asked(one) for one in known if one.key in keys)
        self._busy = True
        self._shell.write(
            cases.bring_materials,
            on_done=lambda _: self._brought(len(brought)),
            on_refused=self._refused,
            case_id=self._detail.row.id,
            version=self._detail.version,
            handed_in=brought,
        )

    def _confirm(self, action: Action, asks: Mapping[str, object]) -> None:
        if not action.second_person:
            self._act(action, asks)
            return
        ask_consent(
            self._shell,
            f"{action.label}：要第二个人同意",
            lambda approval: self._act(action, asks, approval),
        )

    def _act(
        self, action: Action, asks: Mapping[str, object], approval: Approval | None = None
    ) -> None:
        if self._busy or self._detail is None:
            return
        self._busy = True
        self._shell.write(
            cases.act,
            on_done=self._acted,
            on_refused=self._refused,
            case_id=self._detail.row.id,
            version=self._detail.version,
            action=action.key,
            asks=dict(asks),
            approved_by=approval,
        )

    def _acted(self, finished: Finished) -> None:
        self._busy = False
        self.acted.emit(finished)

    def _brought(self, count: int) -> None:
        self._busy = False
        say_done(self._shell, f"已登记补交 {count} 份材料")

    def _refused(self, error: DeskError) -> None:
        self._busy = False
        if isinstance(error, FieldsRefused) and self._side.asking:
            self._side.ask_panel.show_problems(error.problems)
            return
        self._shell.cannot(error)
        if isinstance(error, ChangedMeanwhile | ActionNotAllowed):
            self.stale.emit()
