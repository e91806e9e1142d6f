"""Rows of many events written together: a statement for each kind of row instead of one for each event."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy.engine import Connection
from sqlalchemy.sql.dml import Insert, Update

from db.many_rows import write_rows
from desk.services.case_projection import CHANGE_CASE
from desk.services.record_projection import CHANGE_RECORD

Row = Mapping[str, Any]
Shape = tuple[Any, tuple[str, ...]]

KEY_OF = ((CHANGE_CASE, "changed_case"), (CHANGE_RECORD, "changed_record"))
"""The changes of one row by its id that can wait, and the parameter that names the row."""


class RowBatch:
    """Stands in for the connection while events are projected; `flush` writes what has gathered.

    New rows go first, then changes of rows, those of one row in their order. That is the order of the events as far as any
    row can tell, for rows are found by their ids alone; whatever else a projection asks for is asked after a flush.
    No more than `most` new rows wait (None: any number).
    """

    def __init__(self, connection: Connection, most: int | None = None) -> None:
        self._connection, self._most = connection, most
        self._count = 0
        self._new: dict[Shape, list[Row]] = defaultdict(list)
        self._changes: list[dict[Any, tuple[Update, Row]]] = []

    def execute(self, statement: Any, parameters: Any = None) -> Any:
        """Keep a new or changed row for later; anything else is done at once, on top of all that was kept."""
        if isinstance(statement, Insert) and parameters is not None:
            for row in parameters if isinstance(parameters, list) else [parameters]:
                self._insert(statement, row)
            return None
        key = next((key for change, key in KEY_OF if change is statement), None)
        if key is not None:
            self._change(statement, parameters[key], parameters)
            return None
        self.flush()
        return self._connection.execute(statement, parameters)

    def flush(self) -> None:
        """Write everything kept so far; an error leaves that to the savepoint around it."""
        new, self._new, self._count = self._new, defaultdict(list), 0
        changes, self._changes = self._changes, []
        for (table, names), rows in new.items():
            write_rows(self._connection, table, names, [tuple(row.values()) for row in rows])
        for layer in changes:
            shapes: dict[Shape, list[Row]] = defaultdict(list)
            for statement, row in layer.values():
                shapes[statement, tuple(row)].append(row)
            for (statement, names), rows in shapes.items():
                values = [tuple(row.values()) for row in rows]
                write_rows(self._connection, statement, names, values)

    def as_connection(self) -> Connection:
        """For the projections, which only ever execute."""
        return cast("Connection", self)

    def _insert(self, statement: Insert, row: Row) -> None:
        if self._changes and row.get("id") in self._changes[0]:
            # Changed before it came into being: that changed nothing, and must go on doing so.
            self.flush()
        self._new[statement.table, tuple(row)].append(row)
        self._count += 1
        if self._count == self._most:
            self.flush()

    def _change(self, statement: Update, row_id: Any, row: Row) -> None:
        """Into the first layer that has no change of this row yet."""
        for layer in self._changes:
            if row_id not in layer:
                layer[row_id] = (statement, row)
                return
        self._changes.append({row_id: (statement, row)})
