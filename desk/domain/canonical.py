"""Canonical JSON (RFC 8785) for what is hashed or signed; floats are not allowed."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"


_PLAIN = (str, int, bool, type(None))


def _refuse_floats(value: object) -> None:
    # Every event passes here, so the plain leaves go first.
    if type(value) in _PLAIN:
        return
    if isinstance(value, float):
        raise TypeError("floats have no canonical form here; use an integer or a decimal string")
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise TypeError(f"keys are ASCII strings, not {key!r}")
            _refuse_floats(item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            _refuse_floats(item)


def canonical(value: Json) -> bytes:
    """UTF-8 bytes of `value` as RFC 8785 lays down: keys sorted, no spaces, no escapes but the needed.

    ASCII keys only, so that sorting by code point is sorting by UTF-16 unit.

    Raises:
        TypeError: on a float, a non-ASCII key or a value JSON does not know.
    """
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
