"""Settings of this seat; local, never in a package."""

from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from db.models import Setting
from desk.domain.canonical import Json
from desk.services import audit
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading


def get(office: Office, key: str, default: Any = None) -> Any:
    """The value kept under `key`, or the default."""
    with reading(office, "") as connection:
        return kept(connection, key, default)


def kept(connection: Connection, key: str, default: Any = None) -> Any:
    """The same, inside an operation."""
    row = connection.execute(select(Setting.value).where(Setting.key == key)).first()
    return default if row is None else row[0]


def put(office: Office, *, key: str, value: Json) -> Done[None]:
    """Keep a value; None forgets it."""

    def work(bench: Work) -> None:
        keep(bench.connection, key, value=value)
        audit.note(bench, "setting", key=key)
        bench.touch("settings")

    return perform(office, Operation.CHANGE_SETTING, work)


def keep(connection: Connection, key: str, *, value: Json) -> None:
    """The same, inside an operation."""
    connection.execute(delete(Setting).where(Setting.key == key))
    if value is not None:
        connection.execute(insert(Setting), {"key": key, "value": value})
