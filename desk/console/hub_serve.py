"""`bianmin hub serve-folder | look`: standing by a folder, and looking into one without changing anything."""

import argparse
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import Any

from desk.console.opening import open_county
from desk.errors import DeskError
from desk.exporting.table import one_line
from desk.services import hub_serve, hub_trial
from desk.services.hub_receive import Received
from desk.services.hub_trial import Trial
from desk.words.errors import words
from desk.words.exchange import outcome_text

EVERY = 2.0
"""Seconds between two looks."""
FINE = ("COMMITTED", "ALREADY")


def add(commands: Any) -> tuple[argparse.ArgumentParser, ...]:
    """The parsers of these commands."""
    look = commands.add_parser("look", help="看看文件夹里的包，什么也不改")
    serve = commands.add_parser("serve-folder", help="守着一个文件夹或 U 盘，来一个收一个")
    for parsed in (look, serve):
        parsed.add_argument("folder", type=Path, metavar="FOLDER")
    return look, serve


def received_line(received: Received) -> str:
    """What is said of a file that was received."""
    facts = dict(received.facts)
    if received.header is not None:
        facts.setdefault("seq", received.header.seq)
    events = f"（{received.events} 条记录）" if received.events else ""
    # A file on a stick may be named so as to move the cursor, or to look like a line of ours.
    return f"{one_line(received.path.name)}：{outcome_text(received.outcome, facts)}{events}"


def _look(options: argparse.Namespace) -> int:
    office = open_county(options)
    try:
        found = hub_trial.look_inside(office, folder=options.folder)
    finally:
        office.close()
    for one in found:
        print(_looked_line(one))
        for reason in one.refused:
            print(f"　会退回：{one_line(reason)}")
    print("只是看看，什么也没有改。" if found else "文件夹里没有上报包。")
    return 0 if all(one.outcome in FINE and not one.refused for one in found) else 1


def _looked_line(one: Trial) -> str:
    whose = f"{one.hall} {one.window} 号窗口，" if one.hall else ""
    events = f"（{one.events} 条记录）" if one.events else ""
    return f"{one_line(one.name)}：{one_line(whose)}{one.said}{events}"


def _serve(options: argparse.Namespace) -> int:
    office = open_county(options)
    enough = threading.Event()
    print(f"守着 {options.folder}，来的包随到随收。按 Ctrl C 停下。", flush=True)
    try:
        with _told_to_stop(enough.set):
            count = hub_serve.serve(
                office,
                folder=options.folder,
                tell=lambda received: print(received_line(received), flush=True),
                trouble=_trouble,
                wait=lambda: enough.wait(EVERY),
                stop=enough.is_set,
            )
    finally:
        office.close()
    print(f"停下了，一共收了 {count} 个文件。")
    return 0


def _trouble(error: DeskError) -> None:
    said = words(error)
    print(f"{said.title}。{said.text}（还在守着）", flush=True)


@contextmanager
def _told_to_stop(enough: Callable[[], None]) -> Iterator[None]:
    """Ctrl C, and the system's wish to end, let the file under way come to its end."""

    def heard(_signal: int, _frame: FrameType | None) -> None:
        enough()

    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(one, heard) for one in signals]
    try:
        yield
    finally:
        for one, handler in zip(signals, before, strict=True):
            signal.signal(one, handler)


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType(
    {"look": _look, "serve-folder": _serve}
)
