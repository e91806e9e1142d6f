"""Starts that did not end as they should: a file for each, whose name says when; two of late and the program goes carefully."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desk.clock import Clock
from desk.errors import OfficeError
from desk.files import OneInstance
from desk.keyring.attempts import Running, running_time

ENOUGH, WITHIN_S = 2, 600
KEPT = 10
_NAME = re.compile(r"(\d+)-(\d+)-([0-9a-f]*)-[0-9a-f]{8}\.start")


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a start was: the wall clock's word, and the running time of which run of the computer."""

    wall_s: int
    running_s: int
    boot: str

    def is_recent(self, now: "Stamp") -> bool:
        """Whether it was within the last ten minutes.

        In the same run of the computer its running time says so, whatever happened to the clock; else only the clock can,
        and one that went back or ahead by more says no: in doubt the start is a usual one.
        """
        if self.boot and self.boot == now.boot:
            return 0 <= now.running_s - self.running_s <= WITHIN_S
        return abs(now.wall_s - self.wall_s) <= WITHIN_S


class CrashWatch:
    """Marks this start in `folder` until it ends cleanly. A full or failing disk costs the mark, never the start."""

    def __init__(
        self, folder: Path, clock: Clock, running: Callable[[], Running] = running_time
    ) -> None:
        self.folder = folder
        self._clock, self._running = clock, running
        self._mark: Path | None = None
        self._held: OneInstance | None = None

    def begin(self) -> bool:
        """Mark this start; whether so many before it broke off of late that this one should only look."""
        careful = self.recent() >= ENOUGH
        now = self._now()
        name = f"{now.wall_s}-{now.running_s}-{now.boot}-{os.urandom(4).hex()}.start"
        with suppress(OSError, OfficeError):
            self.folder.mkdir(exist_ok=True)
            # The kernel frees the lock on death, so a mark that can be locked is one whose program is gone.
            self._held = OneInstance(self.folder / name)
            self._mark = self.folder / name
        return careful

    def recent(self) -> int:
        """How many starts of the last ten minutes broke off; the marks of older ones are taken away."""
        now = self._now()
        broken = [(path, stamp) for path, stamp in self._marks() if self._is_dead(path)]
        recent = sorted(path.name for path, stamp in broken if stamp.is_recent(now))
        stay = set(recent[-KEPT:])
        for path, _ in broken:
            if path.name not in stay:
                _remove(path)
        return len(stay)

    def end(self) -> None:
        """This start ends as it should; safe to call twice."""
        held, self._held = self._held, None
        mark, self._mark = self._mark, None
        if held is not None:
            held.release()
        if mark is not None:
            _remove(mark)

    def forget(self) -> None:
        """The next start is a usual one."""
        for path, _ in self._marks():
            if path != self._mark and self._is_dead(path):
                _remove(path)

    def _now(self) -> Stamp:
        running = self._running()
        boot = re.sub(r"[^0-9a-f]", "", running.boot.lower())[:8]
        return Stamp(max(0, int(self._clock.now().timestamp())), int(running.seconds), boot)

    def _marks(self) -> list[tuple[Path, Stamp]]:
        try:
            found = list(self.folder.iterdir())
        except OSError:
            return []
        told = ((path, _NAME.fullmatch(path.name)) for path in found)
        return [
            (path, Stamp(int(one[1]), int(one[2]), one[3])) for path, one in told if one is not None
        ]

    def _is_dead(self, path: Path) -> bool:
        if path == self._mark:
            return False
        try:
            OneInstance(path).release()
        except OfficeError:
            return False
        return True


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
