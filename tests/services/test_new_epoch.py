"""A desk restored from a backup or copied: it starts anew, gets back what the county has, and forks nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from db.models import Event, SetAside
from desk.errors import (
    DatabaseCopied,
    EarlierCasesWait,
)
from desk.services import (
    aside_views,
    case_views,
    cases,
    hub_desk_rows,
    hub_desks,
    hub_resend,
    new_epoch,
    search,
    sync,
)
from desk.services.check import check
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.views import CaseFilter
from tests.builders import consent, id_number, person, take_in
from tests.kept import Kept, copied
from tests.services.trips import (
    export,
    is_copied,
    on_stick,
    receive,
    revoked,
    served,
)
from tests.services.twins import (
    SITE,
    WINDOW,
    Twins,
    begun,
    everything,
    given_back,
    moved,
    twins_of,
)

pytestmark = pytest.mark.both_engines


@pytest.fixture
def twins(enrolled_pair: tuple[Kept, Kept], tmp_path: Path) -> Iterator[Twins]:
    yield from twins_of(enrolled_pair, tmp_path)


def test_what_was_lost_after_the_backup_comes_back_from_the_county(twins: Twins) -> None:
    backup = twins.copy()
    served(twins.desk, 2, first=1)
    case = take_in(twins.desk, who=person("单大河", id_no=id_number(order=201)))
    moved(twins.desk, case)
    twins.export()
    twins.receive()
    before = everything(twins.hub)
    twins.desk.close()
    office = begun(twins, backup)
    assert len(everything(office)) < len(before)
    told = given_back(twins, office)
    assert "原来的办件可以接着办了" in told.taken[0]
    assert told.passed_over == ()
    assert everything(office) == before
    assert check(office).findings == ()
    assert search.search(office, text="单大河").people
    assert not office.waits


def test_new_people_are_served_at_once_and_old_cases_wait(twins: Twins) -> None:
    old = take_in(twins.desk, who=person("单大河", id_no=id_number(order=201)))
    backup = twins.copy()
    office = begun(twins, backup)
    with pytest.raises(EarlierCasesWait):
        moved(office, old)
    new = take_in(office, who=person("单大江", id_no=id_number(order=203)))
    assert cases.tick(office).value == 0
    export(office, twins.stick)
    [received] = receive(twins.hub, twins.stick)
    assert (received.outcome, received.refused) == ("COMMITTED", ())
    given_back(twins, office)
    moved(office, old)
    moved(office, new)
    export(office, twins.stick)
    assert [one.refused for one in receive(twins.hub, twins.stick)] == [(), ()]
    assert everything(office) == everything(twins.hub)
    assert check(office).findings == check(twins.hub).findings == ()


def test_someone_the_county_may_not_know_waits_too(twins: Twins) -> None:
    """The person was recorded after the last acknowledgement."""
    who = person("单大河", id_no=id_number(order=201))
    take_in(twins.desk, who=who)
    backup = twins.copy()
    office = begun(twins, backup)
    with pytest.raises(EarlierCasesWait):
        take_in(office, who=who)
    given_back(twins, office)
    take_in(office, who=who)
    assert check(office).findings == ()


def test_what_never_reached_the_county_is_told_anew(twins: Twins) -> None:
    """In the backup and not acknowledged: the new database brings it."""
    twins.export()
    twins.receive()
    twins.answers()
    served(twins.desk, 2, first=1)
    backup = twins.copy()
    office = begun(twins, backup)
    told = given_back(twins, office)
    assert "另行上报" in told.taken[0]
    export(office, twins.new_stick("after"))
    [received] = receive(twins.hub, twins.folder / "after")
    assert (received.outcome, received.refused) == ("COMMITTED", ())
    assert everything(twins.hub) == everything(office)
    assert len(everything(office)) == 3
    assert check(office).findings == check(twins.hub).findings == ()


def test_a_county_that_has_nothing_closes_all_the_same(twins: Twins) -> None:
    office = begun(twins, twins.copy())
    given_back(twins, office)
    export(office, twins.stick)
    assert [one.outcome for one in receive(twins.hub, twins.stick)] == ["COMMITTED"]
    assert everything(twins.hub) == everything(office)
    assert check(office).findings == check(twins.hub).findings == ()


def test_taking_it_again_changes_nothing(twins: Twins) -> None:
    twins.export()
    twins.receive()
    office = begun(twins, twins.copy())
    stick = twins.new_stick("back")
    for _ in range(2):
        hub_resend.resend(twins.hub, site=SITE, window=WINDOW, folder=stick)
    first = sync.read_answers(office, folder=stick).value
    assert len(first.taken) == 1
    assert "以前收过" in first.passed_over[0]
    with reading(office) as connection:
        count = len(connection.execute(select(Event.id)).all())
    sync.read_answers(office, folder=stick)
    with reading(office) as connection:
        assert len(connection.execute(select(Event.id)).all()) == count
    assert check(office).findings == ()


def test_many_parts_are_taken_in_their_order(twins: Twins) -> None:
    backup = twins.copy()
    served(twins.desk, 3, first=1)
    twins.export()
    twins.receive()
    before = everything(twins.hub)
    office = begun(twins, backup)
    stick = twins.new_stick("parts")
    names, events = hub_resend.resend(twins.hub, site=SITE, window=WINDOW, folder=stick, most=5)
    assert (len(names), events) == (5, 21)
    kept = on_stick(stick)
    last = stick / "便民前台" / names[-1]
    middle = stick / "便民前台" / names[2]
    middle.unlink()
    told = sync.read_answers(office, folder=stick).value
    assert office.waits
    assert "还缺" in told.passed_over[-1]
    middle.write_bytes(kept[names[2]])
    assert last.exists()
    sync.read_answers(office, folder=stick)
    assert everything(office) == before
    assert check(office).findings == ()


def test_nothing_more_is_taken_of_a_closed_database(twins: Twins) -> None:
    """The old computer goes on, or a forgotten stick turns up."""
    twins.export()
    twins.receive()
    office = begun(twins, twins.copy())
    served(twins.desk, 1, first=6)
    twins.export()
    given_back(twins, office)
    outcomes = {one.header.seq: one for one in twins.receive() if one.header}
    assert outcomes[1].outcome == "ALREADY"
    assert (outcomes[2].outcome, outcomes[2].facts["why"]) == ("UNKNOWN_KEY", "closed")


def test_an_old_copy_that_was_taken_for_the_window_again_begins_anew(twins: Twins) -> None:
    """The later computer's keys were revoked with it; what that one did comes back only once the old copy knows what it is."""
    later = begun(twins, twins.copy())
    served(later, 1, first=6)
    export(later, twins.new_stick("told"))
    receive(twins.hub, twins.folder / "told")
    revoked(twins.hub, "电话核对")
    sync.renew_keys(twins.desk, approved_by=consent(twins.desk))
    enrolled_again(twins)
    assert [row.code for row in hub_desk_rows.desks(twins.hub).rows if row.is_taken] == ["followed"]
    told = given_back(twins, twins.desk)
    assert told.taken == ()
    assert "另起一套编号" in "".join(told.passed_over)
    assert is_copied(twins.desk)
    clock: Any = twins.desk.clock
    clock.advance(minutes=5)
    new_epoch.begin(twins.desk, why="从备份恢复")
    enrolled_again(twins)
    assert given_back(twins, twins.desk).taken
    assert not twins.desk.waits
    assert open_cases(twins.desk) == open_cases(later)


def open_cases(office: Office) -> set[UUID]:
    return {one.id for one in case_views.page(office, wanted=CaseFilter(group="open")).rows}


def enrolled_again(twins: Twins) -> None:
    folder = twins.new_stick(f"enrol {twins.desk.epoch}")
    name = sync.write_enrolment(twins.desk, folder=folder).value
    hub_desks.enrol(twins.hub, path=folder / name)


def test_a_copy_that_does_not_know_it_notices_by_the_stick(twins: Twins) -> None:
    backup = twins.copy()
    twins.export()
    served(twins.desk, 1, first=1)
    twins.export()
    office = twins.open(backup)
    served(office, 1, first=4)
    with pytest.raises(DatabaseCopied):
        export(office, twins.stick)


def test_a_copy_that_does_not_know_it_notices_by_the_answer(twins: Twins) -> None:
    backup = twins.copy()
    twins.export()
    served(twins.desk, 1, first=1)
    twins.export()
    twins.receive()
    office = twins.open(backup)
    assert "恢复过旧备份" in sync.read_answers(office, folder=twins.stick).value.passed_over[0]
    assert is_copied(office)
    with pytest.raises(DatabaseCopied):
        export(office, twins.new_stick("clean"))


def test_two_branches_are_joined_and_what_differs_is_left_to_people(twins: Twins) -> None:
    """Both computers went on: new cases of both stand, a case that both moved keeps the county's story."""
    both = take_in(twins.desk, who=person("单大河", id_no=id_number(order=201)))
    twins.export()
    twins.receive()
    twins.answers()
    backup = twins.copy()
    moved(twins.desk, both)
    take_in(twins.desk, who=person("单大海", id_no=id_number(order=205)))
    twins.export()
    twins.receive()
    office = twins.open(backup)
    moved(office, both)
    mine = take_in(office, who=person("单大江", id_no=id_number(order=203)))
    export(office, twins.new_stick("fork"))
    assert [one.outcome for one in receive(twins.hub, twins.folder / "fork")] == ["FORK"]
    sync.read_answers(office, folder=twins.folder / "fork")
    with pytest.raises(DatabaseCopied):
        export(office, twins.new_stick("again"))
    new_epoch.begin(office, why="数据被拷贝过")
    name = sync.write_enrolment(office, folder=twins.stick).value
    hub_desks.enrol(twins.hub, path=twins.stick / name)
    told = given_back(twins, office)
    assert "各办了一遍" in told.passed_over[0]
    with reading(office) as connection:
        fates = set(connection.execute(select(SetAside.fate)).scalars())
    assert "differs" in fates
    aside = aside_views.rows(office)
    assert {row.state for row in aside} == {"两边不一样，没有并入"}
    assert all(row.what and row.case_id for row in aside), aside
    assert check(office).findings == ()
    export(office, twins.new_stick("joined"))
    [received] = receive(twins.hub, twins.folder / "joined")
    assert (received.outcome, received.refused) == ("COMMITTED", ())
    assert everything(office) == everything(twins.hub)
    assert case_views.detail(office, case_id=mine.case_id).row.applicant == "单大江"
    assert check(twins.hub).findings == ()


def test_a_restored_one_restored_again(twins: Twins) -> None:
    twins.export()
    twins.receive()
    first = begun(twins, twins.copy("one"))
    given_back(twins, first)
    served(first, 1, first=2)
    export(first, twins.new_stick("first"))
    receive(twins.hub, twins.folder / "first")
    first.close()
    backup = copied(replace(twins.kept, folder=twins.folder / "one"), twins.folder / "two")
    second = begun(twins, backup)
    assert second.epoch == 3
    given_back(twins, second)
    served(second, 1, first=4)
    export(second, twins.new_stick("second"))
    assert [one.refused for one in receive(twins.hub, twins.folder / "second")] == [()]
    assert everything(second) == everything(twins.hub)
    assert check(second).findings == check(twins.hub).findings == ()
