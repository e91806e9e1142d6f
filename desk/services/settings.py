"""Settings of this seat; local, never in a package."""

from typing import Any

from sqlalchemy import delete, insert, select

from db.models import Setting
from desk.domain.canonical import Json
from desk.services.office import Office
from desk.services.operation import Done, Operation, Work, perform, reading


def get(office: Office, key: str, default: Any = None) -> Any:
    """The value kept under `key`, or the default."""
    with reading(office) as connection:
        row = connection.execute(select(Setting.value).where(Setting.key == key)).first()
    return default if row is None else row[0]


def put(office: Office, *, key: str, value: Json) -> Done[None]:
    """Keep a value; None forgets it."""

    def work(bench: Work) -> None:
        bench.connection.execute(delete(Setting).where(Setting.key == key))
        if value is not None:
            bench.connection.execute(insert(Setting), {"key": key, "value": value})
        bench.touch("settings")

    return perform(office, Operation.CHANGE_SETTING, work)
