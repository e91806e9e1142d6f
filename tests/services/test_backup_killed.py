"""The program killed at every step of a backup and of a restore that changes a file's name: all is there, old or new."""

import subprocess
import sys
from pathlib import Path

import pytest

from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.services import backup, backups, case_views, restore
from desk.services.check import check
from desk.services.office import Office
from desk.services.views import CaseFilter
from tests.architecture.tree import ROOT
from tests.builders import MONDAY, rules
from tests.kept import Kept, closed_files, copied, keep, opened
from tests.services.trips import served

KILLED, CASES = 9, 3
DEED = """
import os, sys
from datetime import datetime
from pathlib import Path
from desk.clock import CHINA, FixedClock
from desk.paths import OfficePaths
from desk.services import backup, backups, restore
from desk.services.sign_in import open_with_key

deed, folder, key, at = sys.argv[1], Path(sys.argv[2]), bytes.fromhex(sys.argv[3]), int(sys.argv[4])
left = at

def watch(event, _facts):
    global left
    if event in ("os.rename", "os.mkdir", "os.remove"):
        left -= 1
        if left == 0:
            os._exit(9)

clock = FixedClock(datetime(2026, 11, 23, 11, 0, tzinfo=CHINA))
paths = OfficePaths(folder)
if deed == "backup":
    office = open_with_key(paths, key, None, clock=clock)
    sys.addaudithook(watch)
    backup.make(office, why="hours")
    office.close()
else:
    sys.addaudithook(watch)
    made = backups.listed(paths.backups)[0]
    prepared = restore.prepare(paths, backup=made, key=key, clock=clock)
    restore.finish(prepared, at="20261123-110000")
"""


def run(deed: str, kept: Kept, step: int) -> int:
    words = [deed, str(kept.folder), kept.key.hex(), str(step)]
    return subprocess.run(
        [sys.executable, "-c", DEED, *words], cwd=ROOT, check=False, timeout=60
    ).returncode


@pytest.fixture(scope="module")
def lived_in(kept_pair: tuple[Kept, Kept], tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A desk nobody else knows, with a backup and two cases after it, closed."""
    kept = copied(kept_pair[0], tmp_path_factory.mktemp("lived") / "desk")
    office = opened(kept)
    backup.make(office, why="day")
    served(office, 2, first=10)
    office.close()
    return kept


def numbers(office: Office) -> set[str]:
    page = case_views.page(office, wanted=CaseFilter(group="all"), limit=200)
    return {row.short_no for row in page.rows}


def steps_of(deed: str, kept: Kept, folder: Path) -> int:
    """How many such steps the deed has, found by doing it to its end."""
    step = 1
    while run(deed, copied(kept, folder / f"{deed}-{step}"), step) == KILLED:
        step += 1
    return step - 1


@pytest.mark.slow
@pytest.mark.parametrize("deed", ["backup", "restore"])
def test_killed_at_every_step(deed: str, lived_in: Kept, tmp_path: Path) -> None:
    count = steps_of(deed, lived_in, tmp_path)
    assert count >= 5
    for step in range(1, count + 1):
        made_whole(keep(tmp_path / f"{deed}-{step}"))


@pytest.mark.parametrize(("deed", "step"), [("backup", 4), ("restore", 4), ("restore", 6)])
def test_killed_in_the_middle(deed: str, step: int, lived_in: Kept, tmp_path: Path) -> None:
    kept = copied(lived_in, tmp_path / "desk")
    assert run(deed, kept, step) == KILLED
    made_whole(kept)


def made_whole(kept: Kept) -> None:
    """The file is there with all its cases; or it lies aside, and restoring once more brings everything back."""
    paths = OfficePaths(kept.folder)
    whole = [made for made in backups.listed(paths.backups) if made.looks_whole()]
    assert whole
    if not paths.database.exists():
        assert list(paths.folder.glob("before-restore-*/desk.db"))
        with closed_files():
            prepared = restore.prepare(
                paths, backup=whole[0], key=kept.key, clock=FixedClock(MONDAY), rules=rules()
            )
            restore.finish(prepared, at="20261123-120000")
    office = opened(kept)
    try:
        assert len(numbers(office)) == CASES
        assert check(office).findings == ()
    finally:
        office.close()
