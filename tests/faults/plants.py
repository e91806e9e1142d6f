"""Bugs planted into a process of its own, to see that the tools find them; the product has no switch for any of them."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from db import engine
from desk import files
from desk.domain.numbering import Number
from desk.services import numbers, operation, reserve


def in_place() -> None:
    """Files are written where they stand."""

    def write_in_place(path: Path, data: bytes, **_: object) -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        for start in range(0, len(data), 4096):
            os.write(handle, data[start : start + 4096])
        os.fsync(handle)
        os.close(handle)

    everywhere("write_atomic", write_in_place)


def no_folder_sync() -> None:
    """The name of a new file is not made safe."""
    vars(files)["_sync_folder"] = lambda _folder: None


def no_sync() -> None:
    """The database does not wait for the disk."""
    engine.SETTINGS["synchronous"] = 0


def acknowledged_early() -> None:
    """Said before it is saved: an intake is taken back, and nobody is told."""

    def once(office: Any, what: Any, work: Any) -> Any:
        with office.writer.connect() as connection, connection.begin() as begun:
            bench = operation.Work(office, connection, office.clock.now(), office.actor)
            value = work(bench)
            bench.flush()
            changes = bench.changes()
            begun.rollback() if what is operation.Operation.INTAKE else begun.commit()
        return operation.Done(value, changes)

    vars(operation)["_once"] = once


def deaf() -> None:
    """Said to be saved, whatever the disk answered."""

    def once(office: Any, _operation: Any, work: Any) -> Any:
        with office.writer.connect() as connection, connection.begin() as begun:
            bench = operation.Work(office, connection, office.clock.now(), office.actor)
            value = work(bench)
            bench.flush()
            with suppress(DBAPIError):
                begun.commit()
        return operation.Done(value, bench.changes())

    vars(operation)["_once"] = once


def impatient() -> None:
    """What somebody else holds for a moment is given up at once."""
    vars(files)["PATIENCE_SECONDS"] = ()


def yesterday_forgotten() -> None:
    """Numbers are counted by the process, from one again on each day that begins."""
    last: list[Any] = [None, 0]
    real = numbers.take

    def take(bench: Any, series: str) -> Any:
        number = real(bench, series)
        last[:] = [
            number.day,
            last[1] + 1 if last[0] == number.day else number.serial // 1000 * 1000 + 1,
        ]
        return Number(series, number.community, number.window, number.day, last[1])

    everywhere("take", take, only=numbers)


def lock_by_name() -> None:
    """A lock that is a file, and stays when its holder is killed."""

    def lock(handle: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{handle}") + ".held")
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))

    vars(files)["_lock"] = lock


def number_apart() -> None:
    """The number is counted by the process, outside the transaction."""
    given: dict[str, int] = {}
    real = numbers.take

    def take(bench: Any, series: str) -> Any:
        number = real(bench, series)
        given[series] = max(given.get(series, 0), number.serial - 1) + 2
        return Number(series, number.community, number.window, number.day, given[series])

    everywhere("take", take, only=numbers)


def no_reserve() -> None:
    """Nothing was laid up for a full disk."""
    vars(reserve).update(dict.fromkeys(("release", "release_last"), lambda _paths: False))


def no_lock() -> None:
    """The folder's lock lets everybody in."""
    vars(files)["_lock"] = lambda _handle: None


def leak() -> None:
    """Each operation keeps a file open and two kilobytes in mind."""
    kept: list[object] = []
    real = operation._once

    def once(*told: Any) -> Any:
        kept.append((bytearray(2048), os.open(os.devnull, os.O_RDONLY)))
        return real(*told)

    vars(operation)["_once"] = once


def everywhere(name: str, other: Callable[..., Any], only: Any = files) -> None:
    """In every module of the program that took this function from where it stands."""
    import sys

    own = vars(only)[name]
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("desk.") and vars(module).get(name) is own:
            vars(module)[name] = other


PLANTS: Mapping[str, Callable[[], None]] = {
    plant.__name__: plant
    for plant in (
        *(in_place, no_folder_sync, no_sync, acknowledged_early),
        *(number_apart, no_reserve, deaf, impatient, yesterday_forgotten, lock_by_name),
        *(no_lock, leak),
    )
}
