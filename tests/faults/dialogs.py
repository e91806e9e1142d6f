"""Row 16: everything that opens over the window, opened and closed many times, leaves nothing behind."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.faults.figure import Figure
from tests.faults.slow import an_office, child

MOST_KIB = 20 * 1024
"""More in memory than before, after all of them."""
MOST_DESCRIPTORS = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """How the window's process stood: widgets, objects of Python, open descriptors, KiB in memory."""

    widgets: int
    objects: int
    descriptors: int
    kib: int


@dataclass(frozen=True, slots=True)
class Opened:
    """One kind of box, menu or list; how it stood before and after so many times."""

    kind: str
    before: Mark
    after: Mark


def run(rounds: int, _seed: int) -> Figure:
    """Each kind so many times."""
    found = opened(rounds)
    more = grown(found)
    told = f"{len(found)} kinds, {more / 1024:+.1f} MiB in all"
    return Figure(rounds, tuple(left_behind(found, rounds)), told)


def opened(times: int, planted: str = "") -> tuple[Opened, ...]:
    """In a window of its own."""
    with an_office(large=False) as folder:
        lines = child("dialogs_child", folder, times, *filter(None, [planted])).splitlines()
    return tuple(map(read, lines))


def read(line: str) -> Opened:
    kind, *counts = line.split()
    numbers = [*map(int, counts)]
    return Opened(kind, Mark(*numbers[:4]), Mark(*numbers[4:]))


def grown(found: tuple[Opened, ...]) -> int:
    """KiB more than before, of all kinds together."""
    return sum(one.after.kib - one.before.kib for one in found)


def left_behind(found: tuple[Opened, ...], times: int) -> Iterator[str]:
    """What stayed: a widget, an object each time, descriptors, too much memory."""
    for one in found:
        before, after = one.before, one.after
        if after.widgets > before.widgets:
            yield f"{one.kind}: {after.widgets - before.widgets} widgets stay"
        if after.objects - before.objects >= times:
            yield f"{one.kind}: {after.objects - before.objects} objects stay"
        if after.descriptors > before.descriptors + MOST_DESCRIPTORS:
            yield f"{one.kind}: descriptors {before.descriptors} to {after.descriptors}"
    if grown(found) > MOST_KIB:
        yield f"{grown(found) // 1024} MiB more in memory"
