"""Doing what can be done about people on a register: an intake, a deed with its form, a higher tier."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desk.errors import ChangedMeanwhile, DeskError, FieldsRefused
from desk.services import roll_deeds
from desk.services.roll_views import RollRow, RollVerb
from ui.notices import Verb
from ui.pages.rolls.filters import RollFilters
from ui.pages.rolls.panel import RollPanel
from ui.shell import Shell
from ui.undoing import say_done


class RollDeeds(QObject):
    """One deed at a time, to the one shown at the right or to all of the list."""

    done = Signal()
    """Something was done, or others did something: the lists are to be read again."""

    def __init__(
        self,
        shell: Shell,
        filters: RollFilters,
        panel: RollPanel,
        rows: Callable[[], tuple[RollRow, ...]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._shell, self._filters, self._panel, self._rows = shell, filters, panel, rows
        self._busy = False
        panel.asked.connect(self.do)
        panel.form.sent.connect(self.send)

    def main(self) -> None:
        """F9: send the form that stands open, else do the first thing that can be done."""
        entry = self._panel.entry
        if self._panel.asking:
            self.send()
        elif entry is not None and entry.verbs:
            self.do(entry.verbs[0])

    def do(self, verb: RollVerb) -> None:
        """Go to the intake of an item, ask what a deed needs, or raise at once."""
        entry = self._panel.entry
        if entry is None:
            return
        match verb.kind:
            case "item":
                self._shell.go("intake", item_code=verb.key, person_id=entry.row.person_id)
            case "deed" if verb.deed is not None:
                self._panel.ask(verb.deed)
            case _:
                self._raise((entry.row,))

    def send(self) -> None:
        """The form of a deed was filled in."""
        entry, deed = self._panel.entry, self._panel.form.deed
        if self._busy or entry is None or deed is None or not self._panel.asking:
            return
        self._busy = True
        self._panel.form.form.show_problems({})
        self._shell.write(
            roll_deeds.do,
            on_done=lambda _: self._said(f"{entry.row.name}：{deed.label}，已记入名册"),
            on_refused=self._refused,
            register=self._filters.register.key,
            record_id=entry.row.record_id,
            version=entry.version,
            deed=deed.key,
            asks=self._panel.form.form.values(),
        )

    def ask_raise_all(self) -> None:
        """Raise everybody on the list, after a question."""
        rows = self._rows()
        self._shell.notices.ask(
            f"全部升档 {len(rows)} 人",
            "按县里的标准换成新档次，从名单上写的月份起发。每个人的名册都会记下这一步。",
            Verb("全部升档", lambda: self._raise(rows), "primary"),
            Verb("先不办"),
        )

    def _raise(self, rows: tuple[RollRow, ...]) -> None:
        if self._busy:
            return
        self._busy = True
        wanted = self._filters.wanted()
        self._shell.write(
            roll_deeds.raise_tier,
            on_done=lambda count: self._said(f"已升档 {count} 人"),
            on_refused=self._refused,
            register=wanted.register,
            record_ids=tuple(row.record_id for row in rows),
            month=wanted.month,
        )

    def _said(self, said: str) -> None:
        self._busy = False
        self._panel.close_form()
        say_done(self._shell, said)
        self.done.emit()

    def _refused(self, error: DeskError) -> None:
        self._busy = False
        if isinstance(error, FieldsRefused) and self._panel.asking:
            self._panel.form.show_problems(error.problems)
            return
        self._shell.cannot(error)
        if isinstance(error, ChangedMeanwhile):
            self._panel.close_form()
            self.done.emit()
