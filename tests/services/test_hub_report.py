"""The county's report: who has reported, who is silent, what is missing, and counters that always fit the rows."""

from typing import cast
from uuid import UUID

import pytest
from sqlalchemy import select, update

from db.models import CaseCount, Conflict
from desk.clock import FixedClock
from desk.console.hub_report import lines
from desk.services import conflicts
from desk.services.check import check
from desk.services.hub_report import SILENT_DAYS, HubReport, report
from desk.services.operation import reading
from tests.builders import take_in
from tests.services import deeds
from tests.services.forging import following, log_of, package
from tests.services.test_orders import at_desk, edit, there_and_back
from tests.services.trips import Trip, on_stick, put, served

pytestmark = pytest.mark.both_engines


def told(trip: Trip) -> str:
    return "\n".join(lines(report(trip.hub)))


def counted(found: HubReport) -> dict[str, tuple[int, int]]:
    return {one.key: (one.cases, one.closed) for one in found.by_item}


def test_a_desk_that_never_reported_is_named(trip: Trip):
    found = report(trip.hub)
    [line] = found.desks
    assert (line.silent, line.is_silent, line.packages, line.cases) == (None, True, 0, 0)
    assert (found.cases, found.by_item, found.by_month) == (0, (), ())
    assert "池阳社区（610422001001）2 号窗口：还没有上报过" in told(trip)


def test_what_was_applied_is_counted_by_community_item_line_and_month(trip: Trip):
    served(trip.desk, 2, first=1)
    take_in(trip.desk, "ZH-ZM-01", "conclude_now")
    trip.export()
    trip.receive()
    found = report(trip.hub)
    [line] = found.desks
    assert (line.silent, line.last_on, line.cases, line.missing) == (0, "2026-11-23", 4, ())
    assert line.events == found.events == len(log_of(trip.desk))
    assert counted(found) == {"MZ-GL-01": (3, 0), "ZH-ZM-01": (1, 1)}
    assert [(one.key, one.cases) for one in found.by_community] == [("610422001001", 4)]
    first = found.by_line[0]
    assert (first.label, first.cases) == ("民政", 3)
    assert [(one.key, one.cases, one.closed) for one in found.by_month] == [("2026-11", 4, 1)]
    assert "高龄补贴申请　3 件，已办结 0 件" in told(trip)
    assert check(trip.hub).findings == ()


def test_a_case_that_moves_on_is_counted_once_and_where_it_stands(trip: Trip):
    done = take_in(trip.desk)
    trip.export()
    trip.receive()
    assert counted(report(trip.hub)) == {"MZ-GL-01": (2, 0)}
    deeds.act(trip.desk, done, "withdraw")
    trip.export()
    trip.receive()
    assert counted(report(trip.hub)) == {"MZ-GL-01": (2, 1)}
    assert check(trip.hub).findings == ()


def test_days_without_a_package_make_a_desk_silent(trip: Trip):
    trip.export()
    trip.receive()
    clock = cast("FixedClock", trip.hub.clock)
    clock.advance(days=SILENT_DAYS - 1)
    assert report(trip.hub).silent == ()
    clock.advance(days=1)
    [line] = report(trip.hub).silent
    assert line.silent == SILENT_DAYS
    assert "7 天前，请打电话问一问" in told(trip)


def test_a_gap_is_told_with_the_numbers_that_are_missing(trip: Trip):
    served(trip.desk, 3, first=1)
    trip.export(most=4)
    sent = list(on_stick(trip.stick, "data-").values())
    late = trip.new_stick("late")
    for data in (sent[0], *sent[3:]):
        put(late, f"{sent.index(data)}.bmq", data)
    trip.receive(late)
    [line] = report(trip.hub).desks
    assert (line.packages, line.missing, line.held) == (1, (2, 3), len(sent) - 3)
    assert f"缺第 2、3 号包，{len(sent) - 3} 个包在等它" in told(trip)
    trip.receive()
    [line] = report(trip.hub).desks
    assert (line.packages, line.missing, line.held) == (len(sent), (), 0)


def test_what_was_given_back_and_set_aside_is_counted(trip: Trip):
    log = following(log_of(trip.desk), "case.moved", UUID(int=77), {})
    put(trip.stick, "forged.bmq", package(trip.desk, log))
    whole = package(trip.desk, log)
    put(trip.stick, "torn.bmq", whole[:-1] + bytes([whole[-1] ^ 1]))
    trip.receive()
    found = report(trip.hub)
    assert (found.desks[0].refused, found.set_aside) == (1, 1)
    assert "退回 1 条" in told(trip)
    assert "单独存放的可疑文件 1 个" in told(trip)


def test_a_wrong_counter_is_found_by_the_check(trip: Trip):
    trip.export()
    trip.receive()
    with trip.hub.writer.begin() as connection:
        connection.execute(update(CaseCount).values(cases=7))
    assert [one.text for one in check(trip.hub).findings] == ["case_count 有 1 行与办件不一致"]


def test_a_conflict_nobody_decided_is_told_until_somebody_does(trip: Trip):
    there_and_back(trip)
    edit(trip, kin_phone="13800000001")
    at_desk(trip, kin_phone="13800000002")
    there_and_back(trip)
    there_and_back(trip)
    assert "待定的冲突 1 处" in told(trip)
    with reading(trip.desk) as connection:
        conflict = connection.execute(select(Conflict.id)).scalar_one()
    conflicts.decide(trip.desk, conflict_id=conflict, choice="desk")
    there_and_back(trip)
    assert "待定的冲突" not in told(trip)
