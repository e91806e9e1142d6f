"""Before a file is brought to a newer schema: a verified backup, room for it, and nothing touched where either is missing."""

import hashlib
import os
from pathlib import Path

import pytest

from db import migrate
from desk.clock import FixedClock
from desk.errors import OfficeNewer, OfficeReadOnly
from desk.services import backup, backup_care, backups, sign_in
from desk.services.office import Office
from desk.services.setup import Created
from tests.builders import MONDAY, PASSWORD, make_office, rules, take_in
from tests.kept import closed_files
from tests.services import next_program


@pytest.fixture
def made(tmp_path: Path) -> Created:
    """An office of today's schema with a case, closed."""
    made = make_office(tmp_path / "office")
    take_in(made.office)
    made.office.close()
    return made


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program that comes after this one."""
    return next_program.make(tmp_path_factory.mktemp("next"))


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


def test_an_older_file_is_kept_whole_before_it_is_changed(made: Created, program: Path) -> None:
    told = next_program.run(program, "enter", made.office.paths.folder)
    now, following = migrate.HEAD, migrate.HEAD + 1
    assert (told["refused"], told["head"], told["schema"]) == ("", following, following)
    [kept] = told["backups"]
    assert (kept["why"], kept["schema"]) == (f"pre-v{following}", now)
    assert kept["name"].endswith(f"-pre-v{following}")
    assert told["inside"] == [now]
    assert told["before"] == kept["name"]


def test_a_second_try_makes_no_second_backup(made: Created, program: Path) -> None:
    """The first one was cut short between the backup and the migration."""
    first = next_program.run(program, "cut_short", made.office.paths.folder)
    assert (first["schema"], len(first["backups"])) == (migrate.HEAD, 1)
    second = next_program.run(program, "enter", made.office.paths.folder)
    assert second["schema"] == migrate.HEAD + 1
    assert second["backups"] == first["backups"]


@pytest.mark.parametrize(
    ("deed", "refused"), [("without_room", "DiskFull"), ("look", "OfficeOlder")]
)
def test_refused_the_file_stays_as_it_is(
    made: Created, program: Path, deed: str, refused: str
) -> None:
    """Without three times its room, and for who may only look."""
    before = digest(made.office)
    told = next_program.run(program, deed, made.office.paths.folder)
    assert (told["refused"], told["schema"], told["backups"]) == (refused, migrate.HEAD, [])
    assert digest(made.office) == before
    enter(made).close()


def test_the_backup_before_the_new_schema_brings_everything_back(
    made: Created, program: Path
) -> None:
    """It is itself brought to the new schema while it is made ready, without a backup of a backup."""
    told = next_program.run(program, "restored", made.office.paths.folder)
    assert (told["cases"], told["of_copy"], told["schema"]) == (1, False, migrate.HEAD + 1)


def test_what_the_next_program_wrote_is_left_alone_by_this_one(
    made: Created, program: Path
) -> None:
    next_program.run(program, "enter", made.office.paths.folder)
    before = digest(made.office)
    with pytest.raises(OfficeNewer):
        enter(made)
    assert digest(made.office) == before


def test_a_file_of_this_schema_is_not_backed_up_for_it(made: Created) -> None:
    enter(made).close()
    assert backups.listed(made.office.paths.backups) == ()


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
