"""Requests and statuses as JSON: one documented shape, checked to the last key, given on as a table of text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from desk.errors import TableRefused
from desk.importing.tables import MOST_ROWS, Table, read_file

MOST_BYTES: Final = 5 << 20
LONGEST: Final = 4_000
LISTS: Final[Mapping[str, tuple[str, str]]] = {
    "requests": ("bianmin-requests", "requests"),
    "statuses": ("bianmin-statuses", "statuses"),
}
"""By where rows go: the word of the format, and the key of the list."""
HEAD: Final = ("format", "version", "source", "made_at")


@dataclass(frozen=True, slots=True)
class Told:
    """The rows of a file as a table whose headings are the keys, and who sent it."""

    table: Table
    source: str


def read_json(path: Path, into: str, keys: tuple[str, ...]) -> Told:
    """Read a file of that kind; an entry may say only `keys`, each as text.

    Raises:
        TableRefused: not this format, or not in its shape; nothing of it was kept.
    """
    body = _parsed(read_file(path, MOST_BYTES))
    if into not in LISTS:
        raise TableRefused("json_shape")
    word, name = LISTS[into]
    source, entries = body.get("source"), body.get(name)
    if body.get("format") != word or body.get("version") != 1 or set(body) - {*HEAD, name}:
        raise TableRefused("json_shape")
    if not _is_text(source) or not isinstance(source, str) or not 0 < len(source.strip()) <= 60:
        raise TableRefused("json_shape")
    if not isinstance(entries, list) or not entries:
        raise TableRefused("empty")
    if len(entries) > MOST_ROWS:
        raise TableRefused("rows")
    rows = tuple(_row(entry, keys) for entry in entries)
    return Told(Table(("",), "", 0, keys, rows), source.strip())


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        body = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_never)
    except (ValueError, RecursionError) as error:
        raise TableRefused("json_shape") from error
    if not isinstance(body, dict):
        raise TableRefused("json_shape")
    return body


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _never(word: str) -> None:
    raise ValueError(word)


def _row(entry: object, keys: tuple[str, ...]) -> tuple[str, ...]:
    if not isinstance(entry, dict) or set(entry) - set(keys):
        raise TableRefused("json_shape")
    if not all(map(_is_text, entry.values())):
        raise TableRefused("json_shape")
    return tuple(entry.get(key, "") for key in keys)


def _is_text(value: object) -> bool:
    """Text of a bounded length that a file can hold: half of a surrogate pair, which JSON can spell, is none."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return False
    return not any("\ud800" <= sign <= "\udfff" for sign in value)
