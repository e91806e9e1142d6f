"""What a fault tool did and found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """How many `rounds` were run, what failed (a line each, with the seed that does it again), and what else was counted."""

    rounds: int
    failures: tuple[str, ...] = ()
    said: str = ""
    """In a few words: '191 killed, 38,694 acknowledged, slowest opening 0.17 s'."""

    def __add__(self, other: "Figure") -> "Figure":
        said = "; ".join(filter(None, (self.said, other.said)))
        return Figure(self.rounds + other.rounds, (*self.failures, *other.failures), said)
