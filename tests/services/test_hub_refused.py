"""Events that break a rule: kept in the log, given back by name, and nobody else's rows touched."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest

from desk.domain.canonical import Json
from desk.domain.events import EventRecord
from desk.exchange.stick import SUBFOLDER
from desk.services import sync
from desk.services.check import check
from desk.services.office import Office
from tests.builders import PROFILE, make_office
from tests.services.forging import again, following, log_of, package
from tests.services.trips import Trip, enrolled, export, on_stick, put, rows, rows_of, served

pytestmark = pytest.mark.both_engines

CASE = UUID(int=77)
MOVED: Mapping[str, Json] = {
    "to": "accepted",
    "state_before": "",
    "phase": "open",
    "clock": {},
    "due_on": "",
    "provisional": False,
    "accepted_on": "",
    "form": {},
    "number": None,
    "short_no": "",
}


@pytest.fixture
def neighbour(trip: Trip) -> Office:
    """Window 3 of the same hall, known to the county; its mind is wrong, its keys are right."""
    made = make_office(trip.folder / "neighbour", replace(PROFILE, window=3)).office
    trip.opened.append(made)
    enrolled(made, trip.hub, trip.folder)
    return made


def sent(
    trip: Trip, desk: Office, log: list[EventRecord], **changes: object
) -> tuple[str, list[str]]:
    """What becomes of a forged package, and the codes of its refused events."""
    stick = trip.new_stick(f"forged {len(log)} {changes.get('seq', 1)}")
    put(stick, "forged.bmq", package(desk, log, **changes))  # type: ignore[arg-type]
    [done] = trip.receive(stick)
    return done.outcome, [one.code for one in done.refused]


def case_of(log: list[EventRecord]) -> EventRecord:
    return next(record for record in log if record.kind == "case.opened")


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("case.moved", {}),
        ("case.moved", {**MOVED, "to": {"not": "a text"}}),
        ("case.moved", {**MOVED, "number": "SL-1"}),
        ("case.opened", {"parties": []}),
        ("case.opened", {"parties": [{"snapshot": None}], "item": {}}),
        ("case.materials", {"materials": [{}], "person": None}),
        ("case.materials", {"materials": None, "person": "x"}),
        ("document.issued", {"case": "not an id"}),
        ("person.recorded", {"name": 5}),
        ("operator.added", {}),
        ("record.changed", {"fields": {}, "state": "", "due_on": "", "case": None}),
    ],
)
def test_an_event_of_no_form_is_given_back(trip: Trip, kind, payload):
    """The log keeps it and counts it, no row follows, what comes after is taken."""
    honest = log_of(trip.desk)
    before = rows_of(trip.hub, trip.desk.origin)
    assert not any(before.values())
    log = following(honest, kind, CASE, payload)
    outcome, codes = sent(trip, trip.desk, following(log, "case.moved", CASE, MOVED))
    assert outcome == "COMMITTED"
    assert codes in (["FORM"], ["RULE"])
    assert rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)
    assert len(rows(trip.hub)["event"]) == 2 + len(honest) + 2
    assert check(trip.hub).findings == ()


def test_an_event_that_is_told_twice_is_given_back(trip: Trip):
    log = again(again(log_of(trip.desk), "case.opened"), "person.recorded")
    assert sent(trip, trip.desk, log) == ("COMMITTED", ["RULE", "RULE"])
    assert rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)
    assert check(trip.hub).findings == ()


def test_totals_hold_over_later_packages_too(trip: Trip):
    """A refused move stays counted as the desk declared it."""
    log = log_of(trip.desk)
    case = case_of(log)
    moved = following(log, "case.moved", case.entity_id, {"to": "accepted"})
    assert sent(trip, trip.desk, moved) == ("COMMITTED", ["FORM"])
    later = following(moved, "case.moved", UUID(int=78), MOVED)
    later = following(later, "case.moved", case.entity_id, MOVED)
    [row] = rows(trip.hub)["package_in"]
    second = {"after": len(moved), "seq": 2, "prev": row[5]}
    assert sent(trip, trip.desk, later, **second) == ("COMMITTED", [])
    assert check(trip.hub).findings == ()


def test_nobody_changes_what_is_anothers(trip: Trip, neighbour):
    trip.export()
    trip.receive()
    theirs = log_of(trip.desk)
    case, person = case_of(theirs), next(r for r in theirs if r.kind == "person.recorded")
    log = following(log_of(neighbour), "case.moved", case.entity_id, MOVED)
    log = following(log, "person.changed", person.entity_id, {"name": "别人"})
    log = following(log, "desk.changed", trip.desk.origin, dict(neighbour.profile))
    log = following(log, "case.materials", case.entity_id, {"materials": [], "person": None})
    assert sent(trip, neighbour, log) == ("COMMITTED", ["OWNER"] * 4)
    assert rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)
    assert check(trip.hub).findings == ()


def test_refused_events_come_back_to_their_desk(trip: Trip, neighbour):
    """Another desk has claimed the case; the honest one hears of each event and paper not counted, even a trip later."""
    case = case_of(log_of(trip.desk))
    claim = following(log_of(neighbour), "case.opened", case.entity_id, case.payload or {})
    assert sent(trip, neighbour, claim) == ("COMMITTED", [])
    trip.export()
    [done] = trip.receive()
    assert done.outcome == "COMMITTED"
    assert [one.code for one in done.refused] == ["OWNER"] * 3
    [lost] = on_stick(trip.stick, "ack-")
    (trip.stick / SUBFOLDER / lost).unlink()
    served(trip.desk, 1, first=4)
    trip.export()
    assert trip.outcomes() == ["ALREADY", "COMMITTED"]
    trip.answers()
    assert trip.states() == ["县已退回", "已回执"]
    newest, first = sync.view(trip.desk).packages
    assert newest.refused == ()
    assert first.refused == ("这条记录属于别的社区，没有计入",) * 3
    assert check(trip.hub).findings == ()


def test_an_id_that_is_taken_spoils_the_package(trip: Trip, neighbour):
    trip.export()
    trip.receive()
    before = rows(trip.hub)
    taken = log_of(trip.desk)[0].id
    log = following(log_of(neighbour), "case.moved", CASE, MOVED, id=taken)
    assert sent(trip, neighbour, log) == ("DAMAGED", [])
    assert rows(trip.hub) == before
    export(neighbour, trip.stick)
    assert sorted(trip.outcomes()) == ["ALREADY", "COMMITTED"]


def test_events_that_do_not_continue_the_log_are_a_fork(trip: Trip):
    """The package follows, its events do not."""
    trip.export()
    trip.receive()
    before = rows(trip.hub, "package_out")
    [row] = before["package_in"]
    log = log_of(trip.desk)
    other = [*log[:-1], replace(log[-1], hash=bytes(32))]
    forged = following(other, "case.moved", CASE, MOVED)
    assert sent(trip, trip.desk, forged, after=len(log), seq=2, prev=row[5]) == ("FORK", [])
    assert rows(trip.hub, "package_out") == before


def test_a_package_under_anothers_id_is_refused_and_stops_nobody(trip: Trip, neighbour: Office):
    """An id is no secret once a package lay on a stick; the neighbour's own next one is taken."""
    taken = UUID(int=5)
    assert sent(trip, trip.desk, log_of(trip.desk), id=taken) == ("COMMITTED", [])
    before = rows(trip.hub)
    assert sent(trip, neighbour, log_of(neighbour), id=taken) == ("DAMAGED", [])
    assert rows(trip.hub) == before
    export(neighbour, trip.stick)
    assert trip.outcomes() == ["COMMITTED"]
