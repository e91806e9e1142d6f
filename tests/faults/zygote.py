"""A process with the program loaded that forks for each deed: `python -m tests.faults.zygote`, started with the shim.

Reads a JSON line for a deed, answers with one: how it ended, after how long, what it said.
"""

import ctypes
import gc
import io
import json
import os
import resource
import select
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterable
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any

from desk.clock import SystemClock
from desk.console import selftest
from desk.console.opening import told
from desk.console.selftest.promises import Scope
from desk.console.selftest.steps import STEPS
from desk.errors import UserError
from tests.builders import rules
from tests.faults import clocks, deeds, plants, shim, warm
from tests.places import in_memory

BROKE = 70
"""The exit status of a deed that ended in an exception nobody had words for."""
LIVES = 2
"""The second one opens what the first left."""


def main() -> None:
    warm.process()
    lived_once()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps(done(json.loads(line))), flush=True)


def lived_once() -> None:
    """A desk's life in a folder that is gone at once: what is read, compiled or made once is there before anybody forks."""
    with tempfile.TemporaryDirectory(prefix="bianmin-warm-", dir=in_memory()) as place:
        folder, acks = Path(place) / "hall", list[str]()
        for begin in range(LIVES):
            hall = selftest.begin(folder, begin, acks.append, rules=rules())
            try:
                for one in STEPS:
                    with suppress(UserError):
                        STEPS[one][1](hall)
            finally:
                hall.close()
        promised = "".join(f"{one}\n" for one in acks)
        with redirect_stdout(io.StringIO()):
            assert selftest.check(folder, promised, rules=rules()) == 0
    assert threading.active_count() == 1
    gc.collect()
    gc.freeze()


def done(deed: dict[str, Any]) -> dict[str, Any]:
    """Fork, let the child do it, kill it after `kill_after` seconds if that is wanted."""
    began = time.monotonic()
    children = [forked(one) for one in deed.get("together", [deed])]
    limit = deed["kill_after"] if deed["kill_after"] is not None else deed["limit"]
    late = False
    for child in children:
        late |= not ended(child, max(0.0, began + limit - time.monotonic()))
    if late:
        for child in children:
            os.kill(child, signal.SIGKILL)
    ends = [os.wait4(child, 0) for child in children]
    status = [os.waitstatus_to_exitcode(how) for _, how, _ in ends]
    return {
        "status": max(status, key=abs),
        "late": late and deed["kill_after"] is None,
        "seconds": time.monotonic() - began,
        "processor": sum(used.ru_utime + used.ru_stime for *_, used in ends),
    }


def ended(child: int, seconds: float) -> bool:
    """Whether it ends within so many seconds."""
    handle = os.pidfd_open(child)
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)


def forked(deed: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    status = BROKE
    if deed["deed"] != "soak":
        # It is gone before its garbage counts.
        gc.disable()
    try:
        redirect(deed["said"])
        status = told(lambda: act(deed))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        seen = "{} {}".format(*shim.counted())
        ctypes.CDLL(None).fault_stop()
        Path(deed["said"] + ".seen").write_text(seen)
        os._exit(status)


def redirect(said: str) -> None:
    for path, place in ((said, 1), (f"{said}.err", 2)):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(handle, place)
        os.close(handle)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


def act(deed: dict[str, Any]) -> int:
    """The deed itself, in the child, with the faults and planted bugs it is given."""
    folder = Path(deed["folder"])
    for name in deed["plants"]:
        plants.PLANTS[name]()
    if deed["most_bytes"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (deed["most_bytes"],) * 2)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    record = -1
    if deed["record"]:
        record = os.open(deed["record"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    clock = clocks.Jumping(deed["jumps"]) if deed["jumps"] else SystemClock()
    shim.start(folder, shim.Fault(*deed["fault"]), record)
    if deed["deed"] == "check":
        acks = "".join(read(deed["acks"]))
        scope = Scope(deed["county"], deed["drawn"])
        return selftest.check(folder, acks, rules=rules(), clock=clock, scope=scope)
    deeds.DEEDS[deed["deed"]](folder, deed["count"], deed["seed"], clock)
    return 0


def read(paths: Iterable[str]) -> Iterable[str]:
    for path in paths:
        if Path(path).exists():
            yield Path(path).read_text(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
