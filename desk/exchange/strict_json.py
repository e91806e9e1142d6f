"""JSON from outside: taken only in its one canonical form, each value only in its one shape."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from desk.domain.canonical import Written, read_canonical

Body = Mapping[str, Any]

# Beyond this, numbers have no canonical form that other languages keep (RFC 8785 on IEEE 754 doubles).
LARGEST = 2**53 - 1
NODE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
SITE = re.compile(r"[0-9]{12}")


def read_body(data: bytes, most: int) -> Body:
    """The object in `data`, at most `most` bytes, if these are exactly its canonical form (RFC 8785).

    So there are no doubled keys, no floats, no second spelling of the same content to sign.

    Raises:
        ValueError: anything else.
    """
    if len(data) > most:
        raise ValueError("too long")
    return read_written(data.decode())


def read_written(text: str) -> Written:
    """The object of which `text` is the canonical form, with that text.

    Raises:
        ValueError: anything else.
    """
    value = read_canonical(text)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return Written(value, text)


def exactly(body: Body, names: Collection[str]) -> Body:
    """The same body.

    Raises:
        ValueError: a key is missing or there is another one.
    """
    if not isinstance(body, dict) or body.keys() != set(names):
        raise ValueError("other keys than these")
    return body


def text(body: Body, name: str, most: int = 200, least: int = 0) -> str:
    """A text without control characters, direction marks or unassigned code points.

    Raises:
        ValueError: it is none, or too long.
    """
    value = body[name]
    if not isinstance(value, str) or not least <= len(value) <= most:
        raise ValueError(f"{name}: a text of {least} to {most} characters is needed")
    # Nearly all of them are ids and hashes: for ASCII one look at the whole says it.
    plain = value.isascii() and value.isprintable()
    if not plain and any(unicodedata.category(sign).startswith("C") for sign in value):
        raise ValueError(f"{name}: control characters")
    return value


def matching(body: Body, name: str, pattern: re.Pattern[str]) -> str:
    """A text of this pattern.

    Raises:
        ValueError: it does not fit.
    """
    value = text(body, name)
    if not pattern.fullmatch(value):
        raise ValueError(f"{name}: does not fit")
    return value


def one_of(body: Body, name: str, allowed: Collection[str]) -> str:
    """One of these texts.

    Raises:
        ValueError: it is none of them.
    """
    value = text(body, name)
    if value not in allowed:
        raise ValueError(f"{name}: unknown")
    return value


def number(body: Body, name: str, least: int = 0, most: int = LARGEST) -> int:
    """A whole number within bounds.

    Raises:
        ValueError: it is none.
    """
    return whole(body[name], least, most)


def whole(value: object, least: int = 0, most: int = LARGEST) -> int:
    """`value`, if it is a whole number within bounds.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"a whole number from {least} to {most} is needed")
    return value


def octets(body: Body, name: str, size: int) -> bytes:
    """Exactly `size` bytes from lower-case hexadecimal.

    Raises:
        ValueError: it is none.
    """
    value = text(body, name)
    data = bytes.fromhex(value)
    if len(data) != size or data.hex() != value:
        raise ValueError(f"{name}: {size} bytes in lower-case hexadecimal are needed")
    return data


def maybe_octets(body: Body, name: str, size: int) -> bytes | None:
    """As `octets`, or None.

    Raises:
        ValueError: it is neither.
    """
    return None if body[name] is None else octets(body, name, size)


def an_id(body: Body, name: str) -> UUID:
    """A UUID from 32 lower-case hexadecimal digits.

    Raises:
        ValueError: it is none.
    """
    return UUID(bytes=octets(body, name, 16))


def moment(body: Body, name: str) -> str:
    """An ISO 8601 moment with offset, as text.

    Raises:
        ValueError: it is none.
    """
    value = text(body, name, 40)
    if datetime.fromisoformat(value).utcoffset() is None:
        raise ValueError(f"{name}: an offset is needed")
    return value


def a_list(body: Body, name: str, most: int) -> Sequence[Any]:
    """A list of at most `most` entries.

    Raises:
        ValueError: it is none, or longer.
    """
    value = body[name]
    if not isinstance(value, list) or len(value) > most:
        raise ValueError(f"{name}: a list of at most {most} is needed")
    return value


def an_object(body: Body, name: str) -> Body:
    """An object.

    Raises:
        ValueError: it is none.
    """
    value = body[name]
    if not isinstance(value, dict):
        raise ValueError(f"{name}: an object is needed")
    return value
