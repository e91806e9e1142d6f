"""The disk is full, really: the case that is open is still saved, from the reserve."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from desk.errors import DiskFull
from desk.paths import OfficePaths
from desk.services import case_views, reserve
from desk.services.office import Office
from desk.services.views import CaseFilter
from tests.builders import make_office, take_in
from tests.kept import keep, opened


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MiB of its own; only root may have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)]
    if os.name != "posix" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk of one's own here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(path: Path) -> None:
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass


def serve_many(office: Office) -> None:
    for _ in range(200):
        take_in(office)


def test_the_open_case_is_saved_from_the_reserve(small_disk: Path) -> None:
    office = make_office(small_disk / "office").office
    take_in(office)
    office.paths.reserve.write_bytes(bytes(4 << 20))
    fill(small_disk / "filler")
    for _ in range(8):
        take_in(office)
    assert office.paths.reserve.stat().st_size == reserve.LAST
    fill(small_disk / "more")
    with pytest.raises(DiskFull):
        serve_many(office)
    had = len(case_views.page(office, wanted=CaseFilter(group="all"), limit=300).rows)
    assert had >= 9
    office.close()


def test_a_full_disk_is_opened_with_the_last_of_the_reserve(small_disk: Path) -> None:
    """And where that is gone, it is the room that is said to be missing, not the file to be damaged."""
    office = make_office(small_disk / "office").office
    take_in(office)
    office.close()
    kept = keep(small_disk / "office")
    office.paths.reserve.write_bytes(bytes(reserve.LAST))
    fill(small_disk / "filler")
    again = opened(kept)
    assert len(case_views.page(again, wanted=CaseFilter(group="all")).rows) == 1
    again.close()
    fill(small_disk / "more")
    with pytest.raises(DiskFull):
        opened(kept)
    (small_disk / "more").unlink()
    opened(kept).close()


def test_the_reserve_is_laid_up_once(tmp_path: Path) -> None:
    paths = OfficePaths(tmp_path)
    reserve.lay_up(paths)
    assert paths.reserve.stat().st_size == reserve.SIZE
    assert reserve.release(paths)
    assert not reserve.release(paths)
    assert reserve.release_last(paths)
    assert not reserve.release_last(paths)
    reserve.lay_up(paths)
    assert reserve.release(paths)
    reserve.lay_up(paths)
    assert paths.reserve.stat().st_size == reserve.SIZE
