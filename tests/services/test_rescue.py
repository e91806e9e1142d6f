"""Getting in, and finding a backup, when the folder itself gives nothing away any more."""

import shutil
from pathlib import Path

import pytest

from desk.clock import FixedClock
from desk.errors import OfficeDamaged, SignInRefused
from desk.keyring import key_file
from desk.paths import OfficePaths
from desk.services import backup, rescue, restore
from tests.builders import MONDAY, PASSWORD, make_office, rules, take_in
from tests.kept import Kept, keep


@pytest.fixture
def desk(tmp_path: Path, database_files_closed: None) -> Kept:
    """A closed office with two backups, the later one with a case more."""
    office = make_office(tmp_path / "office").office
    for _ in range(2):
        take_in(office)
        backup.make(office, why="copy")
        clock = office.clock
        assert isinstance(clock, FixedClock)
        clock.advance(hours=1)
    office.close()
    return keep(tmp_path / "office")


def open_key(desk: Kept, password: str = PASSWORD) -> bytes:
    return rescue.open_key(
        OfficePaths(desk.folder),
        operator_id=desk.operator.hex,
        password=password,
        clock=FixedClock(MONDAY),
    )


def newest(desk: Kept, *but: str) -> str | None:
    """The name of the backup that would be taken; it is let go of again."""
    paths = OfficePaths(desk.folder)
    found = rescue.newest(paths, key=desk.key, clock=FixedClock(MONDAY), rules=rules(), but=but)
    if found is None:
        return None
    restore.give_up(found)
    return found.backup.name


def test_a_damaged_key_file_is_looked_for_among_the_backups(desk: Kept) -> None:
    for name in key_file.NAMES:
        (desk.folder / name).write_bytes(b"\xa5" * 400)
    assert open_key(desk) == desk.key
    with pytest.raises(SignInRefused):
        open_key(desk, "不是这个密码，肯定不是")


def test_without_any_key_file_nobody_gets_in(desk: Kept) -> None:
    for path in desk.folder.rglob("keys.json*"):
        path.write_bytes(b"")
    with pytest.raises(OfficeDamaged):
        open_key(desk)


def test_the_backup_that_holds_most_and_is_whole_is_taken(desk: Kept) -> None:
    later, earlier = rescue.candidates(OfficePaths(desk.folder))
    assert newest(desk) == later.name
    assert newest(desk, later.name) == earlier.name
    later.file.write_bytes(later.file.read_bytes()[:-4096])
    assert newest(desk) == earlier.name
    earlier.file.unlink()
    assert newest(desk) is None
    assert (desk.folder / "desk.db").exists()


def test_backups_of_a_lost_folder_are_found_on_a_stick(desk: Kept, tmp_path: Path) -> None:
    stick = tmp_path / "stick" / rescue.ON_STICK
    shutil.copytree(OfficePaths(desk.folder).backups, stick)
    shutil.rmtree(desk.folder)
    fresh = OfficePaths(tmp_path / "fresh")
    assert rescue.candidates(fresh) == ()
    names = [made.name for made in rescue.candidates(fresh, (stick.parent,))]
    assert names == sorted(names, reverse=True)
    assert len(names) == 2
