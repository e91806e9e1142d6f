"""Every bit of a package and of an answer, every cut, every addition: refused, and nothing given out.

`tests/exchange/test_damage.py` tries every byte and every cut; this tool goes on to the bits.
"""

import random
from collections.abc import Callable, Iterator

from desk.exchange.receiving import ReaderContext, inspect
from tests.exchange.test_damage import ACK, ACK_READER, PACKAGE, WORLD, refused
from tests.faults.figure import Figure

Reader = Callable[[bytes, ReaderContext], bool]
FILES = (("package", PACKAGE, WORLD.reader), ("answer", ACK, ACK_READER))
ALL = 8 * sum(len(data) for _, data, _ in FILES)
"""So many bits there are."""
MOST_ADDED = 64


def run(rounds: int, seed: int, is_refused: Reader = refused) -> Figure:
    """So many bits of both, by seed; all of them where `rounds` is no less than there are. Cuts and additions always."""
    failures = [
        f"the good {name} is refused"
        for name, data, reader in FILES
        if inspect(data, reader).outcome != "READY"
    ]
    places = [(which, bit) for which, one in enumerate(FILES) for bit in range(8 * len(one[1]))]
    if rounds < len(places):
        places = random.Random(seed).sample(places, rounds)
    for which, bit in places:
        name, data, reader = FILES[which]
        made = bytearray(data)
        made[bit // 8] ^= 1 << bit % 8
        if not is_refused(bytes(made), reader):
            failures.append(f"{name}: bit {bit} changed was taken")
    others = 0
    for name, data, reader in FILES:
        for what, changed in longer_and_shorter(data):
            others += 1
            if not is_refused(changed, reader):
                failures.append(f"{name}: {what} was taken")
    return Figure(
        len(places), tuple(failures), f"{len(places):,} bits, {others:,} cuts and additions"
    )


def longer_and_shorter(data: bytes) -> Iterator[tuple[str, bytes]]:
    for size in range(len(data)):
        yield f"cut to {size}", data[:size]
    for more in range(1, MOST_ADDED + 1):
        yield f"{more} more", data + bytes(more)
