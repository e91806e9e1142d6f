"""The guards of the test run bite."""

import logging
import os
import shutil
import socket
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT
from tests.guards import Forbidden, Guards

LEAVES_A_WARNING = """
import logging

def test_silent():
    logging.getLogger("x").info("fine")

def test_noisy():
    logging.getLogger("x").warning("not fine")
"""


@pytest.mark.parametrize("name", ["desk.db", "desk.db-wal", b"desk.db-shm"])
def test_databases_are_not_opened_from_python(name):
    guards = Guards()
    with pytest.raises(Forbidden):
        guards.watch("open", (name, "r", 0))
    assert len(guards.refused) == 1


def test_other_files_and_handles_are_left_alone(tmp_path):
    guards = Guards()
    for path in ("desk.toml", tmp_path / "x.pdf", 3, "mydb"):
        guards.watch("open", (path, "r", 0))
    assert guards.refused == []


def test_closed_database_files_may_be_damaged(tmp_path, database_files_closed):
    path = tmp_path / "desk.db"
    path.write_bytes(b"x")
    shutil.copyfile(path, tmp_path / "copy.db")
    os.close(os.open(path, os.O_RDONLY))
    assert (tmp_path / "copy.db").read_bytes() == b"x"


def test_nothing_leaves_this_machine():
    guards = Guards()
    for address in (("192.0.2.1", 80), ("example.org", 443)):
        with pytest.raises(Forbidden):
            guards.watch("socket.connect", (None, address))


def test_local_sockets_work():
    server = socket.create_server(("127.0.0.1", 0))
    with server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_expected_warnings_are_handed_over(expected_logs):
    logging.getLogger("desk").warning("the stick was pulled")
    assert [record.getMessage() for record in expected_logs] == ["the stick was pulled"]


def test_an_unread_warning_fails_the_test(tmp_path):
    (tmp_path / "test_noise.py").write_text(LEAVES_A_WARNING)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
    ]
    run = subprocess.run(
        [*command, "--rootdir", str(tmp_path), "-c", os.devnull, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed, 1 error" in run.stdout
