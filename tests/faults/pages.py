"""The encrypted file damaged on the disk: bits, bytes, sectors, pages, its tail, and pages of an older day."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.exc import DBAPIError

from desk.errors import OfficeDamaged
from desk.paths import OfficePaths
from desk.services import case_views, cases, chain, settings
from desk.services.check import check, quick_check
from desk.services.office import Office
from desk.services.views import CaseFilter
from tests.faults.figure import Figure
from tests.faults.houses import lived_in, room
from tests.kept import Kept, closed_files, copied, opened
from tests.services.trips import Rows, rows, served

PAGE, SECTOR = 4096, 512
LOCAL = ("setting", "search_token", "draft", "print_job", "document_file", "ledger_run")
"""Written anew or lost without a promise broken."""
Looker = Callable[[Office], bool]
Days = list[bytes]
"""The file as it was before this and that happened."""


def at_start(office: Office) -> bool:
    """Whether the looks behind the first page say something."""
    return bool(quick_check(office) or chain.check_start(office).faults)


def whole(office: Office) -> bool:
    """Whether the full check says something."""
    return bool(check(office).findings)


def seen_by(look: Looker, kept: Kept) -> bool:
    """Whether opening refuses the file, or the look says something or cannot go through with it."""
    try:
        office = opened(kept)
    except OfficeDamaged:
        return True
    try:
        return look(office)
    except (OfficeDamaged, DBAPIError):
        return True
    finally:
        office.close()


def bit(data: bytearray, rng: random.Random, _old: Days) -> bool:
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return True


def byte(data: bytearray, rng: random.Random, _old: Days) -> bool:
    data[rng.randrange(len(data))] ^= rng.randint(1, 255)
    return True


def sector(data: bytearray, rng: random.Random, _old: Days) -> bool:
    start = rng.randrange(len(data) // SECTOR) * SECTOR
    data[start : start + SECTOR] = rng.choice((bytes(SECTOR), rng.randbytes(SECTOR)))
    return True


def page(data: bytearray, rng: random.Random, _old: Days) -> bool:
    start = rng.randrange(len(data) // PAGE) * PAGE
    data[start : start + PAGE] = rng.choice((bytes(PAGE), rng.randbytes(PAGE)))
    return True


def moved(data: bytearray, rng: random.Random, _old: Days) -> bool:
    """A page that is whole, at the place of another."""
    one, other = rng.sample(range(len(data) // PAGE), 2)
    data[one * PAGE : (one + 1) * PAGE] = data[other * PAGE : (other + 1) * PAGE]
    return True


def tail(data: bytearray, rng: random.Random, _old: Days) -> bool:
    del data[-rng.choice((1, SECTOR, PAGE, rng.randint(1, len(data) // 2))) :]
    return True


def stale(data: bytearray, rng: random.Random, old: Days) -> bool:
    """A page as it was an earlier day: its own seal is right."""
    day = rng.choice(old)
    places = range(0, min(len(day), len(data)), PAGE)
    start = rng.choice([at for at in places if data[at : at + PAGE] != day[at : at + PAGE]])
    data[start : start + PAGE] = day[start : start + PAGE]
    return True


DEEDS: Mapping[str, Callable[[bytearray, random.Random, Days], bool]] = MappingProxyType(
    {
        "bit": bit,
        "byte": byte,
        "sector": sector,
        "page": page,
        "moved": moved,
        "tail": tail,
        "stale": stale,
    }
)


def run(rounds: int, seed: int, look: Looker = whole) -> Figure:
    """A damage a round to a copy; whatever neither opening nor the look says is a failure, unless no promised row differs."""
    failures: list[str] = []
    met: Counter[str] = Counter()
    with room() as folder:
        kept = lived_in(folder)
        old = [gone_on(kept, deed) for deed in LATER]
        promised = rows_of(kept)
        if seen_by(look, kept):
            failures.append("the sound file is called damaged")
        for round_ in range(rounds):
            rng = random.Random(f"{seed} {round_}")
            name = list(DEEDS)[round_ % len(DEEDS)]
            copy = damaged(kept, folder / f"copy{round_}", name, rng, old)
            met["seen at the start"] += seen_by(at_start, copy)
            if seen_by(look, copy):
                met["seen"] += 1
            elif name == "stale" and rows_of(copy) == promised:
                met["stale in rows of no promise"] += 1
            else:
                failures.append(f"seed {seed}, round {round_}: {name} was not seen")
    return Figure(
        rounds, tuple(failures), ", ".join(f"{n} {name}" for name, n in sorted(met.items()))
    )


def damaged(kept: Kept, folder: Path, name: str, rng: random.Random, old: Days) -> Kept:
    """A copy with that damage, nobody having it open."""
    copy = copied(kept, folder)
    file = OfficePaths(copy.folder).database
    with closed_files():
        data = bytearray(file.read_bytes())
        DEEDS[name](data, rng, old)
        file.write_bytes(data)
    return copy


def withdrawn(office: Office) -> None:
    """Rows that change without becoming more: counting entries does not tell them."""
    for row in case_views.page(office, wanted=CaseFilter(group="all"), limit=6).rows:
        version = case_views.detail(office, case_id=row.id).version
        asks = {"reason": "本人不办了"}
        cases.act(office, case_id=row.id, version=version, action="withdraw", asks=asks)


LATER: tuple[Callable[[Office], object], ...] = (
    lambda office: served(office, 4, first=60),
    withdrawn,
    lambda office: settings.put(office, key="large_text", value=True),
)


def gone_on(kept: Kept, deed: Callable[[Office], object]) -> bytes:
    """The closed file as it is; afterwards something more has happened."""
    with closed_files():
        before = OfficePaths(kept.folder).database.read_bytes()
    office = opened(kept)
    deed(office)
    office.close()
    return before


def rows_of(kept: Kept) -> Rows:
    """What is promised: all rows but those that are the computer's own."""
    office = opened(kept)
    try:
        return rows(office, *LOCAL)
    finally:
        office.close()
