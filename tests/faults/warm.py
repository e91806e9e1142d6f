"""Rounds made cheap in a process of fault tools, with nothing left out of what they try.

A statement is compiled once for all offices of the process, and the functions that are slow on purpose run at their least: each
round opens offices again and again, and no row of the plan asks how long that takes.
"""

import hashlib
from collections.abc import Iterator, MutableMapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

from desk.keyring import wrapping
from tests.faults.plants import everywhere

LEAST = SimpleNamespace(memory_kib=8, iterations=1, lanes=1)
"""Of Argon2id itself; the keyring's own floor is far above it, and stands in the key files as ever."""


class Compiled(MutableMapping[Any, Any]):
    """Compiled statements, found by the kind of a dialect instead of the one of an engine: all engines are set up alike."""

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


def process() -> None:
    """This process, from now on."""
    compiled_once()
    quick_secrets()


def compiled_once() -> None:
    """One store of compiled statements for all engines that connect from now on."""
    compiled = Compiled()

    def share(connection: Connection) -> None:
        vars(connection.engine)["_compiled_cache"] = compiled

    event.listen(Engine, "engine_connect", share)


def quick_secrets() -> None:
    """Passwords and the six words to read out cost next to nothing; what was sealed this way opens this way only."""
    slow_key, slow_words = wrapping.password_key, hashlib.scrypt

    def key(password: str, salt: bytes, _params: object) -> bytes:
        return slow_key(password, salt, LEAST)  # type: ignore[arg-type]

    def words(of: bytes, **told: Any) -> bytes:
        return slow_words(of, **{**told, "n": 2})

    everywhere("password_key", key, only=wrapping)
    vars(hashlib)["scrypt"] = words
