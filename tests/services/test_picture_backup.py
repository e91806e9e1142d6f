"""Pictures in backups: once for all of them, brought back by a restore, cleaned where no event names them."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.services import (
    attachment_care,
    attachments,
    backup,
    backup_care,
    picture_backup,
    restore,
)
from desk.services.backups import Backup
from desk.services.check import check
from desk.services.office import Office
from desk.services.rescue import ON_STICK
from tests.builders import MONDAY, make_office, rules, take_in
from tests.importing.photos import pdf, photo
from tests.kept import closed_files, keep, opened
from tests.services.trips import Trip

TWO_DAYS = 2 * 86_400


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path / "office").office
    yield office
    office.close()


def attached(office: Office, *sources: bytes) -> UUID:
    case_id = take_in(office).case_id
    attachments.take(office, case_id=case_id, sources=sources)
    return case_id


def in_store(folder: Path) -> set[str]:
    return {path.name for path in (folder / picture_backup.STORE).rglob("*") if path.is_file()}


def all_there(office: Office, case_id: UUID) -> bool:
    rows = attachments.view(office, case_id=case_id).rows
    return bool(rows) and all(one.there for one in rows)


def restored(folder: Path, made: Backup, key: bytes) -> None:
    with closed_files():
        prepared = restore.prepare(
            OfficePaths(folder), backup=made, key=key, clock=FixedClock(MONDAY), rules=rules()
        )
        restore.finish(prepared, at="20261123-120000")


def test_two_backups_hold_a_picture_once(desk: Office) -> None:
    attached(desk, photo(), pdf())
    one, other = (backup.make(desk, why="by_hand") for _ in range(2))
    stored = in_store(desk.paths.backups)
    assert stored == {path.name for path in desk.blobs.stored()}
    assert (one.folder / picture_backup.LIST).read_bytes() == (
        other.folder / picture_backup.LIST
    ).read_bytes()
    assert picture_backup.is_whole(one, desk.blobs)


def test_a_store_keeps_what_any_backup_names_and_no_more(desk: Office) -> None:
    case_id = attached(desk, photo())
    made = backup.make(desk, why="by_hand")
    (path,) = desk.blobs.stored()
    path.unlink()
    assert picture_backup.prune(desk.paths.backups) == 0
    backup.remove(made)
    assert picture_backup.prune(desk.paths.backups) == 1
    assert in_store(desk.paths.backups) == set()
    assert not all_there(desk, case_id)


def test_a_damaged_list_takes_nothing_away(desk: Office) -> None:
    attached(desk, photo())
    made = backup.make(desk, why="by_hand")
    path = made.folder / picture_backup.LIST
    path.write_bytes(b"g" + path.read_bytes()[1:])
    assert picture_backup.prune(desk.paths.backups) == 0
    assert len(in_store(desk.paths.backups)) == 1
    assert not picture_backup.is_whole(made, desk.blobs)


def test_the_drill_opens_every_picture(desk: Office) -> None:
    attached(desk, photo())
    made = backup.make(desk, why="by_hand")
    assert backup_care.drill(desk, made)
    (stored,) = (desk.paths.backups / picture_backup.STORE).rglob("??*/*")
    stored.write_bytes(stored.read_bytes()[::-1])
    assert not backup_care.drill(desk, made)


def test_a_cut_picture_takes_no_good_ones_place(desk: Office) -> None:
    """Cut in the office the backups' stays; cut with the backups it is had anew from the office."""
    attached(desk, photo())
    backup.make(desk, why="by_hand")
    [mine] = desk.blobs.stored()
    [stored] = (desk.paths.backups / picture_backup.STORE).rglob("??*/*")
    whole = mine.read_bytes()
    for cut in (mine, stored):
        for path in (mine, stored):
            path.unlink()
            path.write_bytes(whole)
        cut.write_bytes(whole[:-3])
        assert backup_care.drill(desk, backup.make(desk, why="by_hand"))
        assert stored.read_bytes() == whole


def test_a_stick_gets_each_picture_once_and_brings_all_back_on_another_computer(
    desk: Office, tmp_path: Path
) -> None:
    case_id = attached(desk, photo(), pdf())
    stick = tmp_path / "stick"
    stick.mkdir()
    backup_care.copy_to(desk, folder=stick)
    first = {path: path.stat().st_mtime_ns for path in stick.rglob("??/*")}
    assert len(first) == 2
    attached(desk, photo(colour="#77aa77"))
    name = backup_care.copy_to(desk, folder=stick).value
    assert {path: path.stat().st_mtime_ns for path in first} == first
    desk.close()
    key = keep(desk.paths.folder)
    made = next(one for one in backup_of(stick / ON_STICK) if one.name == name)
    restored(tmp_path / "new", made, key.key)
    again = opened(replace(key, folder=tmp_path / "new"))
    assert all_there(again, case_id)
    assert check(again).findings == ()
    again.close()


def backup_of(folder: Path) -> tuple[Backup, ...]:
    from desk.services.backups import listed

    return listed(folder)


def test_a_restore_mends_what_is_lost_or_damaged_and_brings_what_was_sent_since(trip: Trip) -> None:
    case_id = attached(trip.desk, photo(), pdf())
    made = backup.make(trip.desk, why="by_hand")
    later = attached(trip.desk, photo(colour="#77aa77"))
    trip.export()
    folder = trip.desk.paths.folder
    trip.desk.close()
    lost, damaged, sent = trip.desk.blobs.stored()
    for path in (lost, sent):
        path.unlink()
    # Another inode than the backup's: an editor's save, or a disk that gave back rubbish.
    rubbish = damaged.read_bytes()[:-3]
    damaged.unlink()
    damaged.write_bytes(rubbish)
    key = keep(folder)
    restored(folder, made, key.key)
    trip.desk = opened(key)
    assert all_there(trip.desk, case_id)
    assert all_there(trip.desk, later)
    assert check(trip.desk).findings == ()


def test_what_cannot_be_had_is_told_by_the_check(desk: Office) -> None:
    attached(desk, photo(), pdf())
    one, other = desk.blobs.stored()
    one.unlink()
    other.write_bytes(b"\0" * 400)
    told = [finding.text for finding in check(desk).findings]
    assert told == ["有 1 份材料影像找不到", "有 1 份材料影像读出来不对"]


def test_what_a_power_cut_left_before_its_event_is_cleaned_after_a_day(desk: Office) -> None:
    case_id = attached(desk, photo())
    desk.blobs.keep(pdf())
    assert attachment_care.clean(desk) == 0
    for path in desk.blobs.stored():
        os.utime(path, (path.stat().st_mtime - TWO_DAYS,) * 2)
    (desk.paths.folder / "before-restore-20261123").mkdir()
    assert attachment_care.clean(desk) == 0
    (desk.paths.folder / "before-restore-20261123").rmdir()
    assert attachment_care.clean(desk) == 1
    assert all_there(desk, case_id)
    assert check(desk).findings == ()
