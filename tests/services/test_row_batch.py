"""Rows written together are the rows written one by one, whatever the order of the events."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import StatementError

from db.models import PROJECTED, CaseFile, IssuedNumber
from desk.domain.events import EventRecord
from desk.services import projection
from desk.services.office import Office
from desk.services.rebuilding import in_memory
from desk.services.row_batch import ASKS, RowBatch
from tests.builders import take_in
from tests.services import deeds
from tests.services.forging import log_of


@pytest.fixture
def log(office: Office) -> list[EventRecord]:
    """A desk with cases that moved, got papers later, brought somebody onto a roll, were withdrawn."""
    first = take_in(office)
    deeds.act(office, first, "confirm_accepted")
    deeds.walk(office, first, "start_review")
    deeds.act(office, take_in(office, "MZ-DB-01"), "withdraw")
    take_in(office, "ZH-ZM-01", "conclude_now")
    return log_of(office)


@contextmanager
def scratch() -> Iterator[Connection]:
    engine = in_memory()
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def rows(connection: Connection) -> dict[str, list[Any]]:
    tables: list[Any] = [model.__table__ for model in PROJECTED]
    return {
        table.name: list(connection.execute(select(table).order_by(*table.primary_key)))
        for table in tables
    }


def one_by_one(log: list[EventRecord]) -> dict[str, list[Any]]:
    with scratch() as connection:
        for record in log:
            projection.apply(connection, record)
        return rows(connection)


def together(log: list[EventRecord], at_once: int) -> dict[str, list[Any]]:
    with scratch() as connection:
        for start in range(0, len(log), at_once):
            batch = RowBatch(connection)
            for record in log[start : start + at_once]:
                projection.apply(batch.as_connection(), record)
            batch.flush()
        return rows(connection)


@pytest.mark.parametrize("at_once", [1, 2, 5, 500])
def test_together_is_the_same_as_one_by_one(log: list[EventRecord], at_once: int) -> None:
    assert together(log, at_once) == one_by_one(log)


@pytest.mark.parametrize("seed", range(8))
def test_in_any_order_too(log: list[EventRecord], seed: int) -> None:
    """A move told before its case changes nothing, and must go on changing nothing."""
    kinds = ("case.opened", "case.moved", "person.recorded", "document.issued")
    shuffled = [record for record in log if record.kind in kinds]
    random.Random(seed).shuffle(shuffled)
    assert together(shuffled, 500) == one_by_one(shuffled)
    assert shuffled != log


def test_of_one_row_only_what_it_is_in_the_end_is_written(log: list[EventRecord]) -> None:
    ran: list[str] = []
    with scratch() as connection:
        event.listen(connection, "before_cursor_execute", lambda *facts: ran.append(facts[2]))
        batch = RowBatch(connection)
        for record in log:
            if record.kind in ("case.opened", "case.moved"):
                projection.apply(batch.as_connection(), record)
        batch.flush()
    assert any(one.startswith("INSERT INTO case_file") for one in ran)
    assert not any(one.startswith("UPDATE") for one in ran)


@pytest.mark.parametrize(
    ("name", "wrong"), [("phase", None), ("phase", ["open"]), ("provisional", 5), ("to", None)]
)
def test_a_wrong_value_is_found_out_though_a_later_event_sets_it_right(
    log: list[EventRecord], name: str, wrong: Any
) -> None:
    opened = next(record for record in log if record.kind == "case.opened")
    moved = next(record for record in log if record.kind == "case.moved")
    spoilt = replace(moved, payload={**(moved.payload or {}), "number": None, name: wrong})

    def batched(connection: Connection) -> None:
        batch = RowBatch(connection)
        for record in (opened, spoilt, moved):
            projection.apply(batch.as_connection(), record)
        batch.flush()

    with scratch() as connection, pytest.raises((StatementError, TypeError, ValueError)):
        batched(connection)


def test_many_events_take_few_statements(log: list[EventRecord]) -> None:
    ran: list[str] = []
    with scratch() as connection:
        event.listen(connection, "before_cursor_execute", lambda *facts: ran.append(facts[2]))
        batch = RowBatch(connection)
        moves = [record for record in log if record.kind == "case.moved"]
        for record in moves * 20:
            told = {**(record.payload or {}), "number": None}
            projection.apply(batch.as_connection(), replace(record, payload=told))
        batch.flush()
    assert len(moves) * 20 > 100
    assert len(ran) < 100


def test_a_case_is_written_once_with_its_number_in_it(office: Office) -> None:
    told: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        told.append(statement)

    event.listen(office.writer, "before_cursor_execute", listen)
    number = take_in(office).number
    event.remove(office.writer, "before_cursor_execute", listen)
    assert number
    assert [one for one in told if "INTO case_file" in one]
    assert not [one for one in told if one.startswith("UPDATE case_file")]


def test_a_question_waits_for_what_it_asks_about(log: list[EventRecord]) -> None:
    """Of tables with nothing kept it is put at once; of others after all that was kept."""
    serials, cases = (
        select(model).execution_options(**{ASKS: (model.__table__,)})
        for model in (IssuedNumber, CaseFile)
    )
    opened = next(record for record in log if record.kind == "case.opened")
    with scratch() as connection:
        batch = RowBatch(connection)
        projection.apply(batch.as_connection(), opened)
        assert batch.execute(serials).all() == []
        assert connection.execute(cases).all() == []
        assert [row.id for row in batch.execute(cases)] == [opened.entity_id]
