"""Random mornings, a file that is destroyed, backups spoilt: restoring always goes through and says what is missing."""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import cast

from sqlalchemy import select

from db.models import CaseFile, Event
from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.services import backup, rescue
from desk.services.backups import FILE, MANIFEST
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.restore import Prepared
from tests.builders import rules
from tests.faults.figure import Figure
from tests.faults.houses import room
from tests.kept import Kept, closed_files, opened
from tests.services.trips import Trip, make_kept, served, set_out
from tests.services.trips import enrolled as make_known

STEPS = 8
Finder = Callable[..., Prepared | None]


@dataclass
class Morning:
    """A desk at work; `sealed` is how far its log came in packages, `saved` in each backup by its name."""

    trip: Trip
    kept: Kept
    rng: random.Random
    sealed: int = 0
    saved: dict[str, int] = field(default_factory=dict)
    people: int = 10

    @property
    def paths(self) -> OfficePaths:
        return OfficePaths(self.kept.folder)

    @property
    def clock(self) -> FixedClock:
        return cast("FixedClock", self.trip.desk.clock)


def run(rounds: int, seed: int, find: Finder = rescue.newest) -> Figure:
    """So many mornings. `find` makes a backup ready as `rescue.newest` does."""
    failures: list[str] = []
    met: Counter[str] = Counter()
    with room() as folder:
        pair = make_kept(folder / "made")
        for round_ in range(rounds):
            rng = random.Random(f"{seed} {round_}")
            try:
                met += one(folder / f"{round_}", pair, rng, find)
            except Exception as error:
                failures.append(
                    f"seed {seed}, round {round_}: {type(error).__name__}: {error}"[:300]
                )
            shutil.rmtree(folder / f"{round_}", ignore_errors=True)
    return Figure(
        rounds, tuple(failures), ", ".join(f"{n} {name}" for name, n in sorted(met.items()))
    )


def one(folder: Path, pair: tuple[Kept, Kept], rng: random.Random, find: Finder) -> Counter[str]:
    """A morning, an accident, a restore, and what must hold then."""
    folder.mkdir()
    trip = set_out(pair, folder)
    morning = Morning(trip, replace(pair[0], folder=folder / pair[0].folder.name), rng)
    try:
        make_known(trip.desk, trip.hub, trip.stick)
        lived(morning)
        before = cases(trip.desk)
        trip.desk.close()
        with closed_files():
            met = spoilt(morning) + destroyed(morning)
            met += restored(morning, find, before)
    finally:
        trip.close()
    return met


def lived(morning: Morning) -> None:
    """A first backup, then people, backups, packages, answers as chance has it; something at the end that nothing has."""
    save(morning)
    for _ in range(STEPS):
        morning.clock.advance(minutes=morning.rng.randint(10, 100))
        match morning.rng.randrange(6):
            case 0 | 1 | 2:
                come(morning)
            case 3:
                save(morning)
            case 4:
                morning.trip.export()
                morning.sealed = end(morning.trip.desk)
            case _:
                morning.trip.receive()
                morning.trip.answers()
    if morning.rng.random() < 0.7:
        come(morning)


def come(morning: Morning) -> None:
    count = morning.rng.randint(1, 3)
    served(morning.trip.desk, count, first=morning.people)
    morning.people += count


def save(morning: Morning) -> None:
    made = backup.make(morning.trip.desk, why="hours")
    morning.saved[made.name] = end(morning.trip.desk)


def end(office: Office) -> int:
    """The number of the last event of this database."""
    with reading(office) as connection:
        query = select(Event.n).where(Event.origin == office.origin).order_by(Event.n.desc())
        return int(connection.execute(query.limit(1)).scalar_one())


def cases(office: Office) -> dict[int, str]:
    """The numbers of the cases of this database by the event they came in with."""
    query = (
        select(Event.n, CaseFile.sj_number, CaseFile.sl_number)
        .join(CaseFile, CaseFile.id == Event.entity_id)
        .where(Event.kind == "case.opened", Event.origin == office.origin)
    )
    with reading(office) as connection:
        return {n: sj or sl for n, sj, sl in connection.execute(query)}


def spoilt(morning: Morning) -> Counter[str]:
    """In half of the mornings the newest backup is spoilt, sometimes the one before it too; never the first."""
    met: Counter[str] = Counter()
    made = sorted(morning.saved)
    while len(made) > 1 and morning.rng.random() < 0.5:
        folder = morning.paths.backups / made.pop()
        met[spoil(folder, morning.rng)] += 1
        del morning.saved[folder.name]
    return met


def spoil(folder: Path, rng: random.Random) -> str:
    match rng.randrange(5):
        case 0:
            shutil.rmtree(folder)
            return "backups gone"
        case 1:
            (folder / FILE).unlink()
            return "backups without their file"
        case 2:
            damaged(folder / MANIFEST, rng, 1)
            return "manifests damaged"
        case 3:
            cut(folder / FILE, rng)
            return "backups cut"
        case _:
            damaged(folder / FILE, rng, rng.choice((1, 4096)))
            return "backups damaged"


def destroyed(morning: Morning) -> Counter[str]:
    """What happened to the file itself; the log beside it goes the same way."""
    file, rng = morning.paths.database, morning.rng
    what = rng.choice(("gone", "overwritten", "cut", "damaged"))
    match what:
        case "gone":
            file.unlink()
        case "overwritten":
            file.write_bytes(rng.randbytes(file.stat().st_size))
        case "cut":
            cut(file, rng)
        case _:
            damaged(file, rng, 16 * 4096)
    return Counter({f"file {what}": 1})


def damaged(path: Path, rng: random.Random, size: int) -> None:
    data = bytearray(path.read_bytes())
    start = rng.randrange(max(1, len(data) - size))
    data[start : start + size] = bytes(byte ^ 0xA5 for byte in data[start : start + size])
    path.write_bytes(data)


def cut(path: Path, rng: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: rng.randrange(len(data))])


def restored(morning: Morning, find: Finder, before: dict[int, str]) -> Counter[str]:
    """Restore as the program does, then look: everything saved or sealed is there, what is missing is said."""
    prepared = find(
        morning.paths,
        key=morning.kept.key,
        clock=FixedClock(morning.clock.moment + timedelta(minutes=20)),
        rules=rules(),
        folders=places(morning),
    )
    assert prepared is not None, "no backup was made ready"
    now = morning.clock.moment + timedelta(minutes=20)
    told = "".join(rescue.story(prepared, now))
    done = rescue.finish(prepared, now)
    office = opened(morning.kept, now)
    try:
        assert check(office).findings == ()
        here = set(numbers(office))
        kept = max(*morning.saved.values(), morning.sealed)
        safe = {number for n, number in before.items() if n <= kept}
        missing = set(before.values()) - here
        # An exported case may wait for the events before it, which the county gives back.
        assert done.replayed.waiting or safe <= here, f"lost though saved: {sorted(safe - here)}"
        assert not missing or done.lost is None or done.lost > 0 or done.replayed.waiting
        assert told
        served(office, 1, first=150)
    finally:
        office.close()
    return Counter(
        {
            "restored": 1,
            "cases brought back": len(here & set(before.values())),
            "cases lost that nothing held": len(missing),
            "did not know what is lost": done.lost is None,
        }
    )


def places(morning: Morning) -> Sequence[Path]:
    """The stick, where somebody has it."""
    return (morning.trip.stick,) if morning.rng.random() < 0.5 else ()


def numbers(office: Office) -> list[str]:
    with reading(office) as connection:
        rows = connection.execute(select(CaseFile.sj_number, CaseFile.sl_number))
        return [sj or sl for sj, sl in rows]
