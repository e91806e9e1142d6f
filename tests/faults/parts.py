"""Parts of rows, run in processes of their own."""

import gc
import tempfile
import time
from dataclasses import dataclass

from tests import places
from tests.faults import warm
from tests.faults.figure import Figure
from tests.faults.rows import ROWS


@dataclass(frozen=True, slots=True)
class Part:
    """What one process does of a row, by its place in the plan: so many rounds from a seed, or a share of all there is."""

    place: int
    rounds: int
    seed: int
    share: tuple[int, int] = (0, 1)


Ran = tuple[Figure, float]
"""What a part came to, and its seconds."""


def prepared() -> None:
    """A process that tries parts."""
    warm.process()
    gc.collect()
    gc.freeze()
    tempfile.tempdir = str(places.in_memory() or tempfile.gettempdir())


def ran(part: Part) -> Ran:
    """Run it, in a process of the pool."""
    began, row = time.monotonic(), ROWS[part.place]
    more = {"share": part.share} if row.split == "share" else {}
    figure = row.run(part.rounds, part.seed, **more)
    return figure, time.monotonic() - began
