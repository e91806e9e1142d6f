"""Rows of many events written together: a statement for each kind of row instead of one for each event."""

from collections import defaultdict
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, cast
from uuid import UUID

from sqlalchemy.engine import Connection
from sqlalchemy.sql.dml import Insert, Update

from db.many_rows import write_rows
from desk.services.case_projection import CHANGE_CASE
from desk.services.record_projection import CHANGE_RECORD

Row = Mapping[str, Any]
Shape = tuple[Any, tuple[str, ...]]

KEY_OF = ((CHANGE_CASE, "changed_case"), (CHANGE_RECORD, "changed_record"))
"""The changes of one row by its id that can wait, and the parameter that names the row."""
CHANGED = frozenset(change.table for change, _ in KEY_OF)
ASKS = "asks"
"""The execution option by which a statement says which tables it asks, all of them."""
TAKEN_AS_THEY_ARE = frozenset((str, bool, dict, UUID))
"""Of these, a column that takes one value takes any."""


class RowBatch:
    """Stands in for the connection while events are projected; `flush` writes what has gathered.

    New rows go first, then changes of rows; of one row only what it is in the end. That is the order of the events as far
    as any row can tell, for rows are found by their ids alone; whatever else a projection asks for is asked after a flush.
    No more than `most` new rows wait (None: any number). Rows handed over belong to the batch.
    """

    def __init__(self, connection: Connection, most: int | None = None) -> None:
        self._connection, self._most = connection, most
        self._begin()

    def _begin(self) -> None:
        self._count = 0
        self._new: dict[Shape, list[Row]] = defaultdict(list)
        self._born: dict[tuple[Any, UUID], dict[str, Any]] = {}
        self._changes: dict[tuple[Update, UUID], dict[str, Any]] = {}

    def execute(self, statement: Any, parameters: Any = None) -> Any:
        """Keep a new or changed row for later; anything else is done at once, on top of all that was kept.

        A statement with the option `asks` (the tables it asks) is put without that, where nothing for those is kept.
        """
        if isinstance(statement, Insert) and parameters is not None:
            for row in parameters if isinstance(parameters, list) else [parameters]:
                self._insert(statement.table, row)
            return None
        key = next((key for change, key in KEY_OF if change is statement), None)
        if key is not None:
            self._change(statement, key, parameters)
            return None
        if not self._holds_nothing_for(statement):
            self.flush()
        return self._connection.execute(statement, parameters)

    def _holds_nothing_for(self, statement: Any) -> bool:
        asked = statement.get_execution_options().get(ASKS)
        if asked is None:
            return False
        kept = {table for table, _ in self._new} | {change.table for change, _ in self._changes}
        return kept.isdisjoint(asked)

    def flush(self) -> None:
        """Write everything kept so far; an error leaves that to the savepoint around it."""
        new, changes = self._new, self._changes
        self._begin()
        for (table, names), rows in new.items():
            write_rows(self._connection, table, names, [tuple(row.values()) for row in rows])
        shapes: dict[Shape, list[Row]] = defaultdict(list)
        for (statement, _), row in changes.items():
            shapes[statement, tuple(sorted(row))].append(row)
        for (statement, names), rows in shapes.items():
            write_rows(self._connection, statement, names, map(itemgetter(*names), rows))

    def as_connection(self) -> Connection:
        """For the projections, which only ever execute."""
        return cast("Connection", self)

    def _insert(self, table: Any, row: Any) -> None:
        if table in CHANGED:
            if any((change, row["id"]) in self._changes for change, _ in KEY_OF):
                # Changed before it came into being: that changed nothing, and must go on doing so.
                self.flush()
            self._born[table, row["id"]] = row
        self._new[table, tuple(row)].append(row)
        self._count += 1
        if self._count == self._most:
            self.flush()

    def _change(self, statement: Update, key: str, row: Row) -> None:
        """Into the new row or the change of it that waits already."""
        row_id = row[key]
        told = {name: value for name, value in row.items() if name != key}
        for known in (
            self._born.get((statement.table, row_id)),
            self._changes.get((statement, row_id)),
        ):
            if known is not None and _takes(known, told):
                known.update(told)
                return
            if known is not None:
                self.flush()
        self._changes[statement, row_id] = dict(row)


def _takes(known: Row, told: Row) -> bool:
    """Whether nothing is lost with what stood there: a value that no column takes must still be found out."""
    return all(
        name == "version" or type(known[name]) is type(value) in TAKEN_AS_THEY_ARE
        for name, value in told.items()
        if name in known
    )
