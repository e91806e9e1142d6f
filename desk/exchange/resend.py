"""What the county gives back: the events of earlier databases of a window, exactly as they once came.

first line   {"chains": [[origin, epoch, last, head], ...], "part": i, "of": m}   how far the county has each database
then         one event a line, by origin and number
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from desk.domain.canonical import Json, canonical
from desk.domain.events import EventRecord
from desk.errors import PackageRefused
from desk.exchange import strict_json as strict
from desk.exchange.event_lines import read_line, write_lines
from desk.exchange.header import DIGEST_BYTES

MOST_CHAINS, MOST_PARTS = 100, 100_000
_FIRST = 64 << 10


@dataclass(frozen=True, slots=True)
class Chain:
    """One earlier database as the county has it: its last event and that one's hash."""

    origin: UUID
    epoch: int
    last: int
    head: bytes


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Part `part` of `of`, counted from 1; every part names all chains."""

    chains: tuple[Chain, ...]
    part: int
    of: int


def write_give_back(told: GiveBack, records: Iterable[EventRecord]) -> bytes:
    """The body of a RESEND package."""
    chains: list[Json] = [
        [one.origin.hex, one.epoch, one.last, one.head.hex()] for one in told.chains
    ]
    first = canonical({"chains": chains, "part": told.part, "of": told.of})
    return first + b"\n" + write_lines(records)


def read_give_back(data: bytes) -> tuple[GiveBack, Iterator[EventRecord]]:
    """What `write_give_back` wrote; each event is checked as it is taken.

    Raises:
        PackageRefused: DAMAGED.
    """
    first, *lines = data.split(b"\n")
    if not lines or lines.pop():
        raise PackageRefused("DAMAGED", why="resend")
    try:
        body = strict.exactly(strict.read_body(first, _FIRST), ("chains", "part", "of"))
        of = strict.number(body, "of", 1, MOST_PARTS)
        told = GiveBack(
            tuple(map(_chain, strict.a_list(body, "chains", MOST_CHAINS))),
            strict.number(body, "part", 1, of),
            of,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PackageRefused("DAMAGED", why="resend") from error
    return told, map(read_line, lines)


def _chain(row: object) -> Chain:
    if not isinstance(row, list):
        raise ValueError("a list is needed")
    body = dict(zip(("origin", "epoch", "last", "head"), row, strict=True))
    return Chain(
        strict.an_id(body, "origin"),
        strict.number(body, "epoch", 1),
        strict.number(body, "last"),
        strict.octets(body, "head", DIGEST_BYTES),
    )
