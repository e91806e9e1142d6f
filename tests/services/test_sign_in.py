"""Signing in: who may, who must wait, and what is said of a folder that does not open."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete

from db import migrate
from db.models import ThisDesk
from desk import keyring
from desk.clock import FixedClock
from desk.errors import (
    OfficeBusy,
    OfficeDamaged,
    OfficeNewer,
    SignInPaused,
    SignInRefused,
)
from desk.keyring import key_file
from desk.paths import OfficePaths
from desk.services import sign_in
from desk.services.check import check
from desk.services.engines import open_engines
from desk.services.office import Office
from desk.services.setup import Created
from tests.builders import MONDAY, PASSWORD, make_office, rules, take_in


@pytest.fixture
def made(tmp_path: Path) -> Created:
    """An office with a case, closed."""
    made = make_office(tmp_path / "office")
    take_in(made.office)
    made.office.close()
    return made


def enter(made: Created, password: str = PASSWORD, operator: str = "") -> Office:
    return sign_in.sign_in(
        made.office.paths,
        operator_id=operator or made.operator_id.hex,
        password=password,
        clock=FixedClock(MONDAY),
        rules=rules(),
    )


def test_the_right_password_opens_the_office(made: Created) -> None:
    """With everything that was there, and the operator at the window."""
    office = enter(made)
    assert (office.hall.operator, office.hall.window) == ("王敏", 2)
    assert office.actor == made.operator_id
    assert check(office).findings == ()
    assert take_in(office).number.startswith("SJ-610422001001-02-20261123-0002-")
    office.close()
    office.close()


def test_the_sign_in_page_knows_names_without_opening(made: Created) -> None:
    """Operators and the hall's name stand beside the locked file."""
    paths = made.office.paths
    assert [(o.id, o.name) for o in sign_in.operators(paths)] == [(made.operator_id.hex, "王敏")]
    assert sign_in.hall_label(paths) == "池阳社区便民服务大厅"


@pytest.mark.parametrize("password", ["", PASSWORD + " ", PASSWORD[:-1], "x" * 10_000, "\ud800"])
def test_a_wrong_password_is_refused(made: Created, password: str) -> None:
    """And the folder is free again."""
    with pytest.raises(SignInRefused):
        enter(made, password)
    enter(made).close()


@pytest.mark.parametrize("operator", ["0" * 32, "nobody", "../keys"])
def test_an_unknown_operator_is_refused_alike(made: Created, operator: str) -> None:
    """The same error as for a wrong password."""
    with pytest.raises(SignInRefused):
        enter(made, operator=operator)


def test_after_five_failures_there_is_a_pause(made: Created) -> None:
    """Even for the right password; others are not held up."""
    for _ in range(5):
        with pytest.raises(SignInRefused):
            enter(made, "falsch falsch falsch")
    with pytest.raises(SignInPaused) as paused:
        enter(made)
    assert 0 < paused.value.seconds <= 30
    with pytest.raises(SignInRefused):
        enter(made, operator="0" * 32)


def test_a_second_instance_is_refused_at_once(made: Created) -> None:
    """And is let in when the first is gone."""
    first = enter(made)
    with pytest.raises(OfficeBusy):
        enter(made)
    first.close()
    enter(made).close()


def digests(paths: OfficePaths) -> dict[str, str]:
    """What every file of the folder holds, the attempts aside."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(paths.folder.iterdir())
        if path.is_file() and path.name != "attempts.json"
    }


def test_a_newer_file_is_left_untouched(made: Created, database_files_closed: None) -> None:
    """Refused before the first write, and the folder is free."""
    office = enter(made)
    with office.writer.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {migrate.HEAD + 1}")
    office.close()
    before = digests(made.office.paths)
    for _ in range(2):
        with pytest.raises(OfficeNewer):
            enter(made)
    assert digests(made.office.paths) == before


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def one_byte_changed(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[100] ^= 1
    path.write_bytes(body)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def gone(path: Path) -> None:
    path.unlink()


def another_file(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + bytes(8192))


@pytest.mark.parametrize("damage", [one_byte_changed, gone, another_file, cut_short])
def test_a_damaged_file_is_named(
    made: Created, damage: Callable[[Path], None], database_files_closed: None
) -> None:
    """Said which; nothing is put in its place; the folder is free."""
    damage(made.office.paths.database)
    before = digests(made.office.paths)
    for _ in range(2):
        with pytest.raises(OfficeDamaged) as damaged:
            enter(made)
        assert damaged.value.what == "desk.db"
    assert digests(made.office.paths) == before


def test_a_file_of_no_length_is_not_taken_for_a_new_office(
    made: Created, database_files_closed: None
) -> None:
    """An empty file would open as an empty database under any key."""
    emptied(made.office.paths.database)
    with pytest.raises(OfficeDamaged):
        enter(made)


def test_a_file_that_does_not_say_whose_it_is_counts_as_damaged(made: Created) -> None:
    """A disk that had promised to keep a first start lost its first rows, and kept the key file."""
    paths = made.office.paths
    key = keyring.open_with_password(
        paths.folder, made.operator_id.hex, PASSWORD, FixedClock(MONDAY)
    )
    engines = open_engines(paths, key)
    with engines.writer.begin() as connection:
        connection.execute(delete(ThisDesk))
    engines.dispose()
    with pytest.raises(OfficeDamaged) as damaged:
        enter(made)
    assert damaged.value.what == "desk.db"


@pytest.mark.parametrize("part", range(10))
def test_a_damaged_page_is_noticed(made: Created, part: int, database_files_closed: None) -> None:
    """Every page carries its own seal: at the latest the check says so; nothing else is shown in its place."""
    path = made.office.paths.database
    body = bytearray(path.read_bytes())
    page = len(body) // 4096 * part // 10
    body[page * 4096 + 2000] ^= 1
    path.write_bytes(body)
    assert said_of(made)


def said_of(made: Created) -> list[str]:
    """What opening or, failing that, the check says of the file; nothing for a sound one."""
    try:
        office = enter(made)
    except OfficeDamaged as damaged:
        return [damaged.what]
    try:
        return [finding.text for finding in check(office).findings]
    except OfficeDamaged as damaged:
        return [damaged.what]
    finally:
        office.close()


def test_a_sound_file_has_nothing_said_of_it(made: Created) -> None:
    """So that the test before this one means something."""
    assert said_of(made) == []


def test_damaged_keys_are_named(made: Created) -> None:
    """Both copies must be gone before the program gives up."""
    keys = [made.office.paths.folder / name for name in key_file.NAMES]
    keys[0].write_bytes(b"{}")
    enter(made).close()
    for path in keys:
        path.write_bytes(b"{}")
    with pytest.raises(OfficeDamaged) as damaged:
        enter(made)
    assert damaged.value.what == key_file.NAMES[0]


def test_the_system_signs_in_with_the_key_alone(made: Created, tmp_path: Path) -> None:
    """For what runs without anybody at the window; an operator the file does not know is refused."""
    key = keyring.open_with_recovery(made.office.paths.folder, made.recovery_key)
    clock = FixedClock(MONDAY)
    with pytest.raises(SignInRefused):
        sign_in.open_with_key(made.office.paths, key, UUID(int=9), clock=clock, rules=rules())
    office = sign_in.open_with_key(made.office.paths, key, None, clock=clock, rules=rules())
    assert (office.actor, office.hall.operator) == (None, "系统")
    office.close()


def test_half_written_packages_of_a_crash_are_cleared_away(made: Created) -> None:
    """A day later, in every folder where packages are written; what is whole stays."""
    paths = made.office.paths
    for folder in (paths.folder, paths.packages, paths.quarantine, paths.held):
        folder.mkdir(exist_ok=True)
        left = folder / ".data-1.bmq.0123456789abcdef.part"
        left.write_bytes(b"half")
        os.utime(left, (0, 0))
        (folder / "data-1.bmq").write_bytes(b"whole")
    enter(made).close()
    assert list(paths.folder.rglob("*.part")) == []
    assert len(list(paths.folder.rglob("*.bmq"))) == 4


def test_whoever_is_not_let_in_holds_nothing(made: Created) -> None:
    """An operator the file does not know: its write-ahead log is gone with the last connection, the folder is free."""
    paths = made.office.paths
    key = keyring.open_with_recovery(paths.folder, made.recovery_key)
    with pytest.raises(SignInRefused):
        sign_in.open_with_key(paths, key, UUID(int=9), clock=FixedClock(MONDAY), rules=rules())
    assert not paths.database.with_name("desk.db-wal").exists()
    enter(made).close()
