"""One store of compiled statements for all offices of a process: tests open thousands, and each would compile the same ones."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

from db.many_rows import PREPARED


class Compiled(MutableMapping[Any, Any]):
    """Compiled statements, found by the kind of a dialect instead of the one of an engine: all engines on files are set up alike."""

    def __init__(self) -> None:
        self.kept: dict[Any, Any] = {}

    def __getitem__(self, key: Any) -> Any:
        return self.kept[_of_any_engine(key)]

    def __setitem__(self, key: Any, made: Any) -> None:
        self.kept[_of_any_engine(key)] = made

    def __delitem__(self, key: Any) -> None:
        del self.kept[_of_any_engine(key)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)


def _of_any_engine(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return (type(key[0]), *key[1:])


def compiled_once() -> None:
    """For all files that are opened from now on; on a server each statement holds the seal of its own county."""
    compiled, prepared = Compiled(), dict[Any, Any]()

    def share(connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            vars(connection.engine)["_compiled_cache"] = compiled
            connection.info[PREPARED] = prepared

    event.listen(Engine, "engine_connect", share)
