"""The chain looked at again, at every start and whole."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection

from desk.clock import FixedClock
from desk.errors import Cancelled
from desk.services import audit, chain
from desk.services.chain import ChainReport
from desk.services.office import Office
from desk.services.rebuilding import append_only_lifted
from tests.services.test_audit import noted

NOTES = 12


def whole(office: Office) -> ChainReport:
    return chain.check_whole(office, progress=lambda *_: None, cancelled=lambda: False)


def written(office: Office, count: int = NOTES) -> None:
    for _ in range(count):
        audit.noted(office, what="clock")


@contextmanager
def behind_its_back(office: Office) -> Iterator[Connection]:
    """The file under somebody's hand who has the key and lifts the triggers."""
    with office.writer.begin() as connection, append_only_lifted(connection):
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        yield connection


def edit(connection: Connection, n: int) -> None:
    connection.execute(text("UPDATE event SET at = '2020-01-01' WHERE n = :n"), {"n": n})


def told_otherwise(connection: Connection, n: int) -> None:
    payload = "UPDATE event_payload SET payload = '{}' WHERE event_id ="
    connection.execute(text(f"{payload} (SELECT id FROM event WHERE n = :n)"), {"n": n})


def deleted(connection: Connection, n: int) -> None:
    one = "(SELECT id FROM event WHERE n = :n)"
    connection.execute(text(f"DELETE FROM event_payload WHERE event_id = {one}"), {"n": n})
    connection.execute(text("DELETE FROM event WHERE n = :n"), {"n": n})


def swapped(connection: Connection, n: int) -> None:
    move = text("UPDATE event SET n = :to WHERE n = :n")
    for n_before, to in ((n, 0), (n - 1, n), (0, n - 1)):
        connection.execute(move, {"n": n_before, "to": to})


def test_a_whole_chain_holds(office: Office) -> None:
    written(office)
    last = chain.head(office).n
    assert chain.check_start(office) == ChainReport(last, whole=False)
    assert whole(office) == ChainReport(last, whole=True)


@pytest.mark.parametrize("deed", [edit, told_otherwise, deleted, swapped])
@pytest.mark.parametrize("seed", range(5))
def test_what_was_done_behind_its_back_shows(
    office: Office, deed: Callable[[Connection, int], None], seed: int
) -> None:
    written(office)
    place = random.Random(seed).randrange(2, chain.head(office).n)
    with behind_its_back(office) as connection:
        deed(connection, place)
    assert any(str(place) in fault for fault in chain.check_start(office).faults)
    assert any(str(place) in fault for fault in whole(office).faults)


def test_only_the_last_thousand_are_looked_at_at_the_start(office: Office) -> None:
    written(office)
    last = chain.head(office).n
    with behind_its_back(office) as connection:
        edit(connection, 1)
    assert chain.check_start(office, most=5) == ChainReport(5, whole=False)
    assert whole(office).faults == ("经过记录第 1 条被改动过",)
    assert chain.check_start(office, most=last).faults == ("经过记录第 1 条被改动过",)


def test_the_whole_is_due_each_week_and_after_a_fault(office: Office, clock: FixedClock) -> None:
    assert chain.is_due(office)
    chain.keep(office, report=ChainReport(3, whole=True, faults=("经过记录第 1 条缺失",)))
    assert chain.is_due(office)
    chain.keep(office, report=ChainReport(3, whole=True))
    due = []
    for days in (0, 6, 1, -9):
        clock.moment += timedelta(days=days)
        due.append(chain.is_due(office))
    assert due == [False, False, True, True]
    assert noted(office, "chain_checked")[-1] == {"events": 3, "faults": 0}


def test_looking_at_all_of_it_can_be_stopped(office: Office) -> None:
    written(office, 500)
    with pytest.raises(Cancelled):
        chain.check_whole(office, progress=lambda *_: None, cancelled=lambda: True)


def test_the_head_is_short_enough_for_paper(office: Office) -> None:
    head = chain.head(office)
    number, digits = head.words.split("　")
    assert (number, digits.replace(" ", "").lower()) == (str(head.n), head.hash[:16])
