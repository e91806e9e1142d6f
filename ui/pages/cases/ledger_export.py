"""The button that writes the listed cases as a ledger, in any kind of file."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desk.services import ledger_book
from desk.services.ledger_rows import ALL
from desk.services.views import CaseFilter
from ui.shell import Shell
from ui.table_export import KINDS, Order, TableExport
from ui.widgets.buttons import button


class LedgerExport:
    """The button with its menu; `files` writes."""

    def __init__(self, shell: Shell, wanted: Callable[[], CaseFilter], parent: QWidget) -> None:
        self._wanted = wanted
        self.files = TableExport(shell, self._order, parent)
        self.button: QPushButton = button("导出台账 ▾")
        self.menu = QMenu(self.button)
        for kind, known in KINDS.items():
            self.menu.addAction(known.text, partial(self.files.start, kind))
        self.menu.addSeparator()
        self.menu.addAction("导入旧台账…", lambda: shell.go("importing", kind="cases"))
        self.menu.addAction("导入部门办理结果…", lambda: shell.go("importing", kind="statuses"))
        self.button.setMenu(self.menu)
        self.files.busy.connect(self.button.setDisabled)

    def _order(self) -> Order:
        return Order(
            verb=ledger_book.write,
            facts={"key": ledger_book.DAY_BOOK, "span": ALL, "listed": self._wanted()},
            name="办件台账",
            count=lambda written: int(written.rows),
        )
