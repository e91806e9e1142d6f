"""Rows 3 and 4: the power fails at a random operation, on disks of three kinds, and on one that lies about its syncs."""

import shutil
from collections.abc import Iterable
from random import Random
from typing import NamedTuple

from tests.faults import disk_log
from tests.faults.disk_log import MODELS, Model, Node, Step
from tests.faults.figure import Figure
from tests.faults.workshop import TOLD, Workshop, fresh_copy, workshop
from tests.kept import closed_files

LIES = 0.3
STEPS = 24


class Recording(NamedTuple):
    """A deed as its file operations."""

    name: str
    before: Node
    steps: list[Step]


def honest(rounds: int, seed: int, plants: Iterable[str] = ()) -> Figure:
    """First start (which is the migration from nothing), work, restore: each recorded once, then cut again and again."""
    return cut(rounds, seed, plants, lies=0.0)


def lying(rounds: int, seed: int) -> Figure:
    """Of a disk that ignores three syncs of ten: it may lose, but nothing wrong is ever shown as right, and nothing hangs."""
    return cut(rounds, seed, (), lies=LIES)


def cut(
    rounds: int,
    seed: int,
    plants: Iterable[str],
    *,
    lies: float,
    deeds: Iterable[str] = ("first start", "work", "restore"),
    enough: int = 20,
) -> Figure:
    """So many cuts of recorded deeds; after `enough` failures no more."""
    failures: list[str] = []
    ends = {"held": 0, "told": 0}
    with workshop() as shop:
        recordings = [recorded(shop, name, seed, tuple(plants)) for name in deeds]
        for turn in range(rounds):
            recording = recordings[turn % len(recordings)]
            model = MODELS[turn // len(recordings) % len(MODELS)]
            fault = _trial(shop, recording, model, Random(f"{seed} {turn}"), lies, ends)
            if fault:
                failures.append(f"seed {seed} round {turn} {recording.name} {model}: {fault}")
            if len(failures) >= enough:
                rounds = turn + 1
                break
    operations = "+".join(str(len(one.steps)) for one in recordings)
    said = f"{operations} operations recorded, {ends['held']} held, {ends['told']} told"
    return Figure(rounds, tuple(failures), said)


def recorded(shop: Workshop, name: str, seed: int, plants: tuple[str, ...]) -> Recording:
    """Do it once under the shim's eyes."""
    base, folder, log = shop.folder / "base", shop.folder / "recorded", shop.folder / "log"
    if not base.exists():
        shop.do("work", base, count=6, seed=seed)
    log.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    if name != "first start":
        fresh_copy(base, folder)
    else:
        folder.mkdir()
    with closed_files():
        before = disk_log.loaded(folder)
    deed, count = ("restore", 6) if name == "restore" else ("work", STEPS)
    done = shop.do(deed, folder, count=count, seed=seed + 1, record=log, plants=plants)
    if done.status != 0:
        raise AssertionError(f"{name} was not done: {done.complaints[-2000:]}")
    return Recording(name, before, disk_log.steps(log, folder, before))


def _trial(
    shop: Workshop,
    recording: Recording,
    model: Model,
    dice: Random,
    lies: float,
    ends: dict[str, int],
) -> str:
    """What is wrong after a cut; '' when nothing is."""
    done = recording.steps[: dice.randint(1, len(recording.steps))]
    folder, acks = shop.folder / "after", shop.promises()
    shutil.rmtree(folder, ignore_errors=True)
    found = disk_log.survived(recording.before, done, model, dice, lies)
    with closed_files():
        disk_log.laid_out(found, folder)
    acks.write_bytes(b"".join(step.data for step in done if step.what == "ack"))
    if not (folder / "keys.json").exists() and not acks.stat().st_size:
        # Cut in the first start, before it promised anything: it is begun again.
        looked = shop.do("work", folder, count=0, seed=1)
    else:
        looked = shop.look(folder, [acks])
    told = (looked.said.splitlines() or [""])[0] + looked.last_words()
    if looked.fell_over:
        return f"fell over ({looked.status}): {told[:300]}"
    if looked.status == 0:
        ends["held"] += 1
        return ""
    ends["told"] += 1
    if not lies:
        return f"{looked.status}: {told[:300]}"
    # It may lose, and spoil files that were given away; what is shown must be right, or be refused, or be found by the full check.
    seen = looked.status == TOLD or "不对：" in looked.said or "不符：" not in looked.said
    return "" if seen else f"wrong and not seen: {told[:300]}"
