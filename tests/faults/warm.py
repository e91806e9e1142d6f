"""Rounds made cheap in a process of fault tools, with nothing left out of what they try.

A statement is compiled once for all offices of the process, and the functions that are slow on purpose run at their least: each
round opens offices again and again, and no row of the plan asks how long that takes.
"""

import hashlib
from types import SimpleNamespace
from typing import Any

from desk.keyring import wrapping
from tests.compiled import compiled_once
from tests.faults.plants import everywhere

LEAST = SimpleNamespace(memory_kib=8, iterations=1, lanes=1)
"""Of Argon2id itself; the keyring's own floor is far above it, and stands in the key files as ever."""


def process() -> None:
    """This process, from now on."""
    compiled_once()
    quick_secrets()


def quick_secrets() -> None:
    """Passwords and the six words to read out cost next to nothing; what was sealed this way opens this way only."""
    slow_key, slow_words = wrapping.password_key, hashlib.scrypt

    def key(password: str, salt: bytes, _params: object) -> bytes:
        return slow_key(password, salt, LEAST)  # type: ignore[arg-type]

    def words(of: bytes, **told: Any) -> bytes:
        return slow_words(of, **{**told, "n": 2})

    everywhere("password_key", key, only=wrapping)
    vars(hashlib)["scrypt"] = words
