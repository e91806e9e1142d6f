"""Row 6: a disk that is really full (a tmpfs of that size for root, else a limit on the length of files)."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.figure import Figure
from tests.faults.workshop import TOLD, Workshop, fresh_copy, workshop

STEP = 64 << 10
RESERVE = 3 << 20
"""Of a small disk; the program's own is larger."""
OFFICES = (".", "county")
"""Both lie on it, each with a reserve of its own."""


def full(rounds: int, seed: int, plants: Iterable[str] = ()) -> Figure:
    """So many sizes in steps of 64 KiB: work until it is full, read at 0 bytes free, save the open case from the reserve."""
    if os.geteuid() != 0:
        return limited(rounds, seed)
    failures: list[str] = []
    stopped = 0
    with workshop() as shop:
        base = shop.folder / "base"
        shop.do("work", base, count=6, seed=seed)
        used = sum(path.stat().st_size + 4096 for path in base.rglob("*"))
        for turn in range(rounds):
            size = used + len(OFFICES) * RESERVE + STEP * (turn + 1)
            with on_tmpfs(shop.folder / "disk", size) as place:
                done, wrong = _filled(shop, base, place, seed, tuple(plants))
            stopped += done
            failures += [f"seed {seed} size {size >> 10} KiB: {one}" for one in wrong]
    return Figure(rounds, tuple(failures), f"tmpfs, {stopped} stopped with a sentence")


def _filled(
    shop: Workshop, base: Path, place: Path, seed: int, plants: tuple[str, ...]
) -> tuple[bool, list[str]]:
    wrong, folder, acks = [], fresh_copy(base, place / "hall"), shop.promises()
    _reserve(folder)
    done = shop.do("work", folder, count=40, seed=seed + 1, acks=acks, plants=plants)
    if done.fell_over:
        wrong.append(f"work fell over ({done.status}): {done.last_words()}")
    with _to_the_last_byte(place):
        wrong += _look(shop, folder, acks, "at 0 bytes free")
    wrong += _look(shop, folder, acks, "with room again")
    shop.do("clear", folder)
    fresh_copy(base, folder)
    _reserve(folder)
    with _to_the_last_byte(place):
        saved = shop.do("take_in", folder, count=1, seed=seed + 2, plants=plants)
    if saved.status != 0:
        wrong.append(f"not saved from the reserve ({saved.status}): {saved.last_words()}")
    return done.status == TOLD, wrong


def _reserve(folder: Path) -> None:
    for office in OFFICES:
        (folder / office / "reserve.bin").write_bytes(bytes(RESERVE))


def _look(shop: Workshop, folder: Path, acks: Path, when: str) -> list[str]:
    looked = shop.look(folder, [acks])
    told = (looked.said.splitlines() or [""])[0] + looked.last_words()
    return [f"check {when} {looked.status}: {told[:300]}"] if looked.status else []


@contextmanager
def _to_the_last_byte(place: Path) -> Iterator[None]:
    """Not a byte is left on that disk."""
    filler = place / "filler"
    _fill(filler)
    yield
    filler.unlink()


def _fill(path: Path) -> None:
    """Until not a byte is left."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 16, 4096, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue


@contextmanager
def on_tmpfs(folder: Path, size: int) -> Iterator[Path]:
    """A file system of that many bytes."""
    folder.mkdir(exist_ok=True)
    options = ["-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    subprocess.run(["mount", *options], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def limited(rounds: int, seed: int) -> Figure:
    """For those who may not mount: no file may grow beyond so many KiB."""
    failures: list[str] = []
    stopped = 0
    with workshop() as shop:
        base = shop.folder / "base"
        shop.do("work", base, count=6, seed=seed)
        for turn in range(rounds):
            folder, acks = fresh_copy(base, shop.folder / "hall"), shop.promises()
            most = STEP * (turn + 1)
            done = shop.do("work", folder, count=12, seed=seed + 1, acks=acks, most_bytes=most)
            stopped += done.status == TOLD
            looked = shop.look(folder, [acks])
            if done.fell_over or looked.status != 0:
                told = done.last_words() or looked.last_words()
                failures.append(f"seed {seed} limit {most >> 10} KiB: {told[:300]}")
    return Figure(rounds, tuple(failures), f"limit of length, {stopped} stopped with a sentence")
