"""Canonical JSON (RFC 8785) for what is hashed or signed; floats are not allowed."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"


# What goes round in a circle is noticed by its depth; looking for it in each object takes a quarter of the time.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
)
_PLAIN = frozenset((str, int, bool, type(None)))


def _no_number(text: str) -> Json:
    raise ValueError(f"{text} has no canonical form here")


def _named_in_ascii(value: dict[str, Json]) -> dict[str, Json]:
    if not "".join(value).isascii():
        raise ValueError("keys are ASCII strings")
    return value


_DECODER = json.JSONDecoder(
    object_hook=_named_in_ascii, parse_float=_no_number, parse_constant=_no_number
)


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
    if type(value) is not str:
        _refuse_floats(value)
    return _ENCODER.encode(value)


def read_canonical(text: str) -> Json:
    """The value of which `text` is the canonical form: nothing else reads without a word, doubled keys and floats neither.

    Raises:
        ValueError: it is not.
    """
    try:
        value: Json = _DECODER.decode(text)
        same = _ENCODER.encode(value) == text
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not same:
        raise ValueError("not canonical")
    return value


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
