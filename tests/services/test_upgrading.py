"""Before a file is brought to a newer schema: a verified backup, room for it, and nothing touched where either is missing."""

import hashlib
import os
import shutil
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from db import migrate
from desk import keyring
from desk.clock import FixedClock
from desk.errors import DiskFull, OfficeOlder, OfficeReadOnly
from desk.services import backup, backup_care, backups, engines, restore, sign_in, upgrading
from desk.services.office import Office
from desk.services.setup import Created
from tests.builders import MONDAY, PASSWORD, make_office, rules, take_in
from tests.services.trips import closed_files

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def made(tmp_path: Path) -> Created:
    """An office of today's schema with a case, closed."""
    made = make_office(tmp_path / "office")
    take_in(made.office)
    made.office.close()
    return made


@pytest.fixture
def next_schema(made: Created, monkeypatch: pytest.MonkeyPatch) -> int:
    """The program is one schema further than the file from now on."""
    following = migrate.HEAD + 1
    monkeypatch.setattr(migrate, "HEAD", following)
    return following


def enter(made: Created, *, read_only: bool = False) -> Office:
    return sign_in.sign_in(
        made.office.paths,
        operator_id=made.operator_id.hex,
        password=PASSWORD,
        clock=FixedClock(MONDAY),
        rules=rules(),
        read_only=read_only,
    )


def digest(office: Office) -> str:
    with closed_files():
        return hashlib.sha256(office.paths.database.read_bytes()).hexdigest()


def schema_of(made: Created, path: Path) -> int:
    key = keyring.open_with_password(
        made.office.paths.folder, made.operator_id.hex, PASSWORD, FixedClock(MONDAY)
    )
    with closing(engines.beside(key, path)) as raw:
        return int(raw.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_file_is_kept_whole_before_it_is_changed(made: Created, next_schema: int) -> None:
    office = enter(made)
    office.close()
    [kept] = backups.listed(office.paths.backups)
    assert kept.manifest.why == f"pre-v{next_schema}"
    assert kept.name.endswith(f"-pre-v{next_schema}")
    assert kept.manifest.schema == next_schema - 1
    assert schema_of(made, kept.file) == next_schema - 1
    assert schema_of(made, office.paths.database) == next_schema
    assert upgrading.before_this(office.paths) == kept


def test_a_second_try_makes_no_second_backup(made: Created, next_schema: int) -> None:
    """The first one was cut short between the backup and the migration."""
    key = keyring.open_with_password(
        made.office.paths.folder, made.operator_id.hex, PASSWORD, FixedClock(MONDAY)
    )
    paths = made.office.paths

    def cut_short(*facts: object) -> None:
        upgrading.safeguard(paths, key, FixedClock(MONDAY), *facts)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engines.open_engines(paths, key, behind=cut_short)
    assert schema_of(made, paths.database) == next_schema - 1
    enter(made).close()
    assert len(backups.listed(paths.backups)) == 1


def test_without_three_times_the_room_the_file_stays_as_it_is(
    made: Created, next_schema: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, size = digest(made.office), made.office.paths.database.stat().st_size
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(1 << 40, 0, 3 * size - 1))
    with pytest.raises(DiskFull):
        enter(made)
    assert digest(made.office) == before
    assert schema_of(made, made.office.paths.database) == next_schema - 1
    assert backups.listed(made.office.paths.backups) == ()


def test_a_file_of_this_schema_is_not_backed_up_for_it(made: Created) -> None:
    enter(made).close()
    assert backups.listed(made.office.paths.backups) == ()


def test_who_only_looks_leaves_an_older_file_alone(made: Created, next_schema: int) -> None:
    before = digest(made.office)
    with pytest.raises(OfficeOlder):
        enter(made, read_only=True)
    assert digest(made.office) == before
    assert schema_of(made, made.office.paths.database) == next_schema - 1


def test_the_backup_before_the_new_schema_brings_everything_back(
    made: Created, next_schema: int
) -> None:
    """It is itself brought to the new schema while it is made ready, without a backup of a backup."""
    office = enter(made)
    office.close()
    key = keyring.open_with_password(
        office.paths.folder, made.operator_id.hex, PASSWORD, FixedClock(MONDAY)
    )
    [kept] = backups.listed(office.paths.backups)
    with closed_files():
        office.paths.database.write_bytes(b"\xa5" * 8192)
        prepared = restore.prepare(
            office.paths, backup=kept, key=key, clock=FixedClock(MONDAY), rules=rules()
        )
        assert not (office.paths.restoring / "backups").exists()
        done = restore.finish(prepared, at="20261123-110000")
    assert done.standing.cases == 1
    assert schema_of(made, office.paths.database) == next_schema


def test_read_only_refuses_to_write_and_still_makes_backups(made: Created, tmp_path: Path) -> None:
    """A copy on a stick too; only the note of when it was made is left out."""
    office = enter(made, read_only=True)
    with pytest.raises(OfficeReadOnly):
        take_in(office)
    (tmp_path / "stick").mkdir()
    backup_care.copy_to(office, folder=tmp_path / "stick")
    standing = backup.newest(office)
    assert standing is not None
    assert standing.manifest.standing.cases == 1
    office.close()


def test_read_only_changes_no_byte(made: Created) -> None:
    before = digest(made.office)
    enter(made, read_only=True).close()
    assert digest(made.office) == before


def test_half_a_backup_of_a_crash_is_cleaned_up_when_a_day_old(made: Created) -> None:
    left = made.office.paths.backups / ".backup.0123456789abcdef.part"
    young = made.office.paths.backups / ".backup.0123456789abcde0.part"
    for folder in (left, young):
        folder.mkdir(parents=True)
    os.utime(left, (0, 0))
    enter(made).close()
    assert (left.exists(), young.exists()) == (False, True)
