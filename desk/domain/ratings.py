"""The levels of a rating and the reasons of each, as the rating slip and the register need them."""

import tomllib
from dataclasses import dataclass

from desk.domain.fields import Choice

MOST_REASONS = 3
"""So many reasons of one level may be named (GB/T 39735-2020)."""


@dataclass(frozen=True, slots=True)
class RatingLevel:
    """One level: `code` 5 best to 1 worst, `side` 好评 or 差评, and the reasons to choose from."""

    code: str
    label: str
    stars: str
    side: str
    reasons: tuple[Choice, ...]


def read_ratings(source: bytes) -> tuple[RatingLevel, ...]:
    """The levels in resources/codes/ratings.toml, best first. Raises KeyError, TypeError or ValueError for another shape."""
    return tuple(
        RatingLevel(
            entry["code"],
            entry["label"],
            entry["stars"],
            entry["side"],
            tuple(Choice(reason["code"], reason["label"]) for reason in entry["reasons"]),
        )
        for entry in tomllib.loads(source.decode())["entries"]
    )
