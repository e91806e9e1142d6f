"""No stick goes back: the county shows a code, the desk scans it, and its packages are acknowledged."""

import pytest

from desk.errors import NotEnrolled, NotFound
from desk.exchange.ack import RefusedEvent
from desk.exchange.ack_code import read_ack_code, seal_ack
from desk.services import ack_scanning, hub, hub_ack_code, sync
from tests.builders import make_office
from tests.services.forging import answer, log_of
from tests.services.trips import OTHER_COUNTY, Trip, make_hub, put, rows, served

SITE, WINDOW = "610422001001", 2


def scanned(trip: Trip, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    back = ack_scanning.take_scanned(trip.desk, text=text).value
    return back.taken, back.passed_over


def code_of(trip: Trip) -> str:
    return hub_ack_code.ack_code(trip.hub, site=SITE, window=WINDOW).text


def test_a_scanned_code_acknowledges_all_up_to_its_number(trip: Trip) -> None:
    trip.export()
    served(trip.desk, 1, first=3)
    trip.export()
    trip.receive()
    assert trip.states() == ["已写出", "已写出"]
    taken, passed = scanned(trip, code_of(trip))
    assert (taken, passed) == (("第 2 号包的回执已收到，县里已收下到这一号为止的全部记录。",), ())
    assert trip.states() == ["已回执", "已回执"]
    assert scanned(trip, code_of(trip)) == ((), ("第 2 号回执以前收过，不用再处理。",))


def test_the_file_that_follows_still_names_the_refused(trip: Trip) -> None:
    """A code has no room for reasons."""
    trip.export()
    [received] = trip.receive()
    scanned(trip, code_of(trip))
    assert trip.states() == ["已回执"]
    third = log_of(trip.desk)[2]
    refused = (RefusedEvent(3, third.id, "RULE", "与县里已有的记录冲突"),)
    put(trip.stick, "late.bmq", answer(trip.hub, trip.desk, 1, received.digest, refused=refused))
    trip.answers()
    assert trip.states() == ["县已退回"]


def test_a_forged_or_foreign_code_marks_nothing(trip: Trip) -> None:
    trip.export()
    trip.receive()
    good = read_ack_code(code_of(trip))
    false = make_hub(trip.folder / "false", OTHER_COUNTY)
    trip.opened.append(false)
    before = rows(trip.desk)
    for text, why in (
        (seal_ack(good, false.signing), "不是县里签发的"),
        (code_of(trip)[:-3], "没有扫完整"),
    ):
        [said] = scanned(trip, text)[1]
        assert why in said
        assert rows(trip.desk) == before
    assert trip.states() == ["已写出"]


def test_a_code_for_another_window_is_named(trip: Trip) -> None:
    trip.export()
    trip.receive()
    other = make_office(trip.folder / "other").office
    trip.opened.append(other)
    sync.take_county_key(other, path=hub.write_public_key(trip.hub, folder=trip.stick))
    back = ack_scanning.take_scanned(other, text=code_of(trip)).value
    assert back.taken == ()
    assert "别的窗口" in back.passed_over[0]


def test_without_keys_there_is_no_code(strangers: Trip) -> None:
    with pytest.raises(NotEnrolled):
        ack_scanning.take_scanned(strangers.desk, text="x")
    with pytest.raises(NotFound):
        hub_ack_code.ack_code(strangers.hub, site=SITE, window=WINDOW)


def test_nothing_received_gives_no_code(trip: Trip) -> None:
    with pytest.raises(NotFound):
        hub_ack_code.ack_code(trip.hub, site=SITE, window=WINDOW)
