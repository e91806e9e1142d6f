"""Many rows in few statements: what an import inserts is gathered by table and written together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, cast

from sqlalchemy import Insert
from sqlalchemy.engine import Connection

from db.many_rows import write_rows
from desk.services.operation import Work

MOST: Final = 1_000
"""So many rows wait at most, that memory stays flat."""


class Gathered:
    """Stands for a connection: inserts wait, anything else is asked after what waits was written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: dict[tuple[Any, tuple[str, ...]], list[tuple[Any, ...]]] = {}
        self._count = 0

    def execute(self, statement: Any, parameters: Any = None, **options: Any) -> Any:
        """As `Connection.execute`; the insert of given rows has no result yet."""
        if not isinstance(statement, Insert) or not parameters:
            self.flush()
            return self._connection.execute(statement, parameters, **options)
        rows = parameters if isinstance(parameters, list) else [parameters]
        names = tuple(rows[0])
        kept = self._waiting.setdefault((statement.table, names), [])
        kept += [tuple([row[name] for name in names]) for row in rows]
        self._count += len(rows)
        if self._count >= MOST:
            self.flush()
        return None

    def flush(self) -> None:
        """Write what waits, the table first that was first asked for: what others name comes before them."""
        waiting, self._waiting, self._count = self._waiting, {}, 0
        for (table, names), rows in waiting.items():
            write_rows(self._connection, table, names, rows)


@contextmanager
def gathering(work: Work) -> Iterator[None]:
    """Within, what the operation inserts is gathered; when it ends well, all of it is written."""
    plain = work.connection
    gathered = Gathered(plain)
    work.connection = cast("Connection", gathered)
    try:
        yield
        gathered.flush()
    finally:
        work.connection = plain
