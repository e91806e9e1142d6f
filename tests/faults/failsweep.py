"""Rows 5 and 7: each file operation fails in its turn, once or from then on; a virus scanner holds a file."""

import errno
from collections.abc import Iterable
from random import Random

from tests.faults.figure import Figure
from tests.faults.shim import Fault, On, What
from tests.faults.workshop import NOTHING, TOLD, Outcome, Workshop, fresh_copy, workshop

EACH = ("case", "paper", "import", "list", "package", "answer", "backup", "restored")
"""What the swept work promises once it is done."""
ALL = 1_000_000
"""As many points as there are."""


def swept(
    rounds: int, seed: int, plants: Iterable[str] = (), share: tuple[int, int] = (0, 1)
) -> Figure:
    """So many points, spread evenly over all operations of a step of each kind: EIO and ENOSPC, once and for ever.

    `share`: which of how many parts of them, where several processes try them together.
    """
    failures, stopped = [], 0
    with workshop() as shop:
        usual = _usual(shop, seed)
        failures += [f"seed {seed}: no {one}" for one in EACH if f"ACK {one} " not in usual.said]
        points = [(at, code, times) for at in range(1, usual.seen + 1) for code, times in KINDS]
        chosen = Random(seed).sample(points, min(rounds, len(points)))[share[0] :: share[1]]
        for at, code, times in chosen:
            fault = Fault(What.FAIL, On.CHANGE, at, times, code)
            name = f"seed {seed} operation {at} {errno.errorcode[code]} {'once' if times else 'on'}"
            done, wrong = _tried(shop, seed + 1, fault, tuple(plants))
            stopped += done.status == TOLD
            failures += [f"{name}: {one}" for one in wrong]
            if len(failures) >= 20:
                break
    said = (
        f"{usual.seen} operations, {len(points)} points in all, {stopped} stopped with a sentence"
    )
    return Figure(len(chosen), tuple(failures), said)


def _usual(shop: Workshop, seed: int, fault: Fault = NOTHING) -> Outcome:
    """The work without any fault, in a copy of the base, which is made, looked at, and the same ever after."""
    base, acks = shop.folder / "base", shop.promises()
    shop.do("work", base, count=6, seed=seed, acks=acks)
    shop.look(base, [acks])
    copy = fresh_copy(base, shop.folder / "usual")
    return shop.do("each_kind", copy, seed=seed + 1, fault=fault)


KINDS = ((errno.ENOSPC, 1), (errno.EIO, 1), (errno.ENOSPC, 0), (errno.EIO, 0))


def scanned(rounds: int, seed: int) -> Figure:
    """A rename is denied one to five times: nobody hears of it. For ever: it is said, and the old file stands."""
    failures = []
    with workshop() as shop:
        usual = _usual(shop, seed, Fault(on=On.RENAME))
        for turn in range(rounds):
            dice = Random(f"{seed} {turn}")
            times = (1, 2, 3, 4, 5, 0)[turn % 6]
            at = dice.randint(1, max(1, usual.seen))
            fault = Fault(What.FAIL, On.RENAME, at, times, errno.EACCES)
            done, wrong = _tried(shop, seed + 1, fault, ())
            if times and done.status != 0:
                wrong.append(f"said {done.last_words()}")
            failures += [f"seed {seed} rename {at} denied {times or 'on'}: {one}" for one in wrong]
    return Figure(rounds, tuple(failures), f"{usual.seen} renames")


def _tried(
    shop: Workshop, seed: int, fault: Fault, plants: tuple[str, ...]
) -> tuple[Outcome, list[str]]:
    """Work under the fault, then without: what was promised holds, and it goes on by itself."""
    folder, acks = fresh_copy(shop.folder / "base", shop.folder / "tried"), shop.promises()
    done = shop.do("each_kind", folder, seed=seed, acks=acks, fault=fault, plants=plants)
    wrong = []
    if done.fell_over:
        wrong.append(f"work fell over ({done.status}): {done.last_words()}")
    if done.status == TOLD and not any("\u4e00" <= one <= "\u9fff" for one in done.complaints):
        wrong.append("no sentence was said")
    looked = shop.look(folder, [acks])
    if looked.status != 0:
        told = (looked.said.splitlines() or [""])[0] + looked.last_words()
        wrong.append(f"check {looked.status}: {told[:300]}")
    again = shop.do("work", folder, count=1, seed=seed + 1, acks=acks)
    if again.status != 0:
        wrong.append(f"does not go on ({again.status}): {again.last_words()}")
    return done, wrong
