"""The closing slip: the day counted, its numbers without a gap, the head of the chain, and that it was printed is noted."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from desk.clock import FixedClock
from desk.errors import NotGranted
from desk.services import audit_views, backup, chain, closing_slip
from desk.services.audit_views import AuditFilter
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.rebuilding import append_only_lifted
from tests.builders import MONDAY, take_in
from tests.printing.reading import text_of
from tests.services.roll_people import recognised, resident
from tests.services.trips import Trip

LIU = resident("刘桂兰", "1956-03-12", 2)


def told(office: Office) -> str:
    return "".join(text_of(closing_slip.slip(office).value.pdf).split())


def test_it_tells_the_day_and_names_nobody(office: Office) -> None:
    take_in(office, "MZ-GL-01")
    take_in(office, "MZ-GL-01")
    recognised(office, LIU, "D02")
    backup.make(office, why="by_hand")
    said = told(office)
    for part in ("2026年11月23日", "当天收件3件", "高龄补贴申请2已收件2", "医保业务1", "办件3件"):
        assert part in said
    assert "收件编号SJ000100033无" in said
    assert "刘桂兰" not in said
    assert "慢特病" not in said


def test_a_day_without_anything_is_told_too(office: Office) -> None:
    take_in(office)
    office.clock = FixedClock(MONDAY + timedelta(days=1))
    said = told(office)
    assert "当天收件0件" in said
    assert "当天办的步骤没有" in said


def test_it_ends_where_the_chain_ended_and_that_is_noted(office: Office) -> None:
    take_in(office)
    head = chain.head(office)
    said = told(office)
    assert f"第{''.join(head.words.split())}" in said
    [line] = audit_views.page(office, wanted=AuditFilter(what="closing_slip")).rows
    assert line.facts == f"2026-11-23　到第 {head.n} 条"
    assert chain.head(office).n == head.n + 1


def test_a_number_that_is_gone_is_named(office: Office) -> None:
    for _ in range(3):
        take_in(office)
    with office.writer.begin() as connection, append_only_lifted(connection):
        connection.execute(text("DELETE FROM issued_number WHERE serial = 1"))
    assert "收件编号SJ0002000320001" in told(office)


def test_who_sees_no_cases_prints_none(office: Office) -> None:
    office.grants = (("read_log", "*", "all"),)
    with pytest.raises(NotGranted):
        closing_slip.slip(office)


def test_the_head_stands_in_packages_and_backups(trip: Trip) -> None:
    """What is kept outside says where the chain was: a cut tail or another past does not fit it."""
    made = backup.make(trip.desk, why="by_hand")
    head = chain.head(trip.desk)
    assert (made.manifest.standing.n, made.manifest.standing.head.hex()) == (head.n, head.hash)
    trip.export()
    with reading(trip.desk) as connection:
        query = "SELECT last_n FROM package_out ORDER BY seq DESC LIMIT 1"
        last = connection.exec_driver_sql(query).scalar_one()
        told = f"SELECT hash FROM event WHERE n = {last}"
        hashed = bytes(connection.exec_driver_sql(told).scalar_one())
    trip.receive()
    with reading(trip.hub) as connection:
        held = connection.exec_driver_sql(
            f"SELECT hash FROM event WHERE n = {last} AND origin = x'{trip.desk.origin.hex}'"
        ).scalar_one()
    assert bytes(held) == hashed
