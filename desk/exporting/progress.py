"""Telling how far a long piece of work is, and being told to stop."""

from collections.abc import Callable
from dataclasses import dataclass

from desk.errors import Cancelled

EVERY = 500


def _nothing(done: int, total: int, what: str) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Progress:
    """`tell(done, total, what)` hears of progress; `cancelled()` asks whether to stop."""

    tell: Callable[[int, int, str], None] = _nothing
    cancelled: Callable[[], bool] = _never
    what: str = ""

    def step(self, done: int, total: int) -> None:
        """Now and then tell how far it is.

        Raises:
            Cancelled: the clerk pressed cancel.
        """
        if done % EVERY:
            return
        if self.cancelled():
            raise Cancelled
        self.tell(done, total, self.what)
