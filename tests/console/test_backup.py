"""A backup and a restore by command, as a technician does them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desk import keyring
from desk.clock import SystemClock
from desk.paths import OfficePaths
from desk.services import backups, case_views
from desk.services.rescue import ON_STICK
from desk.services.views import CaseFilter
from tests.builders import PASSWORD, make_office, take_in
from tests.kept import closed_files, keep, opened

OTHER = "泾河南岸新栽的杨树林a1"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    office = make_office(tmp_path / "desk").office
    take_in(office)
    office.close()
    return tmp_path / "desk"


def cases(folder: Path) -> int:
    office = opened(keep(folder))
    count = len(case_views.page(office, wanted=CaseFilter(group="all")).rows)
    office.close()
    return count


def test_a_backup_and_its_copy(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    status, out, err = run("backup", folder, "--to", tmp_path / "stick", "--password-stdin")
    assert (status, err) == (0, "")
    assert "办件 1 件" in out
    assert len(backups.listed(tmp_path / "stick" / ON_STICK)) == 1


def test_a_destroyed_file_is_restored(run: Run, folder: Path) -> None:
    run("backup", folder, "--password-stdin")
    with closed_files():
        (folder / "desk.db").write_bytes(b"\xa5" * 50_000)
        status, out, err = run("restore", folder, "--yes", "--password-stdin")
    assert (status, err) == (0, "")
    assert "没有删除" in out
    assert cases(folder) == 1


def test_nothing_happens_without_a_yes(run: Run, folder: Path) -> None:
    run("backup", folder, "--password-stdin")
    with closed_files():
        status, out, err = run("restore", folder, "--password-stdin", typed=f"{PASSWORD}\n否\n")
    assert (status, err) == (1, "")
    assert "什么都没有改" in out
    assert not list(folder.glob("before-restore-*"))


def test_without_a_backup_it_says_so(run: Run, folder: Path) -> None:
    status, _, err = run("restore", folder, "--yes", "--password-stdin")
    assert status == 2
    assert "没有找到备份" in err


def test_a_new_computer_from_a_stick(run: Run, folder: Path, tmp_path: Path) -> None:
    stick, fresh = tmp_path / "stick", tmp_path / "fresh"
    stick.mkdir()
    run("backup", folder, "--to", stick, "--password-stdin")
    status, _, err = run("restore", fresh, "--from", stick, "--yes", "--password-stdin")
    assert (status, err) == (0, "")
    assert OfficePaths(fresh).database.exists()
    assert cases(fresh) == 1


def test_a_backup_of_before_the_data_key_was_changed_opens_with_the_password_of_then(
    run: Run, folder: Path
) -> None:
    run("backup", folder, "--password-stdin")
    [old] = backups.listed(OfficePaths(folder).backups)
    both = f"{PASSWORD}\n{PASSWORD}\n"
    with closed_files():
        assert run("new-data-key", folder, "--password-stdin", typed=both)[0] == 0
        for made in backups.listed(OfficePaths(folder).backups):
            if made.name != old.name:
                shutil.rmtree(made.folder)
        (folder / "desk.db").write_bytes(b"\xa5" * 50_000)
        words = ("restore", folder, "--yes", "--password-stdin")
        operator = keyring.operators(folder)[0]
        key = keyring.open_with_password(folder, operator.id, PASSWORD, SystemClock())
        keyring.add_operator(folder, key, operator.id, operator.name, OTHER, keyring.tune())
        status, _, err = run(*words, typed=f"{OTHER}\n")
        assert (status, "没有找到现在的密码能打开的好备份" in err) == (2, True)
        keyring.add_operator(folder, key, operator.id, operator.name, PASSWORD, keyring.tune())
        status, _, err = run(*words)
    assert (status, err) == (0, "")
    assert cases(folder) == 1
