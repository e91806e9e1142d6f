"""A package of ten thousand events beside the bare work: compressing and sealing the same bytes, unsealing and hashing them."""

import hashlib
import tracemalloc
from collections.abc import Sequence

import pyrage
import pytest
import zstandard

from desk.domain.events import GENESIS, EventRecord
from desk.exchange.container import LEVEL
from desk.exchange.control_totals import NOTHING, with_events
from desk.exchange.event_lines import read_lines, write_lines
from desk.exchange.header import Header
from desk.exchange.parts import Contents
from desk.exchange.receiving import ReaderContext, inspect, open_parts
from desk.services.sync_send import MOST_EVENTS
from tests.bench.many_sites import busy_log
from tests.bench.timing import in_turn, processor, report, within
from tests.exchange.makers import Exchange

pytestmark = pytest.mark.bench

EVENTS, TIMES = 10_000, 5
MIB = 1 << 20


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> list[EventRecord]:
    """What one desk's days really say, resident after resident."""
    return busy_log(tmp_path_factory.mktemp("exchange") / "desk", EVENTS)


@pytest.fixture(scope="module")
def world() -> Exchange:
    return Exchange()


def packed(world: Exchange, some: Sequence[EventRecord]) -> bytes:
    """From events to the whole file, totals and every check of the sender with it."""
    contents = Contents(NOTHING, with_events(NOTHING, {}, some), events=write_lines(some))
    return world.package(contents=contents, events=(some[0].n, some[-1].n))


def bare_packed(world: Exchange, lines: bytes) -> bytes:
    return world.age(zstandard.ZstdCompressor(level=LEVEL).compress(lines))


def opened(world: Exchange, package: bytes) -> tuple[Header, bytes]:
    """The lines of its events, with every check of the package: who sent it, to whom, in which order, each part's hash."""
    reader = ReaderContext(world.reader.addresses, world.reader.kinds, world.sender)
    seen = inspect(package, reader)
    assert seen.header is not None
    return seen.header, open_parts(seen, [world.county.sealing]).events


def chained(header: Header, lines: bytes, head: bytes = GENESIS) -> int:
    """How many events there are, each read strictly and checked as a link of the chain; a receiver's first step."""
    return sum(1 for _ in read_lines(lines, header.events, head))


def bare_opened(world: Exchange, sealed: bytes) -> None:
    """Unsealed, unpacked, and each line hashed once."""
    plain = pyrage.decrypt(sealed, [world.county.sealing.identity])
    lines = zstandard.ZstdDecompressor().decompress(plain)
    for line in lines.split(b"\n"):
        hashlib.sha256(line).digest()


def test_packing(world: Exchange, log: list[EventRecord]) -> None:
    times, most = 3.0, 220
    lines = write_lines(log)
    size = len(packed(world, log)) / EVENTS
    floor_size = len(bare_packed(world, lines)) / EVENTS

    def measure() -> float:
        pairs = in_turn(
            lambda: processor(lambda: packed(world, log)),
            lambda: processor(lambda: bare_packed(world, lines)),
            TIMES,
        )
        report(
            f"{EVENTS} events packed, {len(lines) / EVENTS:.0f} bytes a line",
            f"{min(pairs.ours):.0f} ms, {size:.0f} bytes an event",
            f"{min(pairs.floor):.0f} ms, {floor_size:.0f} bytes",
            f"{pairs.ratio():.2f}",
            f"{times:.0f}, {most} bytes",
        )
        return pairs.ratio()

    assert within(times, measure) <= times
    assert size <= most


def test_opening(world: Exchange, log: list[EventRecord]) -> None:
    times = 3.0
    package, sealed = packed(world, log), bare_packed(world, write_lines(log))
    # Reading the events themselves is the receiver's work; so is it in its own figure, whose floor parses, too.
    seen = opened(world, package)
    assert chained(*seen) == EVENTS
    read = processor(lambda: chained(*seen))

    def measure() -> float:
        pairs = in_turn(
            lambda: processor(lambda: opened(world, package)),
            lambda: processor(lambda: bare_opened(world, sealed)),
            TIMES,
        )
        report(
            f"{EVENTS} events opened and verified (read one by one: {read:.0f} ms more)",
            f"{min(pairs.ours):.0f} ms of processor",
            f"{min(pairs.floor):.0f} ms",
            f"{pairs.ratio():.2f}",
            f"{times:.0f}",
        )
        return pairs.ratio()

    assert within(times, measure) <= times


def test_memory_is_that_of_one_package(world: Exchange, log: list[EventRecord]) -> None:
    """A package carries no more than `MOST_EVENTS`, so twice the events take no more memory."""
    limit = 1.2

    def peak(count: int) -> int:
        tracemalloc.start()
        for first in range(0, count, MOST_EVENTS):
            some = log[first : first + MOST_EVENTS]
            chained(*opened(world, packed(world, some)), some[0].prev)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    one, two = peak(MOST_EVENTS), peak(2 * MOST_EVENTS)
    report(
        f"peak memory of packing and opening {2 * MOST_EVENTS} events",
        f"{two / MIB:.0f} MiB",
        f"{one / MIB:.0f} MiB for {MOST_EVENTS}",
        f"{two / one:.2f}",
        f"{limit}",
    )
    assert two <= one * limit
