"""A restored desk: nothing that was exported is lost, nothing that still reads, and the county is not told two truths."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.models import Event, SetAside
from desk.clock import FixedClock
from desk.errors import EarlierCasesWait, OfficeBusy, OfficeDamaged
from desk.paths import OfficePaths
from desk.services import backup, backups, case_views, cases, hub_desks, hub_resend, restore, sync
from desk.services.backups import Backup
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.restore import Restored
from desk.services.views import CaseFilter
from tests.builders import MONDAY, id_number, make_office, person, rules, take_in
from tests.kept import Kept, closed_files, keep, opened
from tests.services.trips import Trip, served, set_out

SITE, WINDOW = "610422001001", 2


class Morning(Trip):
    """A desk known to its county, and the folder it lives in."""

    kept: Kept

    @property
    def paths(self) -> OfficePaths:
        return OfficePaths(self.kept.folder)

    def prepare(self, made: Backup, **more: object) -> restore.Prepared:
        return restore.prepare(
            self.paths,
            backup=made,
            key=self.kept.key,
            clock=FixedClock(MONDAY),
            rules=rules(),
            **more,  # type: ignore[arg-type]
        )

    def restored(self, made: Backup, **more: object) -> Restored:
        with closed_files():
            done = restore.finish(self.prepare(made, **more), at="20261123-120000")
        self.desk = opened(self.kept)
        return done


@pytest.fixture
def morning(enrolled_pair: tuple[Kept, Kept], tmp_path: Path) -> Iterator[Morning]:
    yield from laid_out(enrolled_pair, tmp_path)


@pytest.fixture
def unknown(kept_pair: tuple[Kept, Kept], tmp_path: Path) -> Iterator[Morning]:
    yield from laid_out(kept_pair, tmp_path)


def laid_out(pair: tuple[Kept, Kept], folder: Path) -> Iterator[Morning]:
    made = set_out(pair, folder)
    trip = Morning(made.folder, made.desk, made.hub, made.stick)
    trip.kept = replace(pair[0], folder=folder / pair[0].folder.name)
    yield trip
    trip.close()


def destroyed(paths: OfficePaths, start: int = 0, size: int | None = None) -> bytes:
    """Bytes of the file replaced by others; returns what is there then."""
    with closed_files():
        data = bytearray(paths.database.read_bytes())
        end = len(data) if size is None else start + size
        data[start:end] = b"\xa5" * (end - start)
        paths.database.write_bytes(data)
    return bytes(data)


def numbers(office: Office) -> set[str]:
    page = case_views.page(office, wanted=CaseFilter(group="all"), limit=200)
    return {row.short_no for row in page.rows}


def test_the_file_is_destroyed_at_noon(morning: Morning) -> None:
    served(morning.desk, 2, first=1)
    made = backup.make(morning.desk, why="hours")
    served(morning.desk, 3, first=10)
    morning.export()
    exported = numbers(morning.desk)
    served(morning.desk, 2, first=20)
    morning.desk.close()
    rubble = destroyed(morning.paths)
    done = morning.restored(made)
    assert done.replayed.cases == 3
    assert numbers(morning.desk) == exported
    assert check(morning.desk).findings == ()
    assert done.aside is not None
    with closed_files():
        assert (done.aside / "desk.db").read_bytes() == rubble
    assert [one.name for one in done.aside.iterdir()] == ["desk.db"]
    assert not morning.paths.restoring.exists()
    served(morning.desk, 1, first=40)


def test_what_the_damaged_file_still_gives_is_not_lost(morning: Morning) -> None:
    made = backup.make(morning.desk, why="hours")
    served(morning.desk, 6, first=10)
    had = numbers(morning.desk)
    morning.desk.close()
    done = morning.restored(made)
    assert (done.lost, done.replayed.cases) == (0, 6)
    assert numbers(morning.desk) == had
    assert check(morning.desk).findings == ()


def test_what_no_page_gives_any_more_is_counted(morning: Morning) -> None:
    made = backup.make(morning.desk, why="hours")
    served(morning.desk, 20, first=10)
    had = numbers(morning.desk)
    morning.desk.close()
    size = OfficePaths(morning.kept.folder).database.stat().st_size
    destroyed(morning.paths, size - 40 * 4096, 40 * 4096)
    done = morning.restored(made)
    with reading(morning.desk) as connection:
        told = connection.execute(select(func.count()).select_from(SetAside)).scalar_one()
    assert told == done.replayed.waiting
    assert done.lost is None or done.lost > 0
    assert len(numbers(morning.desk)) < len(had)
    assert check(morning.desk).findings == ()


def test_one_backup_restored_twice_gives_no_number_twice(unknown: Morning) -> None:
    """The second restore knows nothing of the first but the note beside the file."""
    made = backup.make(unknown.desk, why="hours")
    seen: list[set[str]] = []
    for again in range(2):
        unknown.desk.close()
        destroyed(unknown.paths)
        unknown.restored(made)
        had = set(numbers(unknown.desk))
        take_in(unknown.desk, who=person("单大河", id_no=id_number(order=201 + again)))
        seen.append(set(numbers(unknown.desk)) - had)
    assert unknown.desk.epoch == 3
    assert all(seen)
    assert not seen[0] & seen[1]


def test_a_desk_nobody_knows_goes_on_at_once(unknown: Morning) -> None:
    made = backup.make(unknown.desk, why="hours")
    case = take_in(unknown.desk, who=person("单大河", id_no=id_number(order=201)))
    had = numbers(unknown.desk)
    unknown.desk.close()
    unknown.restored(made)
    assert not unknown.desk.waits
    assert numbers(unknown.desk) == had
    found = case_views.detail(unknown.desk, case_id=case.case_id)
    cases.act(
        unknown.desk,
        case_id=case.case_id,
        version=found.version,
        action="withdraw",
        asks={"reason": "本人不办了"},
    )
    assert check(unknown.desk).findings == ()


def test_the_county_that_knows_more_gives_back_and_goes_on(morning: Morning) -> None:
    """Acknowledged packages are gone from the county's question, a later one never reached it: none of both is lost."""
    case = take_in(morning.desk, who=person("单大河", id_no=id_number(order=201)))
    made = backup.make(morning.desk, why="hours")
    served(morning.desk, 2, first=10)
    first = morning.export().files
    morning.receive()
    served(morning.desk, 2, first=20)
    lost_stick = morning.new_stick("lost")
    morning.export(lost_stick)
    had = numbers(morning.desk)
    for name in first:
        (morning.paths.packages / name).unlink()
    morning.desk.close()
    destroyed(morning.paths)
    done = morning.restored(made)
    assert (done.replayed.events, done.replayed.cases) == (0, 0)
    assert done.replayed.waiting > 0
    found = case_views.detail(morning.desk, case_id=case.case_id)
    with pytest.raises(EarlierCasesWait):
        cases.act(
            morning.desk,
            case_id=case.case_id,
            version=found.version,
            action="withdraw",
            asks={"reason": "本人不办了"},
        )
    known_again(morning)
    assert numbers(morning.desk) == had
    assert check(morning.desk).findings == ()
    served(morning.desk, 1, first=40)
    stick = morning.new_stick("afterwards")
    morning.export(stick)
    assert set(morning.outcomes(stick)) == {"COMMITTED"}
    assert numbers(morning.hub) == numbers(morning.desk)
    assert check(morning.hub).findings == ()


def known_again(morning: Morning) -> None:
    stick = morning.new_stick("enrol")
    name = sync.write_enrolment(morning.desk, folder=stick).value
    assert hub_desks.enrol(morning.hub, path=stick / name).value.step == "successor"
    hub_resend.resend(morning.hub, site=SITE, window=WINDOW, folder=stick, most=5_000)
    sync.read_answers(morning.desk, folder=stick)
    assert not morning.desk.waits


def test_a_package_the_county_has_as_well_is_not_told_twice(morning: Morning) -> None:
    made = backup.make(morning.desk, why="hours")
    served(morning.desk, 2, first=10)
    morning.export()
    morning.receive()
    had = numbers(morning.desk)
    morning.desk.close()
    destroyed(morning.paths)
    morning.restored(made)
    known_again(morning)
    assert numbers(morning.desk) == had
    with reading(morning.desk) as connection:
        twice = select(Event.id).group_by(Event.id).having(func.count() > 1)
        assert connection.execute(twice).first() is None
    stick = morning.new_stick("afterwards")
    morning.export(stick)
    assert set(morning.outcomes(stick)) == {"COMMITTED"}
    assert numbers(morning.hub) == had


def test_packages_on_a_stick_count_too(morning: Morning) -> None:
    made = backup.make(morning.desk, why="hours")
    served(morning.desk, 2, first=10)
    morning.export()
    had = numbers(morning.desk)
    morning.desk.close()
    destroyed(morning.paths)
    for one in morning.paths.packages.iterdir():
        one.unlink()
    assert morning.restored(made, packages=(morning.stick,)).replayed.cases == 2
    assert numbers(morning.desk) == had


def test_a_changed_package_is_named_and_not_taken(morning: Morning) -> None:
    made = backup.make(morning.desk, why="hours")
    served(morning.desk, 1, first=10)
    (name,) = morning.export().files
    path = morning.paths.packages / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    morning.desk.close()
    destroyed(morning.paths)
    done = morning.restored(made)
    assert done.replayed.refused == (name,)
    assert done.replayed.events == 0


@pytest.mark.parametrize("where", [0, 5_000, -1])
def test_a_torn_backup_is_refused_and_nothing_moves(morning: Morning, where: int) -> None:
    made = backup.make(morning.desk, why="hours")
    had = numbers(morning.desk)
    morning.desk.close()
    data = bytearray(made.file.read_bytes())
    data[where] ^= 1
    made.file.write_bytes(data)
    with closed_files(), pytest.raises(OfficeDamaged):
        morning.prepare(made)
    morning.desk = opened(morning.kept)
    assert numbers(morning.desk) == had


def test_a_stale_file_under_a_newer_manifest_is_refused(morning: Morning) -> None:
    old = backup.make(morning.desk, why="hours")
    served(morning.desk, 1, first=10)
    new = backup.make(morning.desk, why="by_hand")
    morning.desk.close()
    manifest = replace(new.manifest, digest=old.manifest.digest, size=old.manifest.size)
    backups.write_manifest(old.folder, manifest)
    stale = backups.opened(old.folder)
    assert stale is not None
    with closed_files(), pytest.raises(OfficeDamaged):
        morning.prepare(stale)
    morning.desk = opened(morning.kept)


def test_another_key_opens_nothing(morning: Morning, tmp_path: Path) -> None:
    made = backup.make(morning.desk, why="hours")
    morning.desk.close()
    other = make_office(tmp_path / "other").office
    other.close()
    with closed_files(), pytest.raises(OfficeDamaged):
        restore.prepare(
            morning.paths,
            backup=made,
            key=keep(tmp_path / "other").key,
            clock=FixedClock(MONDAY),
            rules=rules(),
        )
    morning.desk = opened(morning.kept)


def test_not_while_the_program_is_open(morning: Morning) -> None:
    made = backup.make(morning.desk, why="hours")
    with pytest.raises(OfficeBusy):
        morning.prepare(made)


def test_on_an_empty_computer_with_the_backup_alone(morning: Morning, tmp_path: Path) -> None:
    served(morning.desk, 2, first=10)
    morning.export()
    made = backup.make(morning.desk, why="hours")
    had = numbers(morning.desk)
    fresh = OfficePaths(tmp_path / "fresh")
    prepared = restore.prepare(
        fresh, backup=made, key=morning.kept.key, clock=FixedClock(MONDAY), rules=rules()
    )
    done = restore.finish(prepared, at="20261123-120000")
    assert done.aside is None
    office = opened(keep(fresh.folder))
    morning.opened.append(office)
    assert numbers(office) == had
    assert check(office).findings == ()
