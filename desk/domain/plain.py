"""Frozen dataclasses to plain JSON values and back, so that events and drafts can carry them."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")
NOTHING: tuple[Any, ...] = ((), "", None)
_PLAIN = frozenset((str, int, bool, type(None)))


def to_plain(value: Any) -> Any:
    """Plain JSON of a dataclass: dates as ISO text, ids as hex, tuples as lists, defaults left out."""
    # Every event passes here, and nearly all it holds is plain.
    if type(value) in _PLAIN:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        plain = {}
        for part in _parts(type(value)):
            inner = getattr(value, part.name)
            # What `from_plain` finds by itself; what was emptied on purpose is told where the default is not.
            if inner not in NOTHING if part.default is MISSING else inner != part.default:
                plain[part.name] = to_plain(inner)
        return plain
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: to_plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [to_plain(inner) for inner in value]
    return value


def from_plain(shape: type[T], data: Mapping[str, Any]) -> T:
    """The dataclass that `to_plain` was given; what was left out takes its default, or is empty.

    Raises:
        TypeError, ValueError, KeyError: the data does not fit the shape.
    """
    hints = _hints(cast("Any", shape))
    values = {name: _read(hints[name], inner) for name, inner in data.items() if name in hints}
    for part in fields(shape):  # type: ignore[arg-type]
        if part.name not in values and _is_required(part):
            values[part.name] = _empty(hints[part.name])
    return shape(**values)


@cache
def _parts(shape: Any) -> tuple[Any, ...]:
    return fields(shape)


@cache
def _hints(shape: Any) -> dict[str, Any]:
    return get_type_hints(shape)


def _is_required(part: Any) -> bool:
    return part.default is MISSING and part.default_factory is MISSING


def _empty(hint: Any) -> Any:
    origin = get_origin(hint)
    if origin is tuple:
        return ()
    if origin in (Union, types.UnionType) and type(None) in get_args(hint):
        return None
    return "" if hint is str else hint()


def _read(hint: Any, data: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        return _read(next(arm for arm in get_args(hint) if arm is not type(None)), data)
    if origin is tuple:
        return tuple(_read(get_args(hint)[0], inner) for inner in data)
    if origin is Literal or hint is Any or origin is not None:
        return data
    return _read_plain(hint, data)


def _read_plain(hint: Any, data: Any) -> Any:
    if is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, data)
    if hint is UUID:
        return UUID(hex=data)
    if hint is datetime or hint is date:
        return hint.fromisoformat(data)
    return data
