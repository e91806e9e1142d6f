"""Bringing a file to this program's schema, all steps in one transaction; a newer file is left untouched."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from db.engine import APPLICATION_ID

HEAD = 1
"""The schema number of this program: the count of steps in migrations/versions."""


class SchemaNewer(Exception):
    """The file was written by a newer program."""


def version_of(connection: Connection) -> int:
    """The schema number the file carries; 0 for an empty one."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


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
        command.upgrade(config(connection), "head")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {HEAD}")


def config(connection: Connection | None) -> Any:
    """Alembic's settings for one connection; no ini file, no logging."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.attributes["connection"] = connection
    return settings
