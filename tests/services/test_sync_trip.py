"""Packages out: everything once, the same bytes until they are acknowledged, nothing half-written."""

import errno
from pathlib import Path

import pytest

from db.models import (
    PROJECTED,
    Attachment,
    Conflict,
    Erasure,
    LegalHold,
    OrderGiven,
    OrderTaken,
)
from desk.errors import Cancelled, StickTrouble
from desk.exchange.control_totals import control_totals
from desk.exchange.receiving import read_header
from desk.exchange.stick import SUBFOLDER
from desk.services import case_views, cases, sync
from desk.services.check import check
from desk.services.declared import declared
from desk.services.operation import reading
from desk.services.sync_views import Unsent
from desk.services.views import CaseFilter
from tests.builders import take_in
from tests.services import deeds
from tests.services.forging import log_of
from tests.services.trips import Trip, on_stick, put, rows, rows_of, served

pytestmark = pytest.mark.both_engines

NOT_TODAY = (OrderGiven, OrderTaken, Conflict, Attachment, Erasure, LegalHold)
"""The county asks for nothing on these trips, and the desk takes no pictures and erases nothing."""


def test_one_trip_brings_everything_and_its_answer(trip: Trip):
    served(trip.desk, 4, first=1)
    granted = take_in(trip.desk, "YB-MT-01")
    deeds.walk(trip.desk, granted, "confirm_accepted", "forward", "decide_ok")
    cases.log_consultation(trip.desk, item_code="MZ-GL-03")
    assert trip.states() == []
    written = trip.export()
    assert (written.seq, len(written.files)) == (1, 1)
    assert trip.states() == ["已写出"]
    [received] = trip.receive()
    assert (received.outcome, received.refused) == ("COMMITTED", ())
    assert received.events == written.events == len(log_of(trip.desk))
    assert trip.answers().taken == (
        "第 1 号包的回执已收到，县里已收下到这一号为止的全部记录。",
        "县里的第 1 版密钥表已收下，1 个窗口的回执都能当场核对真假。",
    )
    assert trip.states() == ["已回执"]
    same = rows_of(trip.hub, trip.desk.origin)
    assert same == rows_of(trip.desk, trip.desk.origin)
    assert {name for name, found in same.items() if found} == {
        model.__tablename__ for model in PROJECTED if model not in NOT_TODAY
    }
    assert check(trip.hub).findings == check(trip.desk).findings == ()


def test_what_happens_after_is_carried_by_the_next_trip(trip: Trip):
    trip.export()
    trip.receive()
    trip.answers()
    [case] = case_views.page(trip.desk, wanted=CaseFilter(group="all")).rows
    served(trip.desk, 2, first=5)
    view = sync.view(trip.desk)
    assert (view.unsent_cases, sync.unsent(trip.desk)) == (2, Unsent(2))
    trip.export()
    assert sync.unsent(trip.desk) == Unsent(0)
    assert trip.outcomes() == ["ALREADY", "COMMITTED"]
    trip.answers()
    assert trip.states() == ["已回执", "已回执"]
    assert rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)
    there = case_views.page(trip.hub, wanted=CaseFilter(group="all")).rows
    assert case.id in {row.id for row in there}
    assert len(there) == 3


def test_nothing_new_makes_no_package(trip: Trip):
    trip.export()
    trip.receive()
    trip.answers()
    stick = trip.new_stick("second")
    written = trip.export(stick)
    assert (written.files, written.events) == ((), 0)
    assert on_stick(stick) == {}
    assert len(rows(trip.desk)["package_out"]) == 1


def test_unacknowledged_packages_are_sent_again_byte_for_byte(trip: Trip):
    trip.export()
    first = on_stick(trip.stick)
    served(trip.desk, 1, first=7)
    second = trip.new_stick("second")
    written = trip.export(second)
    assert len(written.files) == 2
    assert first.items() <= on_stick(second).items()
    assert trip.outcomes(second) == ["COMMITTED", "COMMITTED"]
    assert trip.outcomes() == ["ALREADY"]
    trip.answers(second)
    assert trip.states() == ["已回执", "已回执"]


def test_the_sealed_bytes_stay_in_the_office(trip: Trip):
    """Until the county has acknowledged them nothing may be made anew under their number."""
    trip.export()
    kept = {path.name: path.read_bytes() for path in trip.desk.paths.packages.iterdir()}
    assert kept == on_stick(trip.stick)
    again = trip.new_stick("again")
    trip.export(again)
    assert on_stick(again) == kept


def test_many_events_become_several_packages_each_with_its_own_totals(trip: Trip):
    """Cases go on between slices, so a slice's totals are not those of the log's end."""
    served(trip.desk, 3, first=1)
    written = trip.export(most=6)
    log = log_of(trip.desk)
    assert len(log) == 21
    packages = [read_header(data) for data in on_stick(trip.stick).values()]
    assert [one.events for one in packages] == [(1, 6), (7, 12), (13, 18), (19, 21)]
    assert (written.seq, written.events, len(written.files)) == (4, 21, 4)
    with reading(trip.desk) as connection:
        for until in range(len(log) + 1):
            counted = declared(connection, trip.desk.origin, until)
            assert counted == control_totals(log[:until]), until
    assert trip.outcomes() == ["COMMITTED"] * 4
    trip.answers()
    assert trip.states() == ["已回执"] * 4
    assert rows_of(trip.hub, trip.desk.origin) == rows_of(trip.desk, trip.desk.origin)
    assert check(trip.hub).findings == ()


def test_file_names_say_nothing(trip: Trip):
    """What people and file managers make of a name is no matter: identity is inside."""
    served(trip.desk, 2, first=1)
    trip.export(most=6)
    names = ["复件 (2).bmq", "新建.BMQ", "zzz.bmq"]
    for (name, data), other in zip(on_stick(trip.stick).items(), names, strict=False):
        put(trip.stick, other, data)
        (trip.stick / SUBFOLDER / name).unlink()
    put(trip.stick, "复件 (3).bmq", (trip.stick / SUBFOLDER / names[1]).read_bytes())
    assert sorted(trip.outcomes()) == ["ALREADY", "COMMITTED", "COMMITTED", "COMMITTED"]
    [ack] = on_stick(trip.stick, "ack-")
    (trip.stick / SUBFOLDER / ack).rename(trip.stick / "回执 - 副本.bmq")
    trip.answers()
    assert trip.states() == ["已回执"] * 3


@pytest.mark.parametrize("place", ["file", "gone", "subfolder", "name"])
def test_a_stick_that_cannot_be_written_changes_nothing(trip: Trip, place):
    """The sealed package waits in the office; the next stick gets these very bytes."""
    stick = trip.new_stick("bad")
    target = {
        "file": stick / "file",
        "gone": stick / "not" / "there",
        "subfolder": stick,
        "name": stick,
    }[place]
    if place == "name":
        first = trip.new_stick("look")
        trip.export(first)
        (stick / SUBFOLDER / next(iter(on_stick(first)))).mkdir(parents=True)
    else:
        (stick / ("file" if place == "file" else SUBFOLDER)).write_bytes(b"")
    states = trip.states()
    with pytest.raises(StickTrouble) as caught:
        trip.export(target)
    assert caught.value.step == "write"
    assert [path for path in stick.rglob("*") if path.is_file() and path.stat().st_size] == []
    assert trip.states() == (states or ["未导出"])
    [kept] = trip.desk.paths.packages.iterdir()
    made = kept.read_bytes()
    trip.export()
    assert on_stick(trip.stick) == {kept.name: made}
    assert trip.states() == ["已写出"]


def test_a_full_stick_changes_nothing(trip: Trip):
    """A limit on the size of files stands for the room of the stick."""
    resource = pytest.importorskip("resource")
    with pytest.raises(StickTrouble):
        trip.export(trip.folder / "nowhere")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(StickTrouble) as caught:
            trip.export()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.step == "space"
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.EFBIG
    assert on_stick(trip.stick) == {}
    assert list((trip.stick / SUBFOLDER).iterdir()) == []
    assert trip.states() == ["未导出"]
    view = sync.view(trip.desk)
    assert (view.unsent_events, view.unsent_cases) == (9, 1)
    trip.export()
    assert trip.states() == ["已写出"]


def test_cancelling_leaves_whole_files_or_none(trip: Trip):
    """Asked to stop at each moment it asks: whatever lies on the stick can be taken."""
    served(trip.desk, 2, first=1)
    kept = [stopped_after(trip, moment) for moment in range(12)]
    whole = [kept_on for kept_on in kept if kept_on]
    assert kept[0] == {}
    assert len(whole) < len(kept)
    written = trip.export(most=6)
    assert len(written.files) == 3
    assert all(files.items() <= on_stick(trip.stick).items() for files in whole)
    assert trip.outcomes() == ["COMMITTED"] * 3


def stopped_after(trip: Trip, moments: int) -> dict[str, bytes]:
    """What an export leaves on a new stick when it is told to stop after so many questions."""
    stick, asked = trip.new_stick(f"stick {moments}"), iter(range(moments))
    try:
        sync.write_packages(
            trip.desk,
            folder=stick,
            progress=lambda _done, _total, _what: None,
            cancelled=lambda: next(asked, None) is None,
            most=6,
        )
    except Cancelled:
        assert "已写出" not in trip.states()
    hidden = list(stick.rglob(".*"))
    assert hidden == []
    return on_stick(stick)


def test_progress_runs_forward_to_the_end(trip: Trip):
    served(trip.desk, 1, first=1)
    told: list[tuple[int, int, str]] = []
    sync.write_packages(
        trip.desk,
        folder=trip.stick,
        progress=lambda done, total, what: told.append((done, total, what)),
        cancelled=lambda: False,
        most=6,
    )
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][0] == told[-1][1] == told[0][1]
    assert {what for _, _, what in told} == {"正在写到 U 盘", "正在从 U 盘读回核对"}


def test_the_stick_may_be_chosen_at_our_own_folder(trip: Trip):
    """Choosing 便民前台 itself, as people do, is the same."""
    trip.export()
    inside: Path = trip.stick / SUBFOLDER
    trip.export(inside)
    assert [path.name for path in inside.iterdir() if path.is_dir()] == []
    assert trip.outcomes(inside) == ["COMMITTED"]
    trip.answers(inside)
    assert trip.states() == ["已回执"]
