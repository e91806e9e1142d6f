"""A sealed file is lost, or totals differ: the same events go again in one package that closes the gap."""

import hashlib
from pathlib import Path

import pytest

from desk.exchange.ack import PackageResult
from desk.exchange.receiving import read_header
from desk.services import hub_desks, hub_keys, sync
from desk.services.check import check
from tests.builders import consent
from tests.services.forging import answer, following, log_of, package
from tests.services.trips import Trip, on_stick, put, revoked, rows, rows_of, served

pytestmark = pytest.mark.both_engines


def lose(trip: Trip, *seqs: int) -> None:
    """The files of these packages vanish from the data folder."""
    for path in trip.desk.paths.packages.iterdir():
        if read_header(path).seq in seqs:
            path.unlink()


def kinds(stick: Path) -> list[tuple[str, int, tuple[int, int]]]:
    data = (*on_stick(stick, "data-").values(), *on_stick(stick, "snapshot-").values())
    return sorted((head.kind, head.seq, head.events) for head in map(read_header, data))


def twice(trip: Trip) -> int:
    """Two packages that never reached the county; gives the last event."""
    trip.export(trip.new_stick("lost one"))
    served(trip.desk, 1, first=3)
    trip.export(trip.new_stick("lost two"))
    return len(log_of(trip.desk))


def agreed(trip: Trip) -> None:
    assert rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)
    assert check(trip.hub).findings == check(trip.desk).findings == ()


@pytest.mark.parametrize("lost", [(1,), (2,), (1, 2)])
def test_a_lost_file_no_longer_stands_in_the_way(trip: Trip, lost: tuple[int, ...]) -> None:
    last = twice(trip)
    lose(trip, *lost)
    trip.export()
    assert kinds(trip.stick) == [("SNAPSHOT", 3, (1, last))]
    assert trip.states() == ["并入后面的包", "并入后面的包", "已写出"]
    assert trip.outcomes() == ["COMMITTED"]
    trip.answers()
    assert trip.states() == ["已回执"] * 3
    agreed(trip)


def test_only_what_is_not_acknowledged_goes_again(trip: Trip) -> None:
    trip.export()
    trip.receive()
    trip.answers()
    first = len(log_of(trip.desk))
    last = twice(trip)
    lose(trip, 2, 3)
    served(trip.desk, 1, first=8)
    trip.export(trip.new_stick("again"))
    assert kinds(trip.folder / "again") == [("SNAPSHOT", 3, (first + 1, len(log_of(trip.desk))))]
    assert last < len(log_of(trip.desk))
    assert trip.outcomes(trip.folder / "again") == ["COMMITTED"]
    agreed(trip)


def test_what_follows_a_snapshot_is_data_again(trip: Trip) -> None:
    twice(trip)
    lose(trip, 1)
    trip.export()
    trip.receive()
    served(trip.desk, 1, first=8)
    trip.export()
    assert [kind for kind, _, _ in kinds(trip.stick)].count("DATA") == 1
    assert sorted(trip.outcomes()) == ["ALREADY", "COMMITTED"]
    agreed(trip)


def test_a_snapshot_may_come_in_slices(trip: Trip) -> None:
    last = twice(trip)
    lose(trip, 1)
    trip.export(most=4)
    told = kinds(trip.stick)
    assert ("SNAPSHOT", 3, (1, 4)) in told
    assert max(span[1] for _, _, span in told) == last
    assert set(trip.outcomes()) == {"COMMITTED"}
    agreed(trip)


def test_of_a_snapshot_in_slices_only_what_came_is_acknowledged(trip: Trip) -> None:
    """The package it replaced reaches further; were it shown as acknowledged, its end would never be sent again."""
    last = twice(trip)
    lose(trip, 1)
    trip.export(most=4)
    [first] = [
        (name, data) for name, data in on_stick(trip.stick).items() if read_header(data).seq == 3
    ]
    half = trip.new_stick("half")
    put(half, *first)
    assert trip.outcomes(half) == ["COMMITTED"]
    trip.answers(half)
    assert trip.states()[:3] == ["并入后面的包", "并入后面的包", "已回执"]
    lose(trip, 4)
    trip.export(trip.new_stick("again"))
    assert kinds(trip.folder / "again")[-1][2] == (5, last)
    assert set(trip.outcomes(trip.folder / "again")) == {"COMMITTED"}
    trip.answers(trip.folder / "again")
    assert set(trip.states()) == {"已回执"}
    agreed(trip)


def test_a_county_that_already_had_it_takes_it_without_a_change(trip: Trip) -> None:
    """Its answer was on the way when the file was lost."""
    trip.export()
    trip.receive()
    before = rows_of(trip.hub, trip.desk.origin)
    lose(trip, 1)
    trip.export(trip.new_stick("again"))
    [received] = trip.receive(trip.folder / "again")
    assert (received.outcome, received.events) == ("COMMITTED", 0)
    assert rows_of(trip.hub, trip.desk.origin) == before
    served(trip.desk, 1, first=8)
    trip.export(trip.new_stick("after"))
    assert "COMMITTED" in trip.outcomes(trip.folder / "after")
    agreed(trip)


def test_the_lost_package_turning_up_later_is_known(trip: Trip) -> None:
    twice(trip)
    lose(trip, 1)
    trip.export()
    trip.receive()
    assert trip.outcomes(trip.folder / "lost one") == ["ALREADY"]
    agreed(trip)


def test_what_was_held_behind_the_gap_is_known_after_it(trip: Trip) -> None:
    twice(trip)
    stick = trip.new_stick("second only")
    [name] = [
        name
        for name, data in on_stick(trip.folder / "lost two").items()
        if read_header(data).seq == 2
    ]
    put(stick, name, on_stick(trip.folder / "lost two")[name])
    assert trip.outcomes(stick) == ["HELD"]
    lose(trip, 1)
    trip.export()
    assert trip.outcomes() == ["COMMITTED"]
    assert trip.outcomes(trip.new_stick("empty")) == ["ALREADY"]
    assert not list(trip.hub.paths.held.iterdir())
    agreed(trip)


def test_differing_totals_are_answered_with_everything_again(trip: Trip) -> None:
    trip.export()
    [data] = on_stick(trip.stick).values()
    told = PackageResult(1, hashlib.sha256(data).digest(), "TOTALS")
    put(trip.stick, "answer.bmq", answer(trip.hub, trip.desk, 0, bytes(32), results=(told,)))
    [said, *_] = trip.answers().passed_over
    assert "重发一遍" in said
    trip.export(trip.new_stick("again"))
    assert [kind for kind, _, _ in kinds(trip.folder / "again")] == ["SNAPSHOT"]
    # The same answer read once more asks for nothing more.
    trip.answers()
    trip.export(trip.new_stick("third"))
    assert on_stick(trip.folder / "third") == on_stick(trip.folder / "again")
    assert trip.outcomes(trip.folder / "again") == ["COMMITTED"]
    agreed(trip)


def test_a_snapshot_overwrites_nothing(trip: Trip) -> None:
    """A desk with true keys tells another story under numbers that were told."""
    trip.export()
    trip.receive()
    log = log_of(trip.desk)
    other = following(log[:-1], "consultation.logged", log[-1].id, {"item": "MZ-GL-01"})
    before = rows(trip.hub)
    forged = package(trip.desk, other, kind="SNAPSHOT", seq=2, prev=bytes(32))
    put(trip.stick, "forged.bmq", forged)
    assert sorted(trip.outcomes()) == ["ALREADY", "FORK"]
    changed = rows(trip.hub)
    assert {name for name in before if before[name] != changed[name]} <= {"package_out"}


def test_a_snapshot_that_begins_too_late_waits(trip: Trip) -> None:
    log = log_of(trip.desk)
    late = package(trip.desk, log, after=3, kind="SNAPSHOT", seq=5, prev=bytes(32))
    put(trip.stick, "late.bmq", late)
    assert trip.outcomes() == ["HELD"]
    assert rows(trip.hub)["package_in"] == []


def test_new_keys_after_a_revocation_send_everything_again(trip: Trip) -> None:
    trip.export()
    revoked(trip.hub, "密钥泄露")
    hub_keys.write_key_list(trip.hub, folder=trip.stick)
    assert trip.outcomes() == ["UNKNOWN_KEY"]
    trip.answers()
    sync.renew_keys(trip.desk, approved_by=consent(trip.desk))
    name = sync.write_enrolment(trip.desk, folder=trip.stick).value
    hub_desks.enrol(trip.hub, path=trip.stick / name)
    trip.export(trip.new_stick("again"))
    assert trip.outcomes(trip.folder / "again") == ["COMMITTED"]
    agreed(trip)
