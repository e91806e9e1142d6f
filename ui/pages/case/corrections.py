"""Correcting what a form holds, with the reason; and answering what the county asks to be corrected."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desk.domain.fields import FieldDef
from desk.domain.workflow import STAY, Action
from desk.errors import DeskError, FieldsRefused
from desk.services import case_editing, conflicts
from desk.services.case_editing import Correctable
from desk.services.order_rows import OrderRow
from ui.pages.case.county_strip import CountyStrip
from ui.pages.case.side import Side
from ui.shell import Shell
from ui.undoing import say_done

WHY = FieldDef("why", "为什么更正", "note", required=True, max_length=300)
WHY_NOT = FieldDef("why", "为什么不改", "note", required=True, max_length=300)
CORRECT, DECLINE = "更正", "核对过，不改"


class Corrections(QObject):
    """One form at a time, beside the case; what is sent goes to the case it was opened for."""

    stale = Signal()
    """The case is no longer as it is shown."""

    def __init__(self, shell: Shell, side: Side, strip: CountyStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._side = shell, side
        self._case: UUID | None = None
        self._send: Callable[[dict[str, object]], None] | None = None
        side.correct_panel.sent.connect(self.send)
        side.correct_asked.connect(lambda: self.ask(""))
        strip.correct_asked.connect(self.ask)
        strip.decline_asked.connect(self._ask_why_not)
        strip.conflict.decided.connect(self._decide)

    def show(self, case_id: UUID | None) -> None:
        """The case shown now, None between two cases."""
        self._case = case_id

    def ask(self, key: str) -> None:
        """Open the form of all that may be corrected, or of one field."""
        if self._case is not None:
            self._shell.write(
                case_editing.correctable,
                on_done=partial(self._open, key),
                latest="correct",
                case_id=self._case,
            )

    def send(self) -> None:
        """The form was filled in."""
        if self._send is not None:
            self._side.correct_panel.show_problems(())
            self._send(dict(self._side.correct_panel.form.values()))

    def _open(self, key: str, found: Correctable) -> None:
        if found.case_id != self._case:
            return
        fields = [one for one in found.fields if one.key == key] or list(found.fields)
        if key:
            fields = [replace(one, when=None) for one in fields]
        self._send = partial(self._correct, found)
        self._side.correct(_form(CORRECT, *fields, WHY), found.values)

    def _ask_why_not(self, row: OrderRow) -> None:
        self._send = partial(self._decline, row)
        self._side.correct(_form(DECLINE, WHY_NOT), {})

    def _correct(self, found: Correctable, typed: dict[str, object]) -> None:
        why = str(typed.pop("why", "") or "")
        self._shell.write(
            case_editing.edit,
            on_done=lambda _: self._corrected(),
            on_refused=self._refused,
            case_id=found.case_id,
            version=found.version,
            fields=typed,
            why=why,
        )

    def _decline(self, row: OrderRow, typed: dict[str, object]) -> None:
        self._shell.write(
            case_editing.decline,
            on_done=lambda _: self._done("已答复，随下一包报给县里"),
            on_refused=self._refused,
            order_id=row.id,
            why=str(typed.get("why") or ""),
        )

    def _decide(self, conflict_id: object, choice: str) -> None:
        self._shell.write(
            conflicts.decide,
            on_done=lambda _: self._done("已定下来，随下一包报给县里"),
            on_refused=self._refused,
            conflict_id=conflict_id,
            choice=choice,
        )

    def _corrected(self) -> None:
        self._side.close_panel()
        say_done(self._shell, "已更正，记在“经过”里")
        self.stale.emit()

    def _done(self, said: str) -> None:
        self._side.close_panel()
        self._shell.notices.toast(said)
        self.stale.emit()

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, FieldsRefused) and self._side.correcting:
            self._side.correct_panel.show_problems(error.problems)
            return
        self._shell.cannot(error)
        self.stale.emit()


def _form(label: str, *fields: FieldDef) -> Action:
    return Action(key="correct", label=label, sources=(), target=STAY, asks=fields)
