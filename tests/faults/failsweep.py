"""Rows 5 and 7: each file operation fails in its turn, once or from then on; a virus scanner holds a file."""

import errno
from collections.abc import Iterable
from pathlib import Path
from random import Random

from tests.faults.deeds import TOUCHING
from tests.faults.figure import Figure
from tests.faults.shim import Fault, On, What
from tests.faults.workshop import TOLD, Outcome, Workshop, fresh_copy, workshop

EACH = ("case", "paper", "draft", "import", "list", "package", "answer", "backup", "restored")
"""What the swept work promises once it is done."""
ALL = 1_000_000
"""As many points as there are."""


def swept(
    rounds: int, seed: int, plants: Iterable[str] = (), share: tuple[int, int] = (0, 1)
) -> Figure:
    """So many points, spread evenly over all operations of a step of each kind: EIO and ENOSPC, once and for ever.

    `share`: which of how many parts of them, where several processes try them together.
    """
    failures: list[str] = []
    stopped = 0
    with workshop() as shop:
        work, seen = _usual(shop, seed)
        points = [
            (place, at, code, times)
            for place, most in enumerate(seen)
            for at in range(1, most + 1)
            for code, times in KINDS
        ]
        chosen = Random(seed).sample(points, min(rounds, len(points)))[share[0] :: share[1]]
        for place, at, code, times in chosen:
            fault = Fault(What.FAIL, On.CHANGE, at, times, code)
            told = f"{errno.errorcode[code]} {'once' if times else 'on'}"
            done, wrong = _tried(shop, work, place, fault, tuple(plants))
            stopped += done.status == TOLD
            name = f"seed {seed} {'+'.join(TOUCHING[place])} operation {at} {told}"
            failures += [f"{name}: {one}" for one in wrong]
            if len(failures) >= 20:
                break
    said = f"{sum(seen)} operations, {len(points)} points in all, {stopped} stopped with a sentence"
    return Figure(len(chosen), tuple(failures), said)


def one(seed: int, steps: tuple[str, ...], fault: Fault) -> tuple[Outcome, list[str]]:
    """These steps under that fault alone; how they ended, and what is wrong."""
    with workshop() as shop:
        work, _ = _usual(shop, seed)
        return _tried(shop, work, TOUCHING.index(steps), fault, ())


def _usual(shop: Workshop, seed: int, on: On = On.CHANGE) -> tuple[int, list[int]]:
    """The seed of a work in which every kind of step is done, and the operations of each, with a base for all that follows."""
    base, acks = shop.folder / "base", shop.folder / "base-acks"
    shop.do("work", base, count=6, seed=seed, acks=acks)
    shop.look(base, [acks])
    for work in range(seed + 1, seed + 20):
        done = [
            shop.do("one_kind", _copy(shop), count=place, seed=work, fault=Fault(on=on))
            for place in range(len(TOUCHING))
        ]
        said = "".join(one.said for one in done)
        if all(f"ACK {one} " in said for one in EACH):
            return work, [one.seen for one in done]
    raise AssertionError(f"seed {seed}: no work with all of {EACH}")


def _copy(shop: Workshop) -> Path:
    return fresh_copy(shop.folder / "base", shop.folder / "tried")


KINDS = ((errno.ENOSPC, 1), (errno.EIO, 1), (errno.ENOSPC, 0), (errno.EIO, 0))


def scanned(rounds: int, seed: int, plants: Iterable[str] = ()) -> Figure:
    """A rename is denied one to five times: nobody hears of it. For ever: it is said, and the old file stands."""
    failures = []
    with workshop() as shop:
        work, seen = _usual(shop, seed, On.RENAME)
        renames = [(place, at) for place, most in enumerate(seen) for at in range(1, most + 1)]
        for turn in range(rounds):
            place, at = Random(f"{seed} {turn}").choice(renames)
            times = (1, 2, 3, 4, 5, 0)[turn % 6]
            fault = Fault(What.FAIL, On.RENAME, at, times, errno.EACCES)
            done, wrong = _tried(shop, work, place, fault, tuple(plants))
            if times and done.status != 0:
                wrong.append(f"said {done.last_words()}")
            name = f"seed {seed} {'+'.join(TOUCHING[place])} rename {at} denied {times or 'on'}"
            failures += [f"{name}: {one}" for one in wrong]
    return Figure(rounds, tuple(failures), f"{len(renames)} renames")


def _tried(
    shop: Workshop, seed: int, place: int, fault: Fault, plants: tuple[str, ...]
) -> tuple[Outcome, list[str]]:
    """Work under the fault, then without: what was promised holds, and it goes on by itself."""
    folder, acks = _copy(shop), shop.promises()
    words = {"count": place, "seed": seed, "acks": acks, "fault": fault, "plants": plants}
    done = shop.do("one_kind", folder, **words)
    wrong = []
    if done.fell_over:
        wrong.append(f"work fell over ({done.status}): {done.last_words()}")
    if done.status == TOLD and not any("\u4e00" <= one <= "\u9fff" for one in done.complaints):
        wrong.append("no sentence was said")
    looked = shop.look(folder, [shop.folder / "base-acks", acks])
    if looked.status != 0:
        told = (looked.said.splitlines() or [""])[0] + looked.last_words()
        wrong.append(f"check {looked.status}: {told[:300]}")
    again = shop.do("work", folder, count=1, seed=seed + 1, acks=acks)
    if again.status != 0:
        wrong.append(f"does not go on ({again.status}): {again.last_words()}")
    return done, wrong
