"""Canonical JSON (RFC 8785) for what is hashed or signed; floats are not allowed."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_PLAIN = frozenset((str, int, bool, type(None)))


def _refuse_floats(value: object) -> None:
    # Every event passes here, and nearly all it holds is plain: exact types go first.
    if type(value) is list:
        pass
    elif type(value) is dict or isinstance(value, Mapping):
        # join itself refuses what is no string.
        if not "".join(value).isascii():
            raise TypeError("keys are ASCII strings")
        value = value.values()
    elif isinstance(value, float):
        raise TypeError("floats have no canonical form here; use an integer or a decimal string")
    elif isinstance(value, str) or not isinstance(value, Sequence):
        return
    for item in value:
        if type(item) not in _PLAIN:
            _refuse_floats(item)


def canonical(value: Json) -> bytes:
    """UTF-8 bytes of `value` as RFC 8785 lays down: keys sorted, no spaces, no escapes but the needed.

    ASCII keys only, so that sorting by code point is sorting by UTF-16 unit.

    Raises:
        TypeError: on a float, a non-ASCII key or a value JSON does not know.
    """
    return canonical_text(value).encode()


def canonical_text(value: Json) -> str:
    """The same before it is encoded; a lone surrogate passes here.

    Raises:
        TypeError: as `canonical`.
    """
    _refuse_floats(value)
    return _ENCODER.encode(value)


class Written(dict[str, Json]):
    """An object that has its canonical text with it, so that hashing and storing it do not write it again; never changed."""

    __slots__ = ("text",)

    def __init__(self, value: Mapping[str, Json], text: str) -> None:
        super().__init__(value)
        self.text = text


def written(value: Mapping[str, Json]) -> Written:
    """The same object with its canonical text.

    Raises:
        TypeError: as `canonical`.
    """
    return value if isinstance(value, Written) else Written(value, canonical_text(value))
