"""Which backups stay: many of the last days, fewer of older ones, and never too few good ones whatever the dates say."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

NEWEST, DAILY, WEEKLY, MONTHLY = 12, 14, 8, 12
SAFE = 5
"""So many of the newest whole ones stay whatever their dates are and however full the disk is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup as thinning sees it; `order` grows with what it holds, no clock can turn it round."""

    name: str
    order: tuple[int, ...]
    at: datetime
    size: int
    whole: bool


def staying(backups: Iterable[Kept]) -> frozenset[str]:
    """The names that stay by count and date: the last 12, then 14 daily, 8 weekly, 12 monthly, the 5 newest whole ones.

    Of a day, a week and a month the last one stays; days without a backup do not count.
    """
    newest = sorted(backups, key=lambda one: one.order, reverse=True)
    names = {one.name for one in newest[:NEWEST]} | _safe(newest)
    spans: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAILY, datetime.date),
        (WEEKLY, lambda at: at.isocalendar()[:2]),
        (MONTHLY, lambda at: (at.year, at.month)),
    )
    for most, span in spans:
        names |= _last_of_each(newest, most, span)
    return frozenset(names)


def fitting(backups: Sequence[Kept], room: int) -> frozenset[str]:
    """Of these the names that stay when all together may take `room` bytes: the oldest go, the safe ones never."""
    newest = sorted(backups, key=lambda one: one.order, reverse=True)
    safe, taken, names = _safe(newest), 0, set[str]()
    for one in newest:
        if one.name in safe:
            taken += one.size
            names.add(one.name)
    for one in newest:
        if one.name not in names:
            if taken + one.size > room:
                break
            taken += one.size
            names.add(one.name)
    return frozenset(names)


def _safe(newest: Sequence[Kept]) -> set[str]:
    return {one.name for one in [one for one in newest if one.whole][:SAFE]}


def _last_of_each(
    newest: Sequence[Kept], most: int, span: Callable[[datetime], Hashable]
) -> set[str]:
    found: dict[Hashable, Kept] = {}
    for one in sorted(newest, key=lambda one: (one.at, one.order), reverse=True):
        found.setdefault(span(one.at), one)
    return {one.name for one in list(found.values())[:most]}
