"""Many rows by one statement: each column's values are made ready at once, for SQLAlchemy's own way looks at every value anew."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary, Table
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.sql.dml import Update
from sqlalchemy.types import TypeEngine

Ready = Callable[[Any], Any] | None
PREPARED = "bianmin_prepared"
"""Where a connection keeps what was prepared on it; it goes with the connection."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement's text, which of the row's values stands at each of its places, and how these are made ready."""

    text: str
    names: tuple[str, ...]
    order: tuple[int, ...]
    ready: tuple[Ready, ...]


def write_rows(
    connection: Connection,
    what: Table | Update,
    names: tuple[str, ...],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Insert the rows into a table, or run a change once for each; `names` are what the rows hold, in their order.

    All that a change sets or asks for comes from the rows.

    Raises:
        DBAPIError: as from any other statement; and whatever the column types raise on a value that is none of theirs.
    """
    known = connection.info.setdefault(PREPARED, {})
    way: Prepared = known.get((what, names)) or _prepared(connection, what, names)
    known[what, names] = way
    columns = list(zip(*rows, strict=True))
    made = [_made(columns[at], ready) for at, ready in zip(way.order, way.ready, strict=True)]
    values: list[Any] = list(zip(*made, strict=True))
    if not connection.dialect.positional:
        values = [dict(zip(way.names, row, strict=True)) for row in values]
    connection.exec_driver_sql(way.text, values)


def _prepared(connection: Connection, what: Table | Update, names: tuple[str, ...]) -> Prepared:
    dialect = connection.dialect
    statement = what.insert() if isinstance(what, Table) else what
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
    places = tuple(compiled.positiontup or compiled.binds)
    ready = tuple(_ready(compiled.binds[name].type, dialect) for name in places)
    return Prepared(str(compiled), places, tuple(map(names.index, places)), ready)


def _ready(kind: TypeEngine[Any], dialect: Dialect) -> Ready:
    # Both drivers take bytes as they are; SQLAlchemy would wrap each in a view.
    if isinstance(kind, LargeBinary):
        return None
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _made(column: Iterable[Any], ready: Ready) -> Iterable[Any]:
    return column if ready is None else map(ready, column)
