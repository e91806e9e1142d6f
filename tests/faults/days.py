"""Whole days by seed: two desks, their county, three sticks, faults, restores and clocks that jump; the promises after every step.

The world and most of what happens in it are those of `tests/properties`, whose test compares orders of receiving as well;
here there are clocks, a third stick, and promises about numbers, acknowledgements and one content for each number.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from traceback import extract_tb
from types import MappingProxyType

from sqlalchemy import func, select

from db.models import IssuedNumber, PackageIn, PackageOut
from desk.services import chain
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.sync_send import ACKED, REPLACED, SENT
from tests.faults.figure import Figure
from tests.faults.houses import room
from tests.properties import exchange_deeds as deeds
from tests.properties.exchange_promises import finish, nothing_acknowledged_is_lost
from tests.properties.exchange_world import World, begun

STEPS, WINDOWS, STICKS = 300, 2, 3
CHECKED_EVERY = 100
"""Steps between two full checks of everybody's file."""
JUMPS = (timedelta(days=-1), timedelta(days=3_650), timedelta(days=-18_250), timedelta(hours=-3))
A_DAY = (
    IssuedNumber.origin,
    IssuedNumber.series,
    IssuedNumber.window,
    IssuedNumber.day,
    IssuedNumber.epoch,
)
# Asked after every step, so they are put together once.
_TAKEN = (PackageIn.sender, PackageIn.epoch, PackageIn.seq)
TWICE_TAKEN = (
    select(*_TAKEN)
    .where(PackageIn.outcome == "COMMITTED")
    .group_by(*_TAKEN)
    .having(func.count(PackageIn.digest.distinct()) > 1)
)
SERIALS = select(
    *A_DAY, func.min(IssuedNumber.serial), func.max(IssuedNumber.serial), func.count()
).group_by(*A_DAY)
NUMBERS = select(func.count(), func.count(IssuedNumber.number.distinct()))
PACKAGES = select(PackageOut.epoch, PackageOut.seq, PackageOut.state, PackageOut.digest).where(
    PackageOut.kind.in_(SENT)
)
Deed = Callable[[World], None]
Acked = dict[tuple[Path, int, int], bytes]


def a_clock_jumps(world: World) -> None:
    """For a while the clocks are wrong: work goes on; then somebody sets them right."""
    right = world.clock.moment
    world.clock.moment += world.rng.choice(JUMPS)
    for _ in range(world.rng.randint(1, 3)):
        world.rng.choice((deeds.somebody_comes, deeds.a_desk_writes))(world)
    world.clock.moment = right
    world.met["clocks jumped"] += 1


def a_night_passes(world: World) -> None:
    """Everybody goes home; the program is closed, and opened on another day."""
    for desk in world.desks:
        desk.office.close()
    world.clock.advance(hours=world.rng.choice((15, 63)))
    for desk in world.desks:
        desk.office = world.open(desk.kept)
    world.met["nights"] += 1


DEEDS: Mapping[Deed, int] = MappingProxyType({**deeds.DEEDS, a_clock_jumps: 8, a_night_passes: 4})


def run(
    rounds: int,
    seed: int,
    also: Mapping[Deed, int] = MappingProxyType({}),
    steps: int = STEPS,
) -> Figure:
    """So many lives, each by its own seed from `seed` on; a broken promise is told with its seed and step."""
    failures, met = [], Counter[str]()
    for one in range(seed, seed + rounds):
        with room() as folder:
            try:
                met += lived(folder, one, steps, {**DEEDS, **also})
            except Broken as broken:
                failures.append(f"seed {one}: {broken}")
    said = f"{rounds * steps:,} steps: {met['people served']:,} served, {met['clocks jumped']} clocks, "
    said += f"{met['restored'] + met['restored, untold']} restored, {met['burnt']} burnt, {met['cloned']} cloned"
    return Figure(rounds, tuple(failures), said)


class Broken(Exception):
    """A promise that does not hold, or a deed that came to grief; the text says at which step."""


def lived(folder: Path, seed: int, steps: int, happens: Mapping[Deed, int]) -> Counter[str]:
    """One life of so many steps; what was met in it."""
    world = begun(folder, seed, WINDOWS)
    world.sticks = [[] for _ in range(STICKS)]
    acked: Acked = {}
    step, deed = 0, "beginning"
    try:
        for step in range(1, steps + 1):
            world.clock.advance(minutes=7)
            [chosen] = world.rng.choices(list(happens), list(happens.values()))
            deed = chosen.__name__
            chosen(world)
            promises(world, acked)
            if step % CHECKED_EVERY == 0:
                everything_follows(world)
        deed = "the end"
        finish(world)
        everything_follows(world)
    except Exception as error:
        where = extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__} in {where.name}, {where.line}: {error}"
        raise Broken(f"step {step}, {deed}: {told}"[:400]) from error
    finally:
        world.close()
    return world.met


def promises(world: World, acked: Acked) -> None:
    """What holds after every step; first a stranger writes down what each desk shows as acknowledged."""
    for desk in world.desks:
        world.note_acked(desk.office)
    nothing_acknowledged_is_lost(world)
    one_content_for_each_number(world.hub)
    for desk in world.desks:
        numbers_follow(desk.office)
        no_acknowledgement_goes_back(desk.office, acked)


def one_content_for_each_number(hub: Office) -> None:
    """The county took no two packages of one database under one number."""
    with reading(hub) as connection:
        assert connection.execute(TWICE_TAKEN).all() == []


def numbers_follow(office: Office) -> None:
    """In each series the numbers of a day follow one another; none was given twice."""
    with reading(office) as connection:
        for row in connection.execute(SERIALS):
            *_, first, last, count = row
            assert last - first + 1 == count, row
        all_, different = connection.execute(NUMBERS).one()
    assert all_ == different


def no_acknowledgement_goes_back(office: Office, acked: Acked) -> None:
    """What this computer once showed as acknowledged it shows so for ever, with the same content."""
    folder = office.paths.folder
    with reading(office) as connection:
        rows = connection.execute(PACKAGES).all()
    now = {(folder, epoch, seq): (state, bytes(digest)) for epoch, seq, state, digest in rows}
    for key, digest in acked.items():
        if key[0] == folder and key in now:
            assert now[key] in ((ACKED, digest), (REPLACED, digest)), key
    acked |= {key: digest for key, (state, digest) in now.items() if state == ACKED}


def everything_follows(world: World) -> None:
    """Everybody's chain holds, and every row follows from it."""
    for office in (world.hub, *(desk.office for desk in world.desks)):
        assert check(office).findings == ()
        whole = chain.check_whole(office, progress=lambda *_: None, cancelled=lambda: False)
        assert whole.faults == ()
