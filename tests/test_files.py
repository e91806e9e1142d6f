"""Files are whole or not there, whatever the medium does."""

import errno
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk import files
from desk.errors import Cancelled, DiskFailed, DiskFull, OfficeBusy, OfficeError, StickTrouble
from desk.files import OneInstance, clean_leftovers, replace_file, write_atomic

OLD, NEW = b"old", b"new" * 1000
OTHER_DISK = Path("/dev/shm")


class Scanner:
    """A virus scanner at the operating system's border: the next renames are denied."""

    def __init__(self) -> None:
        self.denials = 0
        self.seen = 0
        sys.addaudithook(self.watch)

    def watch(self, event: str, facts: tuple[object, ...]) -> None:
        if event == "os.rename" and self.denials:
            self.denials -= 1
            self.seen += 1
            raise PermissionError(errno.EACCES, "held by a scanner")


@pytest.fixture(scope="module")
def hook() -> Scanner:
    return Scanner()


@pytest.fixture
def scanner(hook: Scanner) -> Iterator[Scanner]:
    hook.denials = hook.seen = 0
    yield hook
    hook.denials = 0


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """The kernel refuses to let any file grow beyond `size`, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.pdf"
    path.write_bytes(OLD)
    return path


def alone(path: Path) -> bool:
    return list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("on_stick", [False, True])
@pytest.mark.parametrize("size", [0, 1, files.CHUNK, files.CHUNK + 1, 3 * files.CHUNK])
def test_the_file_is_there_whole_and_nothing_beside_it(target, on_stick, size):
    data = os.urandom(size)
    write_atomic(target, data, on_stick=on_stick)
    assert target.read_bytes() == data
    assert alone(target)


def test_only_this_user_may_read_it(target):
    write_atomic(target, NEW)
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_full_disk_leaves_the_old_file(target):
    with files_end_at(1000), pytest.raises(DiskFull):
        write_atomic(target, NEW)
    assert target.read_bytes() == OLD
    assert alone(target)


def test_a_full_stick_says_that_it_is_the_room(target):
    with files_end_at(1000), pytest.raises(StickTrouble) as refused:
        write_atomic(target, NEW, on_stick=True)
    assert (refused.value.step, refused.value.path) == ("space", str(target))
    assert target.read_bytes() == OLD


def test_a_folder_that_is_gone_is_said(tmp_path):
    with pytest.raises(OfficeError, match=r"write: x\.pdf"):
        write_atomic(tmp_path / "pulled" / "x.pdf", NEW)
    with pytest.raises(StickTrouble) as refused:
        write_atomic(tmp_path / "pulled" / "x.pdf", NEW, on_stick=True)
    assert refused.value.step == "write"


def test_cancelling_leaves_the_old_file(target):
    asked = iter([False, False, True])

    def check() -> None:
        if next(asked):
            raise Cancelled

    with pytest.raises(Cancelled):
        write_atomic(target, bytes(4 * files.CHUNK), check=check)
    assert target.read_bytes() == OLD
    assert alone(target)


def test_a_disk_that_gives_back_something_else_is_found(target):
    """The check hook runs between writing and reading: damage done there is seen."""

    def damage() -> None:
        for part in target.parent.glob(".*.part"):
            if part.stat().st_size == len(NEW):
                part.write_bytes(NEW[:-1] + b"X")

    with pytest.raises(DiskFailed):
        write_atomic(target, NEW, check=damage)
    assert target.read_bytes() == OLD
    with pytest.raises(StickTrouble) as refused:
        write_atomic(target, NEW, on_stick=True, check=damage)
    assert refused.value.step == "verify"


def test_a_disk_that_cuts_the_tail_is_found(target):
    def cut() -> None:
        for part in target.parent.glob(".*.part"):
            os.truncate(part, 0)

    with pytest.raises(DiskFailed):
        write_atomic(target, bytes(2 * files.CHUNK), check=cut)
    assert alone(target)


def test_a_disk_that_lets_a_file_grow_is_found(target):
    """The last piece is written where it belongs, and there is something behind it."""

    def grow() -> None:
        for part in target.parent.glob(".*.part"):
            os.truncate(part, 5 * files.CHUNK)

    with pytest.raises(DiskFailed):
        write_atomic(target, bytes(2 * files.CHUNK), check=grow)
    assert target.read_bytes() == OLD
    assert alone(target)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a file system that syncs no folder")
def test_a_file_system_that_cannot_sync_a_folder_is_gone_on_with():
    files._sync_folder(Path("/proc"))


@pytest.mark.parametrize("denials", [1, 3])
def test_a_scanner_that_lets_go_is_waited_for(target, scanner, denials):
    scanner.denials = denials
    write_atomic(target, NEW)
    assert (target.read_bytes(), scanner.seen) == (NEW, denials)


def test_a_scanner_that_never_lets_go_leaves_the_old_file(target, scanner):
    scanner.denials = 1000
    with pytest.raises(OfficeError):
        write_atomic(target, NEW)
    assert scanner.seen == len(files.PATIENCE_SECONDS) + 1
    assert target.read_bytes() == OLD
    assert alone(target)


def test_a_writer_of_its_own_fills_a_file_beside(target):
    def write(part: Path) -> int:
        assert target.read_bytes() == OLD
        return part.write_bytes(NEW)

    assert replace_file(target, write) == len(NEW)
    assert target.read_bytes() == NEW
    assert alone(target)


def test_a_writer_that_fails_leaves_the_old_file(target):
    def write(part: Path) -> None:
        part.write_bytes(NEW)
        raise Cancelled

    with pytest.raises(Cancelled):
        replace_file(target, write)
    assert target.read_bytes() == OLD
    assert alone(target)


def test_old_leftovers_go_and_nothing_else(tmp_path):
    names = {
        ".desk.pdf.0123456789abcdef.part": -90_000,
        ".fresh.pdf.0123456789abcdef.part": -60,
        ".future.pdf.0123456789abcdef.part": 90_000,
        ".not-ours.part": -90_000,
        "film.mp4.part": -90_000,
    }
    (tmp_path / "now").touch()
    now = (tmp_path / "now").stat().st_mtime
    for name, age in names.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (now + age, now + age))
    folder = tmp_path / ".backup-1.0123456789abcdef.part"
    folder.mkdir()
    (folder / "desk.backup").write_bytes(OLD)
    os.utime(folder, (now - 90_000, now - 90_000))
    assert clean_leftovers(tmp_path) == 2
    assert {path.name for path in tmp_path.iterdir()} == {*list(names)[1:], "now"}


def test_a_second_instance_is_turned_away_until_the_first_is_gone(tmp_path):
    first = OneInstance(tmp_path / "desk.lock")
    with pytest.raises(OfficeBusy):
        OneInstance(tmp_path / "desk.lock")
    with pytest.raises(OfficeBusy):
        OneInstance(tmp_path / "desk.lock")
    first.release()
    first.release()
    OneInstance(tmp_path / "desk.lock").release()


def test_another_process_is_turned_away_and_a_killed_one_leaves_no_lock(tmp_path):
    hold = (
        "import sys, pathlib; from desk.files import OneInstance;"
        "lock = OneInstance(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    path = tmp_path / "desk.lock"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(OfficeBusy):
            OneInstance(path)
        other.kill()
        other.wait()
    OneInstance(path).release()


@pytest.mark.parametrize("on_stick", [False, True])
def test_a_copy_is_compared_with_what_the_medium_gives_back(target, on_stick):
    """As above; the second piece is damaged when the first was read back."""
    source, large = target.with_name("source"), bytes(2 * files.CHUNK)
    source.write_bytes(large)
    assert files.copy_atomic(source, target, on_stick=on_stick) == files.digest_of(source)
    assert target.read_bytes() == large

    def damage() -> None:
        for part in target.parent.glob(".*.part"):
            if part.stat().st_size == len(large):
                part.write_bytes(large[:-1] + b"X")

    with pytest.raises(StickTrouble if on_stick else DiskFailed):
        files.copy_atomic(source, target, on_stick=on_stick, check=damage)
    assert target.read_bytes() == large
    assert {one.name for one in target.parent.iterdir()} == {target.name, source.name}


def test_a_second_name_costs_no_room_and_takes_the_place_of_what_was_half_made(target):
    second = target.parent / "deeper" / "second"
    for _ in range(2):
        files.link_or_copy(target, second)
        assert second.samefile(target)


@pytest.mark.skipif(not OTHER_DISK.is_dir(), reason="needs a second disk; Linux has one of memory")
def test_where_there_are_no_second_names_a_copy_is_made(target):
    with tempfile.TemporaryDirectory(dir=OTHER_DISK) as folder:
        copy = Path(folder) / "copy"
        files.link_or_copy(target, copy)
        assert copy.read_bytes() == OLD
        assert copy.samefile(target) is (target.stat().st_dev == copy.stat().st_dev)
