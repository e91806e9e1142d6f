"""Failed sign-ins: five are free, then 30 seconds doubling to 15 minutes, whatever the clock says.

Only the computer's running time lifts a pause: the difference within one run, all of it after a restart. Both are never
more than the time that really passed, so neither a changed clock nor a restart shortens anything.
"""

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desk.domain.canonical import Json, canonical
from desk.errors import UNREADABLE, OfficeError, SignInPaused
from desk.files import write_atomic

NAME = "attempts.json"
NOBODY = "-"
FREE, FIRST_PAUSE_S, LONGEST_PAUSE_S = 5, 30, 900
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Running:
    """Which run of the computer this is (empty where it cannot be told) and for how many seconds it lasts."""

    boot: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Failures:
    """The tries of one account since its last success; `at` is the wall clock's word, for people to read."""

    count: int
    boot: str
    seconds: float
    at: str

    def pause(self, now: Running) -> int:
        """Seconds still to wait, rounded up."""
        if self.count < FREE:
            return 0
        length = min(FIRST_PAUSE_S * 2 ** min(self.count - FREE, 10), LONGEST_PAUSE_S)
        same_run = self.boot == now.boot and now.seconds >= self.seconds
        passed = now.seconds - self.seconds if same_run else now.seconds
        return max(0, -int((passed - length) // 1))


def running_time() -> Running:
    """Since the computer started, sleep included where the system tells it."""
    try:
        boot = _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        boot = ""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return Running(boot, time.clock_gettime(time.CLOCK_BOOTTIME))
    return Running(boot, time.monotonic())


def begin(folder: Path, account: str, at: datetime, now: Running) -> None:
    """Count a try as failed before it is made.

    Raises:
        SignInPaused: this account has to wait; the try is not counted.
    """
    known = failures(folder)
    before = known.get(account, Failures(0, "", 0.0, ""))
    if pause := before.pause(now):
        raise SignInPaused(pause)
    tried = Failures(before.count + 1, now.boot, now.seconds, at.isoformat())
    _write(folder, {**known, account: tried})


def succeeded(folder: Path, account: str) -> None:
    """Forget this account's failures."""
    known = failures(folder)
    if known.pop(account, None):
        _write(folder, known)


def failures(folder: Path) -> dict[str, Failures]:
    """What is counted, by account; a file that is missing or does not read counts nothing."""
    try:
        body = json.loads((folder / NAME).read_bytes())
        return {
            str(account): Failures(
                min(int(one["count"]), 1000),
                str(one["boot"]),
                int(one["ms"]) / 1000,
                str(one["at"]),
            )
            for account, one in body.items()
        }
    except (OSError, *UNREADABLE):
        return {}


def _write(folder: Path, known: Mapping[str, Failures]) -> None:
    body: dict[str, Json] = {
        account: {
            "count": one.count,
            "boot": one.boot,
            "ms": int(one.seconds * 1000),
            "at": one.at,
        }
        for account, one in known.items()
    }
    # On a full or failing disk people must still get in to read; who could bring that about has the key file anyway.
    with suppress(OfficeError):
        write_atomic(folder / NAME, canonical(body))
