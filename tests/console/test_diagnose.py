"""The diagnostic bundle by command: shown whole, written only then, with and without the password; and a bug told by its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desk.console.opening import told
from tests.builders import PASSWORD, make_office, take_in
from tests.kept import closed_files

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    office = make_office(tmp_path / "desk").office
    take_in(office)
    office.close()
    (tmp_path / "out").mkdir()
    return tmp_path / "desk"


def written(folder: Path) -> list[str]:
    return [path.read_text("utf-8") for path in (folder.parent / "out").iterdir()]


def test_what_is_written_is_what_was_shown(run: Run, folder: Path) -> None:
    words = ("diagnose", folder, folder.parent / "out", "--password-stdin")
    status, out, err = run(*words, typed=f"{PASSWORD}\n是\n")
    assert (status, err) == (0, "")
    [text] = written(folder)
    assert text in out
    assert "journal_mode = wal" in text
    assert "case_file = 1" in text


def test_without_a_yes_nothing_is_written(run: Run, folder: Path) -> None:
    words = ("diagnose", folder, folder.parent / "out", "--password-stdin")
    status, out, err = run(*words, typed=f"{PASSWORD}\n否\n")
    assert (status, err) == (1, "")
    assert "case_file = 1" in out
    assert written(folder) == []


def test_without_the_password_it_says_what_it_did_not_see(run: Run, folder: Path) -> None:
    status, _, err = run("diagnose", folder, folder.parent / "out", "--no-password", "--yes")
    assert (status, err) == (0, "")
    [text] = written(folder)
    assert text.count("没有登录，没有钥匙") == 3
    assert "case_file" not in text
    assert "desk.db" in text


def test_a_file_that_does_not_open_is_told_of(run: Run, folder: Path) -> None:
    with closed_files():
        (folder / "desk.db").write_bytes(b"\xa5" * 50_000)
        words = ("diagnose", folder, folder.parent / "out", "--password-stdin", "--yes")
        status, _, err = run(*words)
    assert (status, err) == (0, "")
    [text] = written(folder)
    assert text.count("数据文件打不开") == 3


def test_a_wrong_password_is_said(run: Run, folder: Path) -> None:
    words = ("diagnose", folder, folder.parent / "out", "--password-stdin", "--yes")
    status, _, err = run(*words, typed="wrong\n")
    assert status == 2
    assert "对不上" in err
    assert written(folder) == []


def test_folders_that_are_not_there_are_named(run: Run, tmp_path: Path, folder: Path) -> None:
    for words in ((tmp_path / "none", tmp_path / "out"), (folder, tmp_path / "none")):
        status, _, err = run("diagnose", *words, "--no-password", "--yes")
        assert status == 2
        assert "none" in err


def test_a_bug_is_told_by_its_place_alone(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> int:
        raise ValueError("刘桂兰 610422195603120420")

    assert told(work) == 3
    said = capsys.readouterr().err
    assert "ValueError at console/test_diagnose.py" in said
    assert "610422195603120420" not in said
    assert "刘桂兰" not in said
