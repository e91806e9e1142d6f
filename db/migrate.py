"""Bringing a file or a server's database to this program's schema, all steps in one transaction; a newer one is left untouched."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect
from sqlalchemy.engine import Connection

from db.engine import APPLICATION_ID

HEAD = 1
"""The schema number of this program: the count of steps in migrations/versions."""
ONE_AT_A_TIME = 0x42_4D_51_54
"""The advisory lock of whoever brings a server's database forward."""


class SchemaNewer(Exception):
    """The file was written by a newer program."""


def version_of(connection: Connection) -> int:
    """The schema number the file or database carries; 0 for an empty one.

    A file says it in its header, so that it can be refused before the first read of a table; a server in Alembic's table.
    """
    if connection.dialect.name == "sqlite":
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if not inspect(connection).has_table("alembic_version"):
        return 0
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return int(found or 0)


def is_current(engine: Engine) -> bool:
    """Whether the file has this program's schema.

    Raises:
        SchemaNewer: the file is ahead; nothing was written.
    """
    with engine.connect() as connection:
        found = version_of(connection)
    if found > HEAD:
        raise SchemaNewer(str(found))
    return found == HEAD


def apply(engine: Engine) -> None:
    """Run the steps that are missing, in one transaction with the schema number.

    Raises:
        SchemaNewer: the file is ahead; nothing was written.
    """
    if is_current(engine):
        return
    # Alembic costs 250 ms and 35 MB to import, so only a file that is behind pays for it.
    from alembic import command

    with engine.begin() as connection:
        _alone(connection)
        command.upgrade(config(connection), "head")
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {HEAD}")


def _alone(connection: Connection) -> None:
    """Several programs may open one server's database at once; a file is locked by the transaction itself."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")


def config(connection: Connection | None) -> Any:
    """Alembic's settings for one connection; no ini file, no logging."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.attributes["connection"] = connection
    return settings
