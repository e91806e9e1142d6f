"""The file is encrypted, opened with every safety setting, by one safe library."""

from pathlib import Path

import pytest

from db.engine import SETTINGS, KeyDoesNotOpen, UnsafeLibrary, connect, open_engine

KEY = bytes(range(32))
SECRET = "刘桂兰610422195603120420"


def test_every_setting_holds(tmp_path: Path) -> None:
    connection = connect(tmp_path / "a.db", KEY, create=True)
    for name, wanted in SETTINGS.items():
        row = connection.execute(f"PRAGMA {name}").fetchone()
        assert row is None or row[0] == wanted, name
    connection.close()


def test_nothing_is_readable_on_the_disk(tmp_path: Path, database_files_closed: None) -> None:
    connection = connect(tmp_path / "a.db", KEY, create=True)
    connection.execute("CREATE TABLE t (x TEXT)")
    connection.execute("INSERT INTO t VALUES (?)", (SECRET,))
    for file in tmp_path.iterdir():
        body = file.read_bytes()
        assert SECRET.encode() not in body
        assert not body.startswith(b"SQLite format 3")
    connection.close()


@pytest.mark.parametrize("key", [bytes(32), bytes(range(1, 33))])
def test_a_wrong_key_opens_nothing(tmp_path: Path, key: bytes) -> None:
    made = connect(tmp_path / "a.db", KEY, create=True)
    made.execute("CREATE TABLE t (x)")
    made.close()
    with pytest.raises(KeyDoesNotOpen):
        connect(tmp_path / "a.db", key)


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(KeyDoesNotOpen):
        connect(tmp_path / "none.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_error_texts_hold_no_parameters(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "a.db", KEY, "write", create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x TEXT UNIQUE)")
        connection.exec_driver_sql("INSERT INTO t VALUES (?)", (SECRET,))
    with pytest.raises(Exception, match="UNIQUE") as caught, engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (?)", (SECRET,))
    assert SECRET not in str(caught.value)
    engine.dispose()


def test_a_library_too_old_to_keep_the_promises_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqlcipher3.dbapi2.sqlite_version_info", (3, 51, 2))
    with pytest.raises(UnsafeLibrary):
        connect(tmp_path / "a.db", KEY, create=True)
    assert list(tmp_path.iterdir()) == []
