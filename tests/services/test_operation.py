"""The one door for writing: granted by name, all or nothing, a chain without gap, disk troubles with names."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from db.engine import connect
from db.models import Event
from desk import keyring
from desk.clock import FixedClock
from desk.domain import events
from desk.errors import DiskFailed, DiskFull, NotGranted, OfficeBusy
from desk.services import case_views, cases, drafts, settings
from desk.services.check import check
from desk.services.event_store import counts_since, read_events
from desk.services.office import Office
from desk.services.operation import AT_COUNTIES_ONLY, Operation, Work, perform, reading
from desk.services.views import CaseFilter, IntakeValues
from tests.builders import PASSWORD, consent, take_in
from tests.services import deeds


class Stopped(Exception):
    """What a test throws in the middle."""


def test_an_operation_tells_what_it_touched(office: Office) -> None:
    """Pages refresh by it."""
    done = take_in(office)
    page = deeds.detail(office, done)
    moved = cases.act(
        office,
        case_id=done.case_id,
        version=page.version,
        action="void",
        asks={"reason": "错"},
        approved_by=consent(office),
    )
    assert moved.changes.cases == {done.case_id}
    assert moved.changes.packages
    assert not moved.changes.people
    assert not moved.changes.drafts
    assert settings.put(office, key="a", value=1).changes.settings


def test_a_failure_in_the_middle_leaves_nothing(office: Office) -> None:
    """Events were emitted, rows projected, then it stopped."""
    before = deeds.everything(office)

    def work(bench: Work) -> None:
        bench.emit("consultation.logged", "desk", bench.new_id(), {"item": "MZ-GL-01"})
        assert bench.connection.execute(select(Event.n)).all()
        raise Stopped

    with pytest.raises(Stopped):
        perform(office, Operation.CONSULT, work)
    assert deeds.everything(office) == before
    assert cases.log_consultation(office, item_code="MZ-GL-01").value == 1
    assert check(office).findings == ()


@pytest.mark.parametrize("operation", sorted(set(Operation) - AT_COUNTIES_ONLY))
def test_only_what_is_granted_is_done(office: Office, operation: Operation) -> None:
    """Each operation by its own name; nothing runs otherwise."""
    office.grants = ((operation.value, "*", "all"),)
    assert perform(office, operation, lambda bench: 7).value == 7
    for other in Operation:
        if other not in (operation, Operation.NOTE):
            with pytest.raises(NotGranted):
                perform(office, other, lambda bench: 7)


def test_who_has_no_grant_cannot_take_in(office: Office) -> None:
    """Looking is not writing: a draft may be all he is allowed."""
    office.grants = ((Operation.SAVE_DRAFT.value, "*", "all"),)
    drafts.save(office, draft_id=None, values=IntakeValues())
    with pytest.raises(NotGranted) as refused:
        take_in(office)
    assert refused.value.operation == "intake"


def test_time_in_the_chain_never_runs_backwards(office: Office, clock: FixedClock) -> None:
    """The wall clock may be set back; the order of events is kept."""
    for days in (0, -400, 4000):
        clock.advance(days=days)
        take_in(office, "ZH-ZM-01", "conclude_now")
    with reading(office) as connection:
        records = list(read_events(connection))
    assert [record.n for record in records] == list(range(1, len(records) + 1))
    monos = [record.mono for record in records]
    assert monos == sorted(set(monos))
    assert all(events.is_whole(record) for record in records)
    assert check(office).findings == ()


def test_events_after_a_number(office: Office) -> None:
    """For packages: what is later, and how many cases it touches."""
    with reading(office) as connection:
        first = counts_since(connection, office.origin, 0)
    take_in(office)
    take_in(office)
    with reading(office) as connection:
        found = list(read_events(connection, Event.n > first[0]))
        counted = counts_since(connection, office.origin, first[0])
    assert counted == (len(found), 2)
    assert found[0].n == first[0] + 1


@pytest.mark.parametrize("verb", ["UPDATE event SET at = ''", "DELETE FROM event"])
def test_the_record_refuses_to_be_changed(shared_office: Office, verb: str) -> None:
    """By the file itself."""
    with pytest.raises(IntegrityError, match="append-only"):
        perform(
            shared_office,
            Operation.CONSULT,
            lambda bench: bench.connection.exec_driver_sql(verb),
        )


def test_a_full_disk_is_named_and_costs_only_the_last_step(office: Office) -> None:
    """The file may not grow: the step that did not fit left nothing, and afterwards work goes on."""
    done = take_in(office)
    with office.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    before = deeds.everything(office)
    with pytest.raises(DiskFull):
        settings.put(office, key="a", value="x" * 100_000)
    assert deeds.everything(office) == before
    with office.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert deeds.detail(office, done).numbers == (done.number,)
    take_in(office)
    assert check(office).findings == ()


def test_a_held_file_is_named(office: Office) -> None:
    """Somebody else writes: told, not waited for without end."""
    with office.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    key = keyring.open_with_password(
        office.paths.folder, office.hall.operator_id.hex, PASSWORD, office.clock
    )
    other = connect(office.paths.database, key)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OfficeBusy):
        settings.put(office, key="a", value=1)
    other.close()
    settings.put(office, key="a", value=1)


def test_a_connection_that_only_reads_is_replaced(office: Office) -> None:
    """As SQLite leaves it when the disk refuses once to open the log to write: said, nothing saved, and the next try is saved."""
    with office.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = 1")
    with pytest.raises(DiskFailed):
        take_in(office)
    assert case_views.page(office, wanted=CaseFilter(group="all")).rows == ()
    take_in(office)
    assert check(office).findings == ()
