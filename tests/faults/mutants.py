"""Bytes that were a good file once: changed by a seed, blindly, word by word, or value by value."""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

WORDS: Sequence[bytes] = (
    b"",
    b"\0",
    b"\xff" * 8,
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"-1",
    b"1e999",
    b"9" * 400,
    b"NaN",
    b"null",
    b"[" * 3_000,
    b'{"a":' * 3_000,
    b'"' * 5,
    b"\\ud800",
    b"\xed\xa0\x80",
    b"\x81\x30\x81\x30",
    "＝cmd|' /c calc'!A1".encode(),
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;&#x0;",
    b"\r\n\r,;\t",
    b"%s%n{0}",
    b"../" * 20,
    b"2026-02-30",
    "长".encode() * 20_000,
)
VALUES: Sequence[Any] = (
    None,
    True,
    -1,
    0,
    2**53,
    2**63,
    10**400,
    1.5,
    "",
    "x" * 300,
    "\ud800",
    "2026-02-30",
    "00" * 32,
    [],
    [[]],
    {},
    {"a": {}},
)


def mutant(data: bytes, rng: random.Random) -> bytes:
    """A few changes: a byte, a hole, a piece twice, a run of one sign, a word that hurts."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 12))):
        at = rng.randrange(len(made) + 1)
        match rng.randrange(6):
            case 0 if made:
                made[min(at, len(made) - 1)] = rng.randrange(256)
            case 1:
                del made[at : at + rng.choice((1, 4, 60, 5_000))]
            case 2:
                made[at:at] = made[at : at + rng.randint(1, 200)]
            case 3:
                made[at : at + 8] = bytes([rng.choice((0, 255, 60))]) * 8
            case 4:
                made[at:at] = rng.choice(WORDS)
            case _:
                end = at + rng.randint(1, 40)
                made[at:end] = rng.choice(WORDS)
    return bytes(made)


def told_otherwise(data: bytes, rng: random.Random) -> bytes:
    """JSON that says something else at one place, laid out as canonically as it can be."""
    body = json.loads(data)
    places: list[tuple[Any, Any]] = []
    _places(body, places)
    holder, key = rng.choice(places)
    match rng.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[f"{key}x"] = holder[key]
        case 2:
            holder[key] = [holder[key]] * 3
        case _:
            holder[key] = rng.choice(VALUES)
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _places(body: Any, found: list[tuple[Any, Any]]) -> None:
    inner = body.items() if isinstance(body, dict) else enumerate(body)
    for key, value in inner:
        found.append((body, key))
        if isinstance(value, dict | list):
            _places(value, found)


def either(data: bytes, rng: random.Random) -> bytes:
    """Blindly or by its values."""
    change: Callable[[bytes, random.Random], bytes] = rng.choice((mutant, told_otherwise))
    return change(data, rng)
