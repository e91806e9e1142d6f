"""Making a ledger of one's own from a department's table, and dropping one."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk.errors import DeskError, FieldsRefused
from desk.services import ledger_maps
from desk.services.ledger_book import BookRow
from desk.services.ledger_maps import RowsOf
from ui.notices import Verb
from ui.pages.ledgers.making import MakingCard
from ui.shell import Shell

TABLES = "部门的表 (*.xlsx *.csv)"


class OwnLedgers(QObject):
    """The form stands in the place of the ledger while it is filled in."""

    saved = Signal(str)
    """One was kept under this key, or ('') dropped."""

    def __init__(self, shell: Shell, card: QWidget, right: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._card, self._right = shell, card, right
        self.making = MakingCard(ledger_maps.choices(shell.office))
        for one in (card, self.making):
            right.addWidget(one)
        self.making.rows_chosen.connect(self._match)
        self.making.wanted.connect(self.save)
        self.making.left.connect(self.leave)

    @property
    def under_way(self) -> bool:
        """Whether the form is open."""
        return self._right.currentWidget() is self.making

    def start(self) -> None:
        """Ask for a department's table and read its headings."""
        path = self._shell.notices.choose_file("选部门的表", TABLES)
        if path is not None:
            self._shell.read(
                ledger_maps.headings_of,
                on_done=partial(self.begin, path),
                latest="headings",
                path=path,
            )

    def begin(self, path: Path, headings: tuple[str, ...]) -> None:
        """The headings of that table were read."""
        self.making.begin(path.stem, headings)
        self._right.setCurrentWidget(self.making)

    def leave(self) -> bool:
        """Close the form; whether it was open."""
        was = self.under_way
        self._right.setCurrentWidget(self._card)
        return was

    def save(self) -> None:
        """Keep what the form says."""
        rows = self.making.chosen_rows()
        if rows is None:
            self.making.rows.setFocus()
            return
        self._shell.write(
            ledger_maps.save_own,
            on_done=self._kept,
            on_refused=self._refused,
            title=self.making.name.text(),
            rows=rows,
            columns=self.making.columns(),
        )

    def ask_forget(self, book: BookRow) -> None:
        """Drop it after a question."""
        self._shell.notices.ask(
            f"删掉“{book.title}”",
            "只删这份台账的样子，写出去的文件和办件都不动。",
            Verb("删掉", partial(self.forget, book.key), "danger"),
            Verb("留着"),
        )

    def forget(self, key: str) -> None:
        """Drop it."""
        self._shell.write(ledger_maps.forget_own, on_done=lambda _: self.saved.emit(""), key=key)

    def _match(self, rows: RowsOf) -> None:
        self._shell.read(
            ledger_maps.match,
            on_done=self.making.show_match,
            latest="match",
            rows=rows,
            headings_read=self.making.headings,
        )

    def _kept(self, key: str) -> None:
        self.leave()
        self._shell.notices.toast("台账已保存，以后每月选它就行。")
        self.saved.emit(key)

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, FieldsRefused):
            self.making.show_problems(error.problems)
        else:
            self._shell.cannot(error)
