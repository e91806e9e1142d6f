"""A lost password and a lost recovery key: each opens the way to a new other."""

import io
from pathlib import Path

import pytest

from desk import keyring
from desk.clock import SystemClock
from desk.console import main
from desk.errors import NotFound, SignInRefused
from desk.paths import OfficePaths
from desk.services import recover, setup, sign_in
from tests.builders import PASSWORD, make_office, rules
from tests.kept import closed_files, keep, opened
from tests.services import staff

NEW = "泾河南岸新栽的杨树林a1"


def say(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))


def enters(folder: Path, operator: str, password: str) -> str:
    office = sign_in.sign_in(
        OfficePaths(folder),
        operator_id=operator,
        password=password,
        clock=SystemClock(),
        rules=rules(),
    )
    name = office.hall.operator
    office.close()
    return name


def test_the_recovery_key_sets_a_new_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = make_office(tmp_path)
    made.office.close()
    say(monkeypatch, made.recovery_key.lower(), NEW)
    assert main(["recover", str(tmp_path), "--password-stdin"]) == 0
    assert "王敏" in capsys.readouterr().out
    assert enters(tmp_path, made.operator_id.hex, NEW) == "王敏"
    with pytest.raises(SignInRefused):
        enters(tmp_path, made.operator_id.hex, PASSWORD)


@pytest.mark.parametrize(("spoil", "password"), [(True, NEW), (False, "12345678")])
def test_a_wrong_key_or_a_weak_password_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: bool, password: str
) -> None:
    made = make_office(tmp_path)
    made.office.close()
    before = (tmp_path / "keys.json").read_bytes()
    key = made.recovery_key[::-1] if spoil else made.recovery_key
    say(monkeypatch, key, password)
    assert main(["recover", str(tmp_path), "--password-stdin"]) == 2
    assert (tmp_path / "keys.json").read_bytes() == before


def test_the_password_makes_a_new_recovery_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = make_office(tmp_path)
    paths = OfficePaths(tmp_path)
    setup.prove_recovery(paths, typed=made.recovery_key)
    made.office.close()
    say(monkeypatch, PASSWORD)
    assert main(["new-recovery-key", str(tmp_path), "--password-stdin"]) == 0
    printed = capsys.readouterr().out.splitlines()[0].rpartition("：")[2]
    assert printed != made.recovery_key
    assert setup.state(paths) == "unproved"
    setup.prove_recovery(paths, typed=printed)
    assert setup.state(paths) == "ready"


def test_a_new_data_key_by_two_passwords(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = make_office(tmp_path / "office")
    for name in ("李静", "张强"):
        staff.add(made.office, name)
    made.office.close()
    before = keep(tmp_path / "office")
    words = ["new-data-key", str(before.folder), "--operator", "王敏", "--password-stdin"]
    say(monkeypatch, PASSWORD, PASSWORD)
    assert main(words) == 2
    assert "--approver" in capsys.readouterr().err
    say(monkeypatch, PASSWORD, PASSWORD)
    with closed_files():
        assert main([*words, "--approver", "李静"]) == 0
    said = capsys.readouterr().out
    assert "张强" in said
    assert not keyring.fits(before.folder, before.key)
    key = said.splitlines()[0].split("：")[1]
    assert keyring.open_with_recovery(before.folder, key)
    opened(keep(before.folder)).close()


def test_keys_are_renewed_where_the_data_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are kept apart, and needed then most: a backup is opened with them."""
    made = make_office(tmp_path / "office")
    made.office.close()
    kept, paths = keep(tmp_path / "office"), made.office.paths
    with closed_files():
        paths.database.write_bytes(b"\xa5" * 50_000)
        say(monkeypatch, made.recovery_key, NEW)
        assert main(["recover", str(paths.folder), "--password-stdin"]) == 0
        say(monkeypatch, NEW)
        assert main(["new-recovery-key", str(paths.folder), "--password-stdin"]) == 0
        printed = capsys.readouterr().out.splitlines()[-2].rpartition("：")[2]
        assert keyring.open_with_recovery(paths.folder, printed) == kept.key
        say(monkeypatch, printed, "12345678")
        assert main(["recover", str(paths.folder), "--password-stdin"]) == 2
        with pytest.raises(NotFound):
            recover.new_password(
                paths, typed=printed, operator_id="0" * 32, password=NEW, clock=SystemClock()
            )
    operator = made.operator_id.hex
    assert keyring.open_with_password(paths.folder, operator, NEW, SystemClock()) == kept.key
