"""`bianmin selftest work|check`: real steps by a seed with invented residents, and whether what they promised holds."""

import argparse
import sys
from pathlib import Path
from random import Random

from desk.clock import Clock, SystemClock
from desk.console.selftest import promises
from desk.console.selftest.hall import Hall, Say, open_hall
from desk.console.selftest.promises import EVERYTHING, Scope
from desk.console.selftest.recovery import as_at_start
from desk.console.selftest.steps import step
from desk.services.rules import Rules, load_rules

SYSTEM = SystemClock()


def add(parser: argparse.ArgumentParser) -> None:
    """The two verbs with their words."""
    verbs = parser.add_subparsers(dest="selftest_command", required=True, metavar="命令")
    work = verbs.add_parser("work", help="在自检文件夹里随机办 N 步，办成一步写一行 ACK")
    check = verbs.add_parser("check", help="打开自检文件夹，核对 ACK 写过的是否都在")
    for parsed in (work, check):
        parsed.add_argument("folder", type=Path, metavar="DIR")
    work.add_argument("count", type=int, metavar="N")
    work.add_argument("seed", type=int, metavar="SEED")
    check.add_argument("acks", type=Path, metavar="ACKFILE")


def run(options: argparse.Namespace) -> int:
    """`work`: 0 when all steps were done. `check`: 0 when every promise holds and the full check finds nothing, else 1."""
    if options.selftest_command == "check":
        return check(options.folder, options.acks.read_text(encoding="utf-8"))
    work(options.folder, options.count, options.seed, say)
    return 0


def say(line: str) -> None:
    """One line in one write: it arrives whole or not at all."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def work(
    folder: Path,
    count: int,
    seed: int,
    tell: Say,
    *,
    rules: Rules | None = None,
    clock: Clock = SYSTEM,
) -> None:
    """Do `count` steps by that seed; `tell` gets a line for each promise, right after it became durable.

    Raises:
        NotDone: the folder is somebody's.
        OfficeError: the machine failed; what was promised before holds.
    """
    hall = begin(folder, seed, tell, rules=rules, clock=clock)
    try:
        for _ in range(count):
            step(hall)
    finally:
        hall.close()


def begin(
    folder: Path, seed: int, tell: Say, *, rules: Rules | None = None, clock: Clock = SYSTEM
) -> Hall:
    """The hall, open and ready for steps; what a crash cut short in it is carried on. Raises as `work`."""
    hall = open_hall(folder, clock=clock, rules=rules or load_rules(), dice=Random(seed), say=tell)
    try:
        as_at_start(hall)
    except BaseException:
        hall.close()
        raise
    return hall


def check(
    folder: Path,
    acks: str,
    *,
    rules: Rules | None = None,
    clock: Clock = SYSTEM,
    scope: Scope = EVERYTHING,
) -> int:
    """0 when every promise holds and nothing is found wrong; else 1, each thing in a line.

    Raises:
        NotDone, OfficeError: the folder cannot be opened.
    """
    broken = promises.broken(folder, acks, rules=rules or load_rules(), clock=clock, scope=scope)
    for line in broken:
        print(line)
    count = len(promises.kept(acks))
    print(f"核对 {count} 项：{f'{len(broken)} 处不对' if broken else '全部属实'}。")
    return 1 if broken else 0
