"""The small *when* language of the catalogue: parse, evaluate with unknowns, explain."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition; `text` is its source."""

    text: str
