"""The rows of the fault plan: what must hold, which tool tries it, and for how many rounds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.faults import (
    chain,
    clock_jumps,
    days,
    dialogs,
    failsweep,
    flips,
    fulldisk,
    fuzz,
    killer,
    leaks,
    lock_out,
    many,
    pages,
    powercut,
    pulled,
    restored,
    slow,
    soak,
    suite,
)
from tests.faults.figure import Figure

Split = Literal["seeds", "share", "no"]
"""How several processes run a row together: each with seeds of its own, each a share of all there is (`run` takes `share`), or not."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that must hold; `run(rounds, seed)` tries it. Rows may share a number where one has several parts."""

    number: int
    title: str
    run: Callable[..., Figure]
    quick: int
    full: int
    split: Split = "seeds"


ROWS: tuple[Row, ...] = (
    Row(1, "killed at random moments", killer.at_times, 20, 1_000),
    Row(2, "killed at exact file operations", killer.at_operations, 24, 500),
    Row(2, "killed in the middle of a write", killer.torn, 12, 300),
    Row(3, "the power fails", powercut.honest, 36, 2_400),
    Row(4, "the power fails on a disk that lies", powercut.lying, 0, 200),
    Row(5, "each file operation fails in its turn", failsweep.swept, 24, failsweep.ALL, "share"),
    Row(6, "a disk that is full", fulldisk.full, 2, 100),
    Row(7, "a scanner holds a file", failsweep.scanned, 6, 50),
    Row(8, "the stick is pulled out", pulled.run, 5, failsweep.ALL, "no"),
    Row(9, "every bit of a package and an answer counts", flips.run, 1_500, flips.ALL, "no"),
    Row(10, "vectors of the exchange, one fault each", suite.vectors, 0, 1, "no"),
    Row(11, "mutants of all that strangers hand us", fuzz.run, 40, 20_000),
    Row(12, "damage to the encrypted file is seen", pages.run, 42, 1_000),
    Row(13, "hostile text in every field", suite.hostile, 0, 1, "no"),
    Row(13, "a window at work under strace", suite.quiet, 0, 1, "no"),
    Row(14, "three processes on one database", many.together, 10, 500),
    Row(14, "killed and started, the lock is never stale", many.locked, 10, 200),
    Row(15, "the clock jumps", clock_jumps.jumped, 5, 100),
    Row(16, "a long day", soak.soaked, 100, 20_000, "no"),
    Row(16, "every box opened and closed again", dialogs.run, 4, 500, "no"),
    Row(17, "the window while each sync takes 0.3 s", slow.run, 8, 200, "no"),
    Row(19, "restored after a random morning", restored.run, 6, 200),
    Row(20, "fifty marks, none in clear", leaks.run, 1, 10),
    Row(21, "nobody is let in early", lock_out.run, 40, 2_000),
    Row(22, "the log edited by SQL with the key", chain.run, 50, 1_000),
    Row(23, "every role at every deed", suite.rights, 0, 1, "no"),
    Row(24, "bugs anywhere, and a hard crash", suite.bugs, 0, 1, "no"),
    Row(25, "whole days by seed", days.run, 0, 2_000),
)
