"""What is written to a stick is read back; what lies on it is found by its inside."""

import hashlib
import os
from dataclasses import replace
from uuid import UUID

import pytest

from desk.errors import Cancelled, PackageRefused, StickTrouble
from desk.exchange.receiving import inspect
from desk.exchange.stick import (
    MOST_FILES,
    SUBFOLDER,
    package_name,
    packages,
    read_small,
    scan,
    write_package,
)
from desk.words.exchange import COMPARING, WRITING
from tests.exchange.makers import COUNTY_NODE, DB_ID, SITE, Exchange
from tests.test_files import files_end_at

NAME = "data-610422001001-00d00d-1-000001.bmq"


@pytest.fixture(scope="module")
def world() -> Exchange:
    return Exchange()


class Told:
    """Hears the progress; cancels at the given step."""

    def __init__(self, cancel_at: int = 1000) -> None:
        self.steps: list[tuple[int, int, str]] = []
        self.cancel_at = cancel_at

    def progress(self, done: int, total: int, what: str) -> None:
        self.steps.append((done, total, what))

    def cancelled(self) -> bool:
        return len(self.steps) >= self.cancel_at


def test_a_package_stands_whole_in_its_folder_on_the_stick(world, tmp_path):
    told, package = Told(), world.package()
    digest = write_package(tmp_path, NAME, package, told.progress, told.cancelled)
    assert digest == hashlib.sha256(package).digest()
    assert (tmp_path / SUBFOLDER / NAME).read_bytes() == package
    assert os.listdir(tmp_path / SUBFOLDER) == [NAME]
    assert told.steps == [(0, 2, WRITING), (1, 2, COMPARING), (2, 2, COMPARING)]


def test_choosing_our_own_folder_makes_no_second_one_in_it(world, tmp_path):
    told = Told()
    for folder in (tmp_path, tmp_path / SUBFOLDER):
        write_package(folder, NAME, world.package(), told.progress, told.cancelled)
    assert os.listdir(tmp_path / SUBFOLDER) == [NAME]


@pytest.mark.parametrize("step", [0, 1, 5])
def test_cancelling_leaves_nothing(tmp_path, step):
    told = Told(cancel_at=step)
    with pytest.raises(Cancelled):
        write_package(tmp_path, NAME, bytes(3 << 20), told.progress, told.cancelled)
    assert os.listdir(tmp_path / SUBFOLDER) == []


def test_a_full_stick_and_a_missing_one_are_told(world, tmp_path):
    told = Told()
    with files_end_at(100), pytest.raises(StickTrouble) as refused:
        write_package(tmp_path, NAME, world.package(), told.progress, told.cancelled)
    assert refused.value.step == "space"
    assert os.listdir(tmp_path / SUBFOLDER) == []
    with pytest.raises(StickTrouble) as refused:
        write_package(tmp_path / "gone", NAME, b"x", told.progress, told.cancelled)
    assert refused.value.step == "write"
    with pytest.raises(StickTrouble) as refused:
        scan(tmp_path / "gone")
    assert refused.value.step == "read"


@pytest.mark.parametrize("name", ["../x.bmq", "张桂兰.bmq", "x", ".bmq", "a/b.bmq"])
def test_names_are_plain(tmp_path, name):
    told = Told()
    with pytest.raises(ValueError, match="not a name"):
        write_package(tmp_path, name, b"x", told.progress, told.cancelled)


def test_a_name_tells_the_hall_and_the_number_only(world):
    header = inspect(world.package(), world.reader).header
    assert header is not None
    assert package_name(header) == NAME


def test_what_lies_on_a_stick_comes_in_the_order_to_take_it(world, tmp_path):
    told = Told()
    prev = bytes(32)
    later = world.package(12, prev, epoch=2)
    for name, package in {
        "a.bmq": world.package(10, prev),
        "b.bmq": later,
        "c.bmq": world.package(9, prev),
        "zz.BMQ": world.package(),
    }.items():
        (tmp_path / name).write_bytes(package)
    write_package(tmp_path, NAME, world.package(11, prev), told.progress, told.cancelled)
    found = scan(tmp_path)
    headers = [one.header for one in found if one.header]
    assert [(one.epoch, one.seq) for one in headers] == [(1, 1), (1, 9), (1, 10), (1, 11), (2, 12)]
    assert {one.sender for one in headers} == {SITE}
    assert {one.to for one in headers} == {COUNTY_NODE}
    assert found[-1].size == len(later)


def test_what_is_no_package_is_named_or_left_alone(world, tmp_path):
    good = world.package()
    (tmp_path / "bad.bmq").write_bytes(b"nothing")
    (tmp_path / "cut.bmq").write_bytes(good[:-1])
    (tmp_path / "new.bmq").write_bytes(b"BMQX\x02" + good[5:])
    (tmp_path / "good.bmq").write_bytes(good)
    (tmp_path / "._good.bmq").write_bytes(good)
    (tmp_path / f".{NAME}.0123456789abcdef.part").write_bytes(good)
    (tmp_path / "photo.jpg").write_bytes(good)
    (tmp_path / "folder.bmq").mkdir()
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "x.bmq").write_bytes(good)
    (tmp_path / "link.bmq").symlink_to(tmp_path / "good.bmq")
    assert [(one.path.name, one.outcome) for one in scan(tmp_path)] == [
        ("good.bmq", ""),
        ("bad.bmq", "BAD_FILE"),
        ("cut.bmq", "BAD_FILE"),
        ("new.bmq", "TOO_NEW"),
    ]


@pytest.mark.parametrize("begins_as", ["a package", "anything"])
def test_only_headers_are_read_when_looking(world, tmp_path, begins_as):
    """A file of two gigabytes (a hole) costs nothing; one beyond the limit is told to be too large."""
    path = tmp_path / "huge.bmq"
    path.write_bytes(world.package()[:800] if begins_as == "a package" else b"PK")
    os.truncate(path, (2 << 30) + 1)
    assert [one.outcome for one in scan(tmp_path)] == ["BAD_FILE"]
    assert inspect(path, world.reader).facts == {"why": "too_large"}


def test_of_too_many_files_none_is_taken(tmp_path):
    for place in range(MOST_FILES + 1):
        os.mknod(tmp_path / f"{place}.bmq")
    with pytest.raises(StickTrouble, match="many"):
        packages(tmp_path)
    (tmp_path / "0.bmq").unlink()
    assert len(packages(tmp_path)) == MOST_FILES


def test_two_desks_of_one_hall_have_two_names(world):
    first = inspect(world.package(), world.reader).header
    assert first is not None
    assert package_name(replace(first, db_id=UUID(int=DB_ID.int + 1))) != package_name(first)


def test_a_small_file_is_read_whole_or_refused(tmp_path):
    path = tmp_path / "county.bmkey"
    path.write_bytes(b"x" * 10)
    assert read_small(path, 10) == b"x" * 10
    with pytest.raises(PackageRefused, match="BAD_FILE") as refused:
        read_small(path, 9)
    assert refused.value.facts == {"why": "too_large"}
    with pytest.raises(StickTrouble):
        read_small(tmp_path / "gone.bmkey", 9)
