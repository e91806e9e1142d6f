"""A table for each list of each register, made when it is first looked at."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.pages.rolls.columns import columns_of
from ui.pages.rolls.filters import RollFilters
from ui.widgets.data_table import DataTable, FilledTable
from ui.widgets.empty_state import EmptyState

NOBODY = "名单上没有人"


class RollTables(QStackedWidget):
    """Shows the list the filters name; each keeps the line chosen on it."""

    chosen = Signal(object)
    """The line of this key is the chosen one now."""
    opened = Signal()
    """The clerk wants to do the first thing about it."""
    more_wanted = Signal(object)
    """The clerk came near the end of what was read."""

    def __init__(self, filters: RollFilters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = filters
        self._made: dict[tuple[str, str], FilledTable] = {}

    def filled(self) -> FilledTable:
        """The table of the list that is shown."""
        register, shown = self._filters.register, self._filters.shown
        key = (register.key, shown.key)
        if key not in self._made:
            columns = columns_of(register, shown.kind)
            table = DataTable(columns, key=lambda row: row.id, name="名册")
            table.chosen.connect(self.chosen)
            table.opened.connect(lambda _key: self.opened.emit())
            table.rows.more_wanted.connect(self.more_wanted)
            self._made[key] = FilledTable(table, EmptyState(NOBODY, shown.empty))
            self.addWidget(self._made[key])
        return self._made[key]

    def show_list(self) -> None:
        """Bring that table to the front."""
        self.setCurrentWidget(self.filled())
