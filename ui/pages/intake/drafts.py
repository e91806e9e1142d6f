"""Drafts: saved within two seconds of the last key, offered when something was left behind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk.services import drafts
from desk.services.views import DraftRow, IntakeValues
from ui.emptying import empty
from ui.shell import Shell
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.cards import label

SAVE_AFTER_MS = 1200
_OFFERED = 3


@dataclass(slots=True)
class _Draft:
    """One draft: `waiting` are values to save once the save under way is through."""

    id: int | None = None
    saving: bool = False
    unwanted: bool = False
    waiting: IntakeValues | None = None


class DraftKeeper(QObject):
    """Saves what `values` gives while something is unsaved; its timer stands still otherwise."""

    def __init__(
        self, shell: Shell, values: Callable[[], IntakeValues], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._values = values
        self._draft = _Draft()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save_now)

    @property
    def draft_id(self) -> int | None:
        """The id it is saved under; None before the first save."""
        return self._draft.id

    def touch(self) -> None:
        """Something was typed. A running timer runs on, so that a fast typist is saved, too."""
        if not self._timer.isActive():
            self._timer.start()

    def take_over(self, draft_id: int) -> None:
        """Go on under this id."""
        self._timer.stop()
        self._draft = _Draft(draft_id)

    def keep(self) -> None:
        """Save without waiting any longer; nobody will hear how it went."""
        values, draft = self._values(), self._draft
        unsaved = self._timer.isActive() or draft.waiting is not None
        self._timer.stop()
        if unsaved and values != IntakeValues():
            self._shell.write(drafts.save, draft_id=draft.id, values=values)

    def leave(self) -> None:
        """Another intake begins: save this one as it stands and begin a new draft."""
        if self._timer.isActive():
            self._save_now()
        self._draft = _Draft()

    def drop(self) -> None:
        """It has ended: the draft is not needed any more."""
        self._timer.stop()
        draft, self._draft = self._draft, _Draft()
        draft.unwanted = True
        draft.waiting = None
        if not draft.saving and draft.id is not None:
            self._shell.write(drafts.drop, draft_id=draft.id)

    def _save_now(self) -> None:
        self._timer.stop()
        values = self._values()
        if values != IntakeValues():
            self._save(self._draft, values)

    def _save(self, draft: _Draft, values: IntakeValues) -> None:
        if draft.saving:
            draft.waiting = values
            return
        draft.saving = True
        self._shell.write(
            drafts.save,
            draft_id=draft.id,
            values=values,
            on_done=lambda draft_id: self._saved(draft, draft_id),
            on_refused=lambda _error: self._not_saved(draft),
        )

    def _saved(self, draft: _Draft, draft_id: int) -> None:
        draft.saving, draft.id = False, draft_id
        if draft.unwanted:
            self._shell.write(drafts.drop, draft_id=draft_id)
        elif draft.waiting is not None:
            values, draft.waiting = draft.waiting, None
            self._save(draft, values)

    def _not_saved(self, draft: _Draft) -> None:
        draft.saving = False
        # The intake goes on; the clerk is told that it would not survive a power cut.
        self._shell.notices.toast("草稿没有存上，请尽快办完这一件；其他办件都在。")


class DraftOffer(QObject):
    """Reads what was left behind and offers it, all but the draft being typed."""

    taken_up = Signal(object)
    """The clerk goes on with that `DraftRow`."""

    def __init__(self, shell: Shell, strip: "LeftBehind", keeper: DraftKeeper) -> None:
        super().__init__(strip)
        self._shell = shell
        self._strip = strip
        self._keeper = keeper
        strip.taken_up.connect(self.taken_up)
        strip.thrown_away.connect(self._throw_away)

    def ask(self) -> None:
        """Look again what was left behind."""
        self._shell.read(drafts.left_behind, latest="drafts", on_done=self._show)

    def open(self, draft_id: int) -> None:
        """Go on with the draft of that id, if it is still there."""
        self._shell.read(drafts.left_behind, on_done=lambda rows: self._open(rows, draft_id))

    def _open(self, rows: Sequence[DraftRow], draft_id: int) -> None:
        for row in rows:
            if row.id == draft_id:
                self.taken_up.emit(row)

    def _show(self, rows: Sequence[DraftRow]) -> None:
        self._strip.show_drafts([row for row in rows if row.id != self._keeper.draft_id])

    def _throw_away(self, row: DraftRow) -> None:
        self._shell.write(drafts.drop, draft_id=row.id, on_done=lambda _none: self.ask())


class LeftBehind(QFrame):
    """One line for each draft that was left behind."""

    taken_up = Signal(object)
    """The clerk goes on with that `DraftRow`."""
    thrown_away = Signal(object)
    """The clerk does not want that `DraftRow`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "soon")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(px(14), px(6), px(8), px(6))
        self._box.setSpacing(px(2))
        self.hide()

    def show_drafts(self, rows: Sequence[DraftRow]) -> None:
        """Offer these drafts; none hides the strip."""
        empty(self._box)
        for row in rows[:_OFFERED]:
            self._box.addWidget(self._line(row))
        if len(rows) > _OFFERED:
            self._box.addWidget(label(f"另有 {len(rows) - _OFFERED} 件没有办完", "hint"))
        self.setVisible(bool(rows))

    def _line(self, row: DraftRow) -> QWidget:
        made = QWidget()
        box = QHBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        named = row.label.replace(" · ", " ") or "没写姓名"
        box.addWidget(label(f"上次没有办完：{named} {row.saved_at[11:16]}"))
        box.addStretch(1)
        box.addWidget(button("接着办", lambda: self.taken_up.emit(row), compact=True))
        box.addWidget(button("不要了", lambda: self.thrown_away.emit(row), role="quiet"))
        return made
