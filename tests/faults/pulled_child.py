"""The process in which sticks are pulled, started with the shim: `python -m tests.faults.pulled_child ROUNDS SEED`; prints a Figure."""

import errno
import json
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from desk.errors import DeskError, StickTrouble
from desk.exchange.stick import SUBFOLDER
from desk.services.check import check
from tests.faults import shim
from tests.faults.houses import room
from tests.faults.shim import Fault, On, What
from tests.kept import Kept, closed_files, keep
from tests.services.trips import Trip, export, make_kept, on_stick, served, set_out
from tests.services.trips import enrolled as make_known

CODES = (errno.EIO, errno.ENODEV)
EVERY = On.CHANGE | On.READ
NEVER = 1_000_000
DONE = "已回执"
Deed = Callable[[Trip], object]


def writes(trip: Trip) -> None:
    export(trip.desk, trip.stick)


def reads(trip: Trip) -> None:
    trip.answers()


def writes_plainly(trip: Trip) -> None:
    """Planted: whoever writes a package where it is to lie, piece by piece."""
    elsewhere = trip.folder / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    export(trip.desk, elsewhere)
    try:
        (trip.stick / SUBFOLDER).mkdir(exist_ok=True)
        for name, data in on_stick(elsewhere).items():
            with (trip.stick / SUBFOLDER / name).open("wb", buffering=0) as file:
                for start in range(0, len(data), 256):
                    file.write(data[start : start + 256])
    except OSError as error:
        raise StickTrouble("write", str(trip.stick)) from error


def main(rounds: int, seed: int, write: Deed = writes) -> None:
    failures: list[str] = []
    counts: dict[str, int] = {}
    with room() as folder:
        pairs = dict(laid_out(folder))
        points = []
        for name, deed in ("export", write), ("answer", reads):
            counts[name] = tried(folder, pairs[name], deed, NEVER, errno.EIO, failures, name)
            points += [
                (name, deed, at, code) for at in range(1, counts[name] + 1) for code in CODES
            ]
        chosen = points if rounds >= len(points) else random.Random(seed).sample(points, rounds)
        for name, deed, at, code in chosen:
            about = f"{name}, operation {at}, {errno.errorcode[code]}"
            tried(folder, pairs[name], deed, at, code, failures, about)
    print(
        json.dumps({"rounds": len(chosen), "failures": failures, "said": f"operations: {counts}"})
    )


def laid_out(folder: Path) -> list[tuple[str, tuple[tuple[Kept, Kept], Path]]]:
    """Two beginnings: cases nobody has exported, and an answer waiting on the stick."""
    found = []
    for name in ("export", "answer"):
        made = make_kept(folder / name / "made")
        trip = set_out(made, folder / name / "begun")
        make_known(trip.desk, trip.hub, trip.stick)
        served(trip.desk, 3, first=10)
        if name == "answer":
            trip.export()
            trip.receive()
        trip.close()
        begun = folder / name / "begun"
        found.append((name, ((keep(begun / "desk"), keep(begun / "hub")), trip.stick)))
    return found


def tried(
    folder: Path,
    begun: tuple[tuple[Kept, Kept], Path],
    deed: Deed,
    at: int,
    code: int,
    failures: list[str],
    about: str,
) -> int:
    """The stick goes at that operation and stays away; then it comes back, and all must be well. Gives the operations seen."""
    pair, stick = begun
    place = folder / "tried"
    with closed_files():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        trip = set_out(pair, place)
        shutil.copytree(stick, trip.stick, dirs_exist_ok=True)
    try:
        before = on_stick(trip.stick)
        told = pulled(trip, deed, at, code)
        seen = shim.counted()[0]
        shim.start(place / "nowhere", Fault())
        failures += [f"{about}: {one}" for one in looked_at(trip, deed, before, told)]
    except Exception as error:
        failures.append(f"{about}: {type(error).__name__}: {error}"[:300])
        seen = 0
    finally:
        shim.start(place / "nowhere", Fault())
        trip.close()
    return seen


def pulled(trip: Trip, deed: Deed, at: int, code: int) -> bool:
    """Whether the deed said that it could not be done."""
    shim.start(trip.stick, Fault(What.FAIL, EVERY, at, 0, code))
    try:
        deed(trip)
    except DeskError:
        return True
    return False


def looked_at(trip: Trip, deed: Deed, before: dict[str, bytes], told: bool) -> list[str]:
    """What is wrong after the stick came back: nothing half is a package, and a second try brings it to its end."""
    wrong = []
    after = on_stick(trip.stick)
    states = trip.states()
    if deed is not reads and not told and set(after) == set(before):
        wrong.append("said to be written, and nothing is there")
    first = {name: data for name, data in after.items() if name.endswith(".bmq")}
    outcomes = set(trip.outcomes())
    if outcomes - {"COMMITTED", "ALREADY"}:
        wrong.append(f"the county met {sorted(outcomes)}")
    deed(trip)
    again = on_stick(trip.stick)
    wrong += [
        f"{name} has other bytes the second time"
        for name, data in first.items()
        if name in again and again[name] != data
    ]
    trip.receive()
    trip.answers()
    if set(trip.states()) != {DONE}:
        wrong.append(f"in the end {trip.states()} after {states}")
    for office in (trip.desk, trip.hub):
        wrong += [finding.text for finding in check(office).findings]
    return wrong


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), writes_plainly if "plainly" in sys.argv else writes)
