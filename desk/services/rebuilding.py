"""The rows that follow from the log made anew from it, when the log itself had to be mended."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, delete, text
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.engine import Connection
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from db.base import Base
from db.models import PROJECTED
from desk.services import projection
from desk.services.event_store import read_events

APPEND_ONLY = ("event", "issued_number")


def rebuild(connection: Connection) -> None:
    """Replay every event, in this transaction; a desk refuses none of its own, so all have rows."""
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    with append_only_lifted(connection):
        for model in reversed(PROJECTED):
            connection.execute(delete(model))
    for record in read_events(connection):
        projection.apply(connection, record)


def in_memory() -> Engine:
    """The tables of rows that follow from events, empty and in memory: to replay into."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: driver.connect(":memory:", check_same_thread=False),
        module=driver,
        poolclass=StaticPool,
        hide_parameters=True,
    )
    with engine.begin() as connection:
        for statement in _schema():
            connection.exec_driver_sql(statement)
    return engine


@cache
def _schema() -> tuple[str, ...]:
    """The statements that make those tables, in an order in which each finds what it points to."""
    tables = [model.__table__ for model in PROJECTED]
    ordered = [table for table in Base.metadata.sorted_tables if table in tables]
    indexes = [index for table in ordered for index in table.indexes]
    made: list[ExecutableDDLElement] = [*map(CreateTable, ordered), *map(CreateIndex, indexes)]
    return tuple(str(one.compile(dialect=SQLiteDialect())) for one in made)


@contextmanager
def append_only_lifted(connection: Connection) -> Iterator[None]:
    """For the one deed that may take events out of a desk's log; at a county there is none.

    The triggers come back before the transaction ends, and go back with it if it fails.
    """
    found = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (:a, :b)"),
        dict(zip("ab", APPEND_ONLY, strict=True)),
    ).all()
    for name, _sql in found:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in found:
        connection.exec_driver_sql(sql)
