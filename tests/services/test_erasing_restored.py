"""A backup from before an erasure brings nothing back: not by the log, not by the county, not by what lies in the file."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from db.models import CaseFile, Erasure
from desk.clock import FixedClock
from desk.services import backup, cases, erasing, restore
from desk.services.backups import Backup
from desk.services.check import check
from desk.services.operation import reading
from desk.services.restore import Restored
from tests.builders import consent, rules
from tests.kept import Kept, closed_files, opened
from tests.services.erasing_desk import BASIS, NAME, refused_long_ago, says
from tests.services.test_restore import Morning, destroyed, known_again, laid_out


class Evening(Morning):
    """Years later; the desk is opened again on the day it was closed."""

    def restored(self, made: Backup, **more: object) -> Restored:
        now = self.desk.clock.now()
        clock = FixedClock(now)
        with closed_files():
            prepared = restore.prepare(
                self.paths, backup=made, key=self.kept.key, clock=clock, rules=rules()
            )
            done = restore.finish(prepared, at="20281124-120000")
        self.desk = opened(self.kept, at=now)
        return done


def evening(pair: tuple[Kept, Kept], folder: Path) -> Iterator[Evening]:
    for made in laid_out(pair, folder):
        trip = Evening(made.folder, made.desk, made.hub, made.stick)
        trip.kept = made.kept
        yield trip
        made.desk = trip.desk


@pytest.fixture
def alone(kept_pair: tuple[Kept, Kept], tmp_path: Path) -> Iterator[Evening]:
    yield from evening(kept_pair, tmp_path)


@pytest.fixture
def known(enrolled_pair: tuple[Kept, Kept], tmp_path: Path) -> Iterator[Evening]:
    yield from evening(enrolled_pair, tmp_path)


def erased_after(trip: Evening) -> tuple[Backup, UUID]:
    """A backup, then a case in it is erased."""
    done = refused_long_ago(trip.desk)
    made = backup.make(trip.desk, why="hours")
    erasing.erase(trip.desk, ids=(done.case_id,), basis=BASIS, approved_by=consent(trip.desk))
    return made, done.case_id


def clean(trip: Evening, case_id: UUID) -> bool:
    """Nobody's name stands in the file, and the case is an erased one."""
    with reading(trip.desk) as connection:
        row = connection.execute(select(CaseFile.applicant).where(CaseFile.id == case_id)).scalar()
        erased = connection.execute(select(Erasure.id).where(Erasure.id == case_id)).scalar()
    whole = check(trip.desk).findings == ()
    return whole and erased == case_id and row != NAME and says(trip.desk, NAME) == []


def test_the_log_that_still_reads_erases_it_again(alone: Evening) -> None:
    made, case_id = erased_after(alone)
    alone.desk.close()
    done = alone.restored(made)
    assert done.lost == 0
    assert clean(alone, case_id)


def test_what_was_born_and_erased_since_the_backup_leaves_no_gap(alone: Evening) -> None:
    made = backup.make(alone.desk, why="hours")
    _, case_id = erased_after(alone)
    alone.desk.close()
    assert alone.restored(made).lost == 0
    assert clean(alone, case_id)


def test_without_the_log_the_list_beside_the_file_does(alone: Evening) -> None:
    made, case_id = erased_after(alone)
    alone.desk.close()
    destroyed(alone.paths)
    alone.restored(made)
    assert says(alone.desk, NAME)
    cases.tick(alone.desk)
    assert clean(alone, case_id)


def test_the_county_gives_it_back_erased(known: Evening) -> None:
    made, case_id = erased_after(known)
    known.export()
    known.receive()
    known.desk.close()
    destroyed(known.paths)
    known.restored(made)
    known_again(known)
    cases.tick(known.desk)
    assert clean(known, case_id)
    assert says(known.hub, NAME) == []
