"""The rows of the fault plan: what must hold, which tool tries it, and for how many rounds."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.figure import Figure


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that must hold; `run(rounds, seed)` tries it. Rows may share a number where one has several parts."""

    number: int
    title: str
    run: Callable[[int, int], Figure]
    quick: int
    full: int


ROWS: tuple[Row, ...] = ()
