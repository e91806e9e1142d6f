"""Pictures go to the county with the event that names them, once; and come back with it."""

import pytest

from desk.services import attachments, hub_resend, hub_trial, new_epoch, parcels, sync
from desk.services.check import check
from desk.services.operation import Operation, perform, reading
from desk.services.sync_send import ask_for_snapshot
from tests.builders import take_in
from tests.importing.photos import pdf, photo
from tests.services.trips import Trip, on_stick, rows_of


def attached(trip: Trip, *sources: bytes):
    case_id = take_in(trip.desk).case_id
    taken = attachments.take(trip.desk, case_id=case_id, sources=sources).value
    assert len(taken.places) == len(sources)
    return case_id


def at_county(trip: Trip, case_id):
    return attachments.view(trip.hub, case_id=case_id).rows


@pytest.mark.both_engines
def test_a_picture_reaches_the_county_with_its_case(trip: Trip) -> None:
    case_id = attached(trip, photo(), pdf())
    trip.export()
    (received,) = trip.receive()
    assert (received.outcome, received.facts["pictures"]) == ("COMMITTED", 0)
    one, other = at_county(trip, case_id)
    assert one.there
    assert other.there
    assert one.thumb == b""
    assert attachments.mend_thumbs(trip.hub, case_id=case_id) == 2
    picture = attachments.opened(trip.hub, attachment_id=one.id, purpose="inspect").value
    assert picture.data == photo()
    assert not {path.name for path in trip.desk.blobs.stored()} & {
        path.name for path in trip.hub.blobs.stored()
    }
    assert rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)


def test_the_same_picture_travels_once(trip: Trip) -> None:
    attached(trip, photo())
    trip.export()
    first = max(map(len, on_stick(trip.stick).values()))
    attached(trip, photo())
    names = set(on_stick(trip.stick))
    trip.export()
    (second,) = (data for name, data in on_stick(trip.stick).items() if name not in names)
    assert first > len(photo()) > len(second) - len(photo())
    with reading(trip.desk) as connection:
        count = connection.exec_driver_sql("SELECT max(n) FROM attachment").scalar_one()
        assert parcels.of_events(connection, trip.desk.blobs, trip.desk.origin, count, count) == ()
    assert trip.outcomes() == ["COMMITTED", "COMMITTED"]


def test_looking_inside_writes_no_picture(trip: Trip) -> None:
    attached(trip, photo())
    trip.export()
    (told,) = hub_trial.look_inside(trip.hub, folder=trip.stick)
    assert (told.outcome, "影像" in told.said) == ("COMMITTED", False)
    assert list(trip.hub.blobs.stored()) == []


def test_a_picture_that_does_not_come_is_named(trip: Trip) -> None:
    case_id = attached(trip, photo())
    for path in trip.desk.blobs.stored():
        path.unlink()
    trip.export()
    (received,) = trip.receive()
    assert received.facts["pictures"] == 1
    assert not at_county(trip, case_id)[0].there
    (found,) = check(trip.hub).findings
    assert "1 份材料影像" in found.text


def test_a_snapshot_carries_pictures_again(trip: Trip) -> None:
    case_id = attached(trip, photo())
    trip.export()
    for path in (trip.desk.paths.packages).iterdir():
        path.unlink()
    perform(trip.desk, Operation.EXCHANGE, ask_for_snapshot)
    stick = trip.new_stick("again")
    trip.export(stick)
    assert trip.outcomes(stick) == ["COMMITTED"]
    assert at_county(trip, case_id)[0].there


def test_what_does_not_fit_goes_into_the_next_package(trip: Trip) -> None:
    attached(trip, photo(), photo(colour="#88aa88"), photo(colour="#3355aa"))
    origin, room = trip.desk.origin, len(photo()) * 2 + 500
    with reading(trip.desk) as connection:
        rows = connection.exec_driver_sql("SELECT n FROM attachment ORDER BY n").scalars().all()
        last = rows[-1] + 2
        assert parcels.last_within(connection, origin, 1, last, most=room) == rows[2] - 1
        assert parcels.last_within(connection, origin, 1, last) == last
        # A single one that is larger than that goes alone.
        assert parcels.last_within(connection, origin, rows[0], last, most=9) == rows[1] - 1


def test_the_county_gives_pictures_back(trip: Trip) -> None:
    case_id = attached(trip, photo(), pdf())
    trip.export()
    trip.receive()
    new_epoch.begin(trip.desk, why="test")
    for path in list(trip.desk.blobs.stored()):
        path.unlink()
    name = sync.write_enrolment(trip.desk, folder=trip.stick).value
    from desk.services import hub_desks

    hub_desks.enrol(trip.hub, path=trip.stick / name)
    site = str(trip.desk.profile["community_code"])
    hub_resend.resend(trip.hub, site=site, window=trip.desk.seat, folder=trip.stick)
    trip.answers()
    assert [one.there for one in attachments.view(trip.desk, case_id=case_id).rows] == [True, True]
    assert check(trip.desk).findings == ()
