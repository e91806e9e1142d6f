"""Bugs planted into a process of its own, to see that the tools find them; the product has no switch for any of them."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

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
    """Said before it is saved: what the writer did is taken back, and nobody is told."""

    def once(office: Any, _operation: Any, work: Any) -> Any:
        with office.writer.connect() as connection, connection.begin() as begun:
            bench = operation.Work(office, connection, office.clock.now(), office.actor)
            value = work(bench)
            bench.flush()
            changes = bench.changes()
            begun.rollback() if bench.now.microsecond % 4 == 0 else begun.commit()
        return operation.Done(value, changes)

    vars(operation)["_once"] = once


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
        *(number_apart, no_reserve),
        *(no_lock, leak),
    )
}
