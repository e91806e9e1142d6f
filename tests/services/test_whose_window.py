"""Which computer a window is: not another's, not one that a later one carries on, but a new one in a burnt one's place."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import IssuedNumber
from desk.errors import DatabaseFollowed, PackageRefused, WindowTaken
from desk.services import hub, hub_desks, new_epoch, sync
from desk.services.check import check
from desk.services.operation import reading
from tests.builders import MONDAY, consent, make_office
from tests.kept import Kept
from tests.services.trips import export, receive, revoked, served
from tests.services.twins import Twins, begun, everything, given_back, twins_of

pytestmark = pytest.mark.both_engines


@pytest.fixture
def twins(enrolled_pair: tuple[Kept, Kept], tmp_path: Path) -> Iterator[Twins]:
    yield from twins_of(enrolled_pair, tmp_path)


def test_one_that_is_carried_on_does_not_come_back_under_its_own_name(twins: Twins) -> None:
    """Nobody knew of the restore, and by new keys after a revocation the old data would be the window again."""
    old = twins.copy()
    later = begun(twins, twins.copy("later"))
    given_back(twins, later)
    served(later, 1, first=2)
    export(later, twins.new_stick("told"))
    receive(twins.hub, twins.folder / "told")
    # An hour later: of two databases begun in the same millisecond either may be the later one.
    back = twins.open(old, MONDAY + timedelta(hours=1))
    revoked(twins.hub, "丢失")
    sync.renew_keys(back, approved_by=consent(back))
    name = sync.write_enrolment(back, folder=twins.new_stick("again")).value
    with pytest.raises(DatabaseFollowed):
        hub_desks.enrol(twins.hub, path=twins.folder / "again" / name)
    new_epoch.begin(back, why="县里电话说本机数据旧了")
    name = sync.write_enrolment(back, folder=twins.new_stick("anew")).value
    assert hub_desks.enrol(twins.hub, path=twins.folder / "anew" / name).value.step == "successor"
    given_back(twins, back)
    assert len(everything(back)) == 2
    assert everything(back) == everything(twins.hub)


def test_another_computer_is_no_successor(twins: Twins) -> None:
    """It says it is, without the old key."""
    other = make_office(twins.folder / "other").office
    twins.opened.append(other)
    new_epoch.begin(other, why="换电脑")
    name = sync.write_enrolment(other, folder=twins.stick).value
    with pytest.raises((WindowTaken, PackageRefused)):
        hub_desks.enrol(twins.hub, path=twins.stick / name)


def test_a_burnt_computer_without_backup_gets_its_cases_back(twins: Twins) -> None:
    """The county revokes the lost keys, takes the new computer after comparing words, and gives back."""
    served(twins.desk, 2, first=1)
    twins.export()
    twins.receive()
    before = everything(twins.hub)
    twins.desk.close()
    revoked(twins.hub, "火灾")
    fresh = make_office(twins.folder / "fresh", at=MONDAY + timedelta(hours=1)).office
    twins.opened.append(fresh)
    sync.take_county_key(fresh, path=hub.write_public_key(twins.hub, folder=twins.stick))
    name = sync.write_enrolment(fresh, folder=twins.stick).value
    assert hub_desks.enrol(twins.hub, path=twins.stick / name).value.step == "new"
    given_back(twins, fresh)
    assert everything(fresh) == before
    served(fresh, 1, first=7)
    export(fresh, twins.new_stick("go on"))
    assert [one.refused for one in receive(twins.hub, twins.folder / "go on")] == [()]
    assert check(fresh).findings == check(twins.hub).findings == ()
    # Found by tests.faults.days, seed 104: the numbers of that day began at 0001 again.
    with reading(fresh) as connection:
        numbers = connection.execute(select(IssuedNumber.number)).scalars().all()
    assert sorted(set(numbers)) == sorted(numbers)
