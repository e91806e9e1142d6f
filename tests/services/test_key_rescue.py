"""Both copies of the key file damaged: a backup's copy goes back, once it opens the very data that is there."""

from pathlib import Path

import pytest

from desk.clock import FixedClock
from desk.errors import OfficeDamaged, SignInRefused
from desk.keyring.key_file import NAMES
from desk.services import backup, key_rescue, sign_in
from desk.services.setup import Created
from tests.builders import MONDAY, PASSWORD, make_office, rules, take_in
from tests.kept import closed_files


@pytest.fixture
def made(tmp_path: Path) -> Created:
    """An office with a backup, closed, none of its key files whole."""
    made = make_office(tmp_path / "office")
    take_in(made.office)
    backup.make(made.office, why="day")
    made.office.close()
    for name in NAMES:
        (made.office.paths.folder / name).write_bytes(b"{}")
    return made


def bring_back(made: Created, password: str = PASSWORD) -> None:
    paths = made.office.paths
    folder = key_rescue.spare(paths)
    assert folder is not None
    key_rescue.bring_back(
        paths,
        folder,
        operator_id=made.operator_id.hex,
        password=password,
        clock=FixedClock(MONDAY),
    )


def test_the_copy_of_the_newest_backup_opens_everything_again(made: Created) -> None:
    bring_back(made)
    office = sign_in.sign_in(
        made.office.paths,
        operator_id=made.operator_id.hex,
        password=PASSWORD,
        clock=FixedClock(MONDAY),
        rules=rules(),
    )
    assert office.hall.operator == "王敏"
    office.close()
    aside = {path.name for path in made.office.paths.folder.glob("keys.json*.damaged-*")}
    assert aside == {f"{name}.damaged-20261123-090000" for name in NAMES}


def test_a_wrong_password_brings_nothing_back(made: Created) -> None:
    with pytest.raises(SignInRefused):
        bring_back(made, PASSWORD + "x")
    assert (made.office.paths.folder / NAMES[0]).read_bytes() == b"{}"


def test_keys_that_do_not_open_the_data_stay_where_they_are(made: Created) -> None:
    """The data is damaged too: restoring is the way then."""
    with closed_files():
        made.office.paths.database.write_bytes(b"\xa5" * 8192)
        with pytest.raises(OfficeDamaged):
            bring_back(made)
    assert (made.office.paths.folder / NAMES[0]).read_bytes() == b"{}"


def test_without_a_backup_there_is_none(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office").office
    office.close()
    assert key_rescue.spare(office.paths) is None


def test_a_backup_whose_keys_are_damaged_too_is_passed_over(made: Created) -> None:
    for name in NAMES:
        (next(made.office.paths.backups.iterdir()) / name).write_bytes(b"{}")
    assert key_rescue.spare(made.office.paths) is None
