"""What can become of a package: the codes of the receiving table, in the order they are decided."""

from typing import Literal

Outcome = Literal[
    "BAD_FILE",
    "TOO_NEW",
    "UNKNOWN_KEY",
    "DAMAGED",
    "MISROUTED",
    "ALREADY",
    "FORK",
    "TOO_FAR",
    "HELD",
    "READY",
    "COMMITTED",
    "TOTALS",
]

OUTCOMES: tuple[Outcome, ...] = (
    "BAD_FILE",
    "TOO_NEW",
    "UNKNOWN_KEY",
    "DAMAGED",
    "MISROUTED",
    "ALREADY",
    "FORK",
    "TOO_FAR",
    "HELD",
    "READY",
    "COMMITTED",
    "TOTALS",
)
