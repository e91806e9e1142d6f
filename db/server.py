"""A PostgreSQL database in place of the encrypted file: opened with every promise asked for, and who may write."""

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from db.base import SEAL
from db.engine import Mode
from db.sealing import Seal

DRIVER = "postgresql+psycopg"
ASKED = "SELECT current_setting('server_encoding'), 'B' < 'a' AND '1-2' < '11'"
"""Dates, numbers and ids are compared as texts, so a server has to compare as SQLite does, byte by byte; no language does."""
LOCK_WAIT = "60s"
"""How long a lock may be waited for: as long as another receiver may take over one package."""


class ServerUnfit(Exception):
    """Nothing can be kept there; `why` is address, driver, encoding or order."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def address(text: str) -> URL:
    """The address of a database.

    Raises:
        ServerUnfit: it is none of PostgreSQL by the driver the program brings.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ServerUnfit("address") from error
    if url.drivername != DRIVER or not url.database:
        raise ServerUnfit("address")
    return url


def open_server(text: str, key: bytes, mode: Mode) -> Engine:
    """An engine on the database at that address, secrets sealed under the office's data key.

    A reader holds one view of the whole database while it looks. Parameters are kept out of error texts: they hold
    residents' data.

    Raises:
        ServerUnfit: no such driver here, or the database does not keep to UTF-8 and byte order.
        OperationalError: the server does not answer or does not let in.
    """
    try:
        engine = create_engine(
            address(text),
            pool_size=1 if mode == "write" else 2,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
            isolation_level="READ COMMITTED" if mode == "write" else "REPEATABLE READ",
            connect_args={
                "connect_timeout": 10,
                "application_name": "bianmin",
                "options": f"-c lock_timeout={LOCK_WAIT} -c client_encoding=UTF8",
            },
        )
    except ModuleNotFoundError as error:
        raise ServerUnfit("driver") from error
    setattr(engine.dialect, SEAL, Seal(key))
    if mode == "read":
        event.listen(engine, "begin", _reads_only)
    try:
        _refuse_unfit(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _reads_only(connection: Any) -> None:
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _refuse_unfit(engine: Engine) -> None:
    with engine.connect() as connection:
        encoding, by_bytes = connection.exec_driver_sql(ASKED).one()
    if encoding != "UTF8":
        raise ServerUnfit("encoding")
    if not by_bytes:
        raise ServerUnfit("order")
