"""A case whose catalogue is not here is read by the rules in force with what it kept, says so, and is no damage."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from db.models import CatalogSnapshot
from desk.clock import FixedClock
from desk.domain.catalog_reader import read_catalog
from desk.errors import OfficeDamaged
from desk.services import case_views, orders, sign_in
from desk.services.check import check
from desk.services.office import Office
from desk.services.rules import Rules
from desk.services.setup import Created
from desk.services.views import CaseDetail, CaseFilter
from tests.builders import MONDAY, PASSWORD, make_office, rules, take_in
from tests.services import deeds, editions
from tests.services.trips import Trip, served

SAID = "开办时的第 {} 版目录不在这台电脑里，按现行目录显示；填过的内容和定好的日期不变"
PLAIN = "BB-KD-01"


def edited(version: int, *edits: editions.Edit, lacking: str = "") -> Rules:
    """Another program's rules."""
    files = editions.edition(version, *edits)
    files = editions.without(files, lacking) if lacking else files
    return replace(rules(), catalog=read_catalog(files), source=files)


def again(made: Created, by: Rules, days: int = 0) -> Office:
    """The same office opened by a program with other rules."""
    made.office.close()
    return sign_in.sign_in(
        made.office.paths,
        operator_id=made.operator_id.hex,
        password=PASSWORD,
        clock=FixedClock(MONDAY + timedelta(days=days)),
        rules=by,
    )


def forget(office: Office) -> None:
    """The snapshots of all rules but those in force are gone."""
    old = CatalogSnapshot.digest != office.catalog.digest
    with office.writer.begin() as connection:
        assert connection.execute(delete(CatalogSnapshot).where(old)).rowcount
    office.pinned.clear()


def said(page: CaseDetail) -> str:
    return page.history[-1].text


@pytest.fixture
def made(tmp_path: Path) -> Created:
    return make_office(tmp_path / "office")


def test_the_case_keeps_its_values_dates_and_moves(made: Created) -> None:
    """The newer rules promise 20 days: this one was promised 15, and its due date does not move."""
    done = take_in(made.office)
    deeds.act(made.office, done, "confirm_accepted")
    before = deeds.detail(made.office, done)
    newer = edited(2, (editions.CIVIL, "promised_days = 15", "promised_days = 20"))
    office = again(made, newer)
    forget(office)
    page = deeds.detail(office, done)
    assert (page.row.item_name, page.form, page.due) == (
        before.row.item_name,
        before.form,
        before.due,
    )
    assert said(page) == SAID.format(1)
    assert [entry.text for entry in page.history[:-1]] == [one.text for one in before.history]
    assert "15 个工作日" in case_views.due_story(office, case_id=done.case_id).lines[0]
    deeds.act(office, done, page.actions[0].key)
    assert deeds.detail(office, done).version > page.version
    office.close()


def test_it_is_a_finding_where_it_was_here_and_says_nothing_where_all_is_here(
    made: Created,
) -> None:
    done = take_in(made.office)
    office = again(made, edited(2))
    assert said(deeds.detail(office, done)) != SAID.format(1)
    assert check(office).findings == ()
    forget(office)
    assert ["1 件开办时的目录不见了" in one.text for one in check(office).findings] == [True]
    office.close()


def test_an_item_that_is_gone_is_read_by_its_name(made: Created) -> None:
    """Nothing can be done with it but look, and nothing breaks."""
    done = take_in(made.office, PLAIN, "conclude_now")
    name = made.office.catalog.item(PLAIN).short_name
    gone = (editions.HEAD, "removed = []", f'removed = ["{PLAIN}"]')
    office = again(made, edited(2, gone, lacking=PLAIN))
    forget(office)
    page = deeds.detail(office, done)
    assert (page.row.item_name, said(page), page.form) == (name, SAID.format(1), ())
    office.close()


def test_a_state_the_rules_know_no_more_can_be_read_and_not_moved(made: Created) -> None:
    """A case whose clock does not run yet is counted by the rules in force."""
    done = take_in(made.office)
    newer = edited(2, (editions.CIVIL, "promised_days = 15", "promised_days = 20"))
    known = newer.catalog.workflows["application"]
    states = {key: state for key, state in known.states.items() if key != "received"}
    lost = {**newer.catalog.workflows, "application": replace(known, states=states)}
    office = again(made, replace(newer, catalog=replace(newer.catalog, workflows=lost)))
    forget(office)
    page = deeds.detail(office, done)
    assert (page.state.label, page.actions, said(page)) == ("原目录的状态", (), SAID.format(1))
    office.close()


def test_a_snapshot_that_cannot_be_unpacked_is_damage(made: Created) -> None:
    """Said so, never guessed."""
    done = take_in(made.office)
    office = again(made, edited(2))
    with office.writer.begin() as connection:
        connection.execute(update(CatalogSnapshot).values(body=b"gone"))
    office.pinned.clear()
    with pytest.raises(OfficeDamaged):
        deeds.detail(office, done)
    office.close()


def test_a_county_reads_what_a_desk_of_another_program_sent(
    trip: Trip, hub_pages: Callable[[], list[CaseDetail]]
) -> None:
    """Looked at, ordered upon, and no finding: the county never had these rules."""
    trip.desk.rules = edited(2)
    served(trip.desk, 1, first=7)
    trip.export()
    assert trip.outcomes() == ["COMMITTED"]
    told = [said(page) == SAID.format(2) for page in hub_pages()]
    assert sorted(told) == [False, True]
    page = hub_pages()[told.index(True)]
    move = orders.moves(trip.hub, case_id=page.row.id)[0]
    assert move.key in {one.key for one in page.actions}
    assert check(trip.hub).findings == ()


@pytest.fixture
def hub_pages(trip: Trip) -> Callable[[], list[CaseDetail]]:
    def pages() -> list[CaseDetail]:
        rows = case_views.page(trip.hub, wanted=CaseFilter(group="all")).rows
        return [case_views.detail(trip.hub, case_id=row.id) for row in rows]

    return pages
