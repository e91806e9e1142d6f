"""What a disk keeps of recorded steps: all that was synced, and of the rest what its model lets it."""

from random import Random

import pytest

from tests.faults import disk_log
from tests.faults.disk_log import HEAD, MODELS, Node


def recorded(tmp_path, *told):
    """A log of these operations: kind, path, data or other path."""
    log = tmp_path / "log"
    with log.open("wb") as file:
        for kind, one, more in told:
            first = f"/r/{one}".rstrip("/").encode()
            second = f"/r/{more}".encode() if kind == "r" else b""
            data = more if kind == "w" else b""
            file.write(HEAD.pack(kind.encode(), 0, len(first), len(second), len(data)))
            file.write(first + second + data)
    return log


ATOMIC = (
    ("c", "part", None),
    ("w", "part", b"new"),
    ("s", "part", None),
    ("r", "part", "file"),
    ("s", "", None),
)


def survived(before, steps, model, seed):
    """The names in the folder that is found."""
    found = disk_log.survived(before, steps, model, Random(seed)).entries
    assert found is not None
    return found


def ends(tmp_path, told, model):
    """All that may be found, as the file's bytes or None."""
    before = Node({"file": Node(None, bytearray(b"old"))})
    steps = disk_log.steps(recorded(tmp_path, *told), "/r", before)
    found = set()
    for seed in range(200):
        entries = survived(before, steps, model, seed)
        found.add(bytes(entries["file"].data) if "file" in entries else None)
    return found


@pytest.mark.parametrize("model", MODELS)
def test_what_was_synced_is_there(tmp_path, model):
    assert ends(tmp_path, ATOMIC, model) == {b"new"}


@pytest.mark.parametrize("model", MODELS)
def test_a_name_that_was_not_synced_is_old_or_new(tmp_path, model):
    assert ends(tmp_path, ATOMIC[:-1], model) == {b"old", b"new"}


@pytest.mark.parametrize("model", ["posix", "any"])
def test_a_file_that_was_not_synced_may_be_empty(tmp_path, model):
    told = [one for one in ATOMIC if one != ("s", "part", None)]
    assert ends(tmp_path, told, model) == {b"", b"new"}


@pytest.mark.parametrize("model", ["posix", "any"])
def test_a_file_in_a_folder_whose_name_was_not_synced_may_be_gone(tmp_path, model):
    told = [("d", "box", None), ("c", "box/a", None), ("s", "box/a", None), ("s", "box", None)]
    before = Node({})
    steps = disk_log.steps(recorded(tmp_path, *told), "/r", before)
    found = {"box" in survived(before, steps, model, seed) for seed in range(50)}
    assert found == {True, False}


def test_what_comes_after_the_cut_is_not_there(tmp_path):
    """Neither files nor names, also in a folder that is made before it."""
    told = [("d", "box", None), ("s", "", None), ("c", "box/a", None), ("s", "box", None)]
    before = Node({})
    steps = disk_log.steps(recorded(tmp_path, *told), "/r", before)
    found = survived(before, steps[:2], "any", 1)
    assert found["box"].entries == {}
