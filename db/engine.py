"""Opening the encrypted file: one SQLite library, its safety settings, and who may write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.pool import QueuePool

APPLICATION_ID = 0x42_4D_51_54
OLDEST_SQLITE = (3, 51, 3)
"""Below this the WAL-reset fault can lose committed rows (sqlite.org/wal.html#walresetbug)."""

ONLY_READS = "readonly database"
"""How the driver says that what a connection opened cannot be written."""

Mode = Literal["write", "read"]

SETTINGS: dict[str, object] = {
    "journal_mode": "wal",
    "synchronous": 3,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "temp_store": 2,
    "mmap_size": 0,
    # A page of a long list walks more than SQLite's usual 2 MB of an index.
    "cache_size": -8000,
    "wal_autocheckpoint": 1000,
}


class KeyDoesNotOpen(Exception):
    """The file is not a database under this key: wrong key, damage or something else altogether."""


class UnsafeLibrary(Exception):
    """The SQLite library or a setting it refused would not keep the promises made."""


def connect(path: Path, key: bytes, *, create: bool = False) -> Any:
    """A raw driver connection to the encrypted file with every setting made and read back.

    Raises:
        KeyDoesNotOpen: wrong key, not a database, or no file.
        driver.OperationalError: the disk does not open a file that is there.
        UnsafeLibrary: the library is too old or does not take a setting.
    """
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise UnsafeLibrary(driver.sqlite_version)
    _as_they_are()
    flag = "rwc" if create else "rw"
    try:
        connection = driver.connect(
            f"{path.absolute().as_uri()}?mode={flag}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
    except driver.OperationalError as error:
        if path.is_file():
            raise
        raise KeyDoesNotOpen(str(path)) from error
    try:
        _prepare(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


def _as_they_are() -> None:
    """Bytes, nothing, yes and no go to the file as they are.

    The driver asks of each such value anew whether somebody adapts it: unanswered, that takes three times as long as
    binding the value does.
    """
    for kind, same in ((bytes, bytes), (type(None), {}.get), (bool, int)):
        driver.register_adapter(kind, same)


def _prepare(connection: Any, key: bytes) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.OperationalError:
        # What the disk says (full, failing, in use), not the file.
        raise
    except driver.DatabaseError as error:
        raise KeyDoesNotOpen(type(error).__name__) from error
    for name, wanted in SETTINGS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        got = connection.execute(f"PRAGMA {name}").fetchone()
        if got is not None and got[0] != wanted:
            raise UnsafeLibrary(f"{name} is {got[0]}, wanted {wanted}")


def open_engine(path: Path, key: bytes, mode: Mode, *, create: bool = False) -> Engine:
    """An engine with one pooled connection for the writer, two for readers.

    A writer's transaction begins IMMEDIATE, so that it never waits in the middle. Statement parameters are kept out of
    error texts: they hold residents' data.
    """
    begin = "BEGIN IMMEDIATE" if mode == "write" else "BEGIN"
    engine = create_engine(
        "sqlite://",
        creator=_creator(path, key, mode, create),
        module=driver,
        poolclass=QueuePool,
        pool_size=1 if mode == "write" else 2,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begins_with(begin))
    event.listen(engine, "handle_error", _replaced_if_it_only_reads)
    return engine


def _creator(path: Path, key: bytes, mode: Mode, create: bool) -> Callable[[], Any]:
    def make() -> Any:
        connection = connect(path, key, create=create)
        if mode == "read":
            connection.execute("PRAGMA query_only = 1")
        return connection

    return make


def _begins_with(statement: str) -> Callable[[Connection], None]:
    # The driver is in autocommit; SQLAlchemy's own BEGIN would leave DDL outside the transaction on this Python.
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin


def _replaced_if_it_only_reads(error: ExceptionContext) -> None:
    """A disk that refuses the log once, as it is opened to write, leaves SQLite with one to read, for as long as the connection lives."""
    if ONLY_READS in str(error.original_exception):
        error.is_disconnect = True
