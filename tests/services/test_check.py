"""The full check finds what somebody with the key changed past the program."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from desk.services.check import check, quick_check
from desk.services.office import Office
from tests.builders import take_in
from tests.services import deeds


def busy(office: Office) -> None:
    """A morning's work: 2 cases, a person, papers, moves."""
    done = take_in(office, "MZ-GL-01")
    deeds.act(office, done, "confirm_accepted")
    deeds.walk(office, done, "start_review")
    take_in(office, "ZH-ZM-01", "conclude_now")


def run(statement: str) -> Callable[[Connection], None]:
    def tamper(connection: Connection) -> None:
        assert connection.exec_driver_sql(statement).rowcount >= 1

    return tamper


def edit_payload(connection: Connection) -> None:
    """The applicant's name in the event that opened the first case."""
    row = connection.exec_driver_sql(
        "SELECT p.event_id, p.payload FROM event_payload p JOIN event e ON e.id = p.event_id "
        "WHERE e.kind = 'person.recorded' ORDER BY e.n LIMIT 1"
    ).one()
    changed = json.dumps({**json.loads(row[1]), "name": "李四"}, ensure_ascii=False)
    connection.exec_driver_sql(
        "UPDATE event_payload SET payload = ? WHERE event_id = ?", (changed, row[0])
    )


def swap_two_events(connection: Connection) -> None:
    """Two neighbours of the chain change places."""
    for old, new in ((4, -1), (5, 4), (-1, 5)):
        connection.exec_driver_sql("UPDATE event SET n = ? WHERE n = ?", (new, old))


def swap_two_payloads(connection: Connection) -> None:
    """Two moves change what they say."""
    rows = connection.exec_driver_sql(
        "SELECT e.id FROM event e WHERE e.kind = 'case.moved' ORDER BY e.n"
    ).fetchall()
    first, second = rows[0][0], rows[1][0]
    for old, new in ((first, b"x"), (second, first), (b"x", second)):
        connection.exec_driver_sql(
            "UPDATE event_payload SET event_id = ? WHERE event_id = ?", (new, old)
        )


def delete_event(connection: Connection, which: str) -> None:
    connection.exec_driver_sql(
        f"DELETE FROM event_payload WHERE event_id = (SELECT id FROM event WHERE n = ({which}))"
    )
    connection.exec_driver_sql(f"DELETE FROM event WHERE n = ({which})")


def delete_a_middle_event(connection: Connection) -> None:
    delete_event(connection, "5")


def delete_the_first_event(connection: Connection) -> None:
    delete_event(connection, "1")


def delete_the_last_event(connection: Connection) -> None:
    delete_event(connection, "SELECT max(n) FROM event")


TAMPERED = {
    "payload edited": (edit_payload, "被改动过"),
    "payload emptied": (run("UPDATE event_payload SET payload = '{}'"), "被改动过"),
    "payloads swapped": (swap_two_payloads, "被改动过"),
    "payload erased unseen": (run("DELETE FROM event_payload"), "与经过记录不一致"),
    "salt changed": (run("UPDATE event_payload SET salt = zeroblob(16)"), "被改动过"),
    "time changed": (run("UPDATE event SET at = '2026-01-01' WHERE n = 6"), "被改动过"),
    "actor changed": (run("UPDATE event SET actor = NULL WHERE n = 6"), "被改动过"),
    "event swapped": (swap_two_events, "接不上"),
    "event deleted": (delete_a_middle_event, "第 5 条缺失"),
    "first event deleted": (delete_the_first_event, "第 1 条缺失"),
    "last event deleted": (delete_the_last_event, "与经过记录不一致"),
    "case edited": (run("UPDATE case_file SET state = 'decided_ok'"), "case_file 有"),
    "due date edited": (run("UPDATE case_file SET due_on = '2027-01-01'"), "case_file 有"),
    "party edited": (run("UPDATE case_party SET snapshot = '{}'"), "case_party 有"),
    "person edited": (run("UPDATE person SET phone = '13900000000'"), "person 有 1 行"),
    "person deleted": (run("DELETE FROM person"), "person 有 1 行"),
    "paper edited": (run("UPDATE document SET facts = '{}'"), "document 有"),
    "number edited": (run("UPDATE issued_number SET serial = 77 WHERE serial = 1"), "issued_number 有"),
    "number added": (
        run(
            "INSERT INTO issued_number SELECT 'x', origin, series, window, day, epoch, 9, short_no, "
            "case_id FROM issued_number LIMIT 1"
        ),
        "issued_number 有 1 行",
    ),
    "operator raised": (run("UPDATE operator SET name = '张三'"), "operator 有 1 行"),
    "hall edited": (run("UPDATE site SET name = '别处'"), "site 有 1 行"),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERED)
def test_the_check_finds(office: Office, how: str) -> None:
    """Each change is found, and named for what it is."""
    busy(office)
    assert check(office).findings == ()
    tamper, sign = TAMPERED[how]
    with deeds.tampering(office) as connection:
        tamper(connection)
    found = [finding.text for finding in check(office).findings]
    assert any(sign in text for text in found), found


def test_a_structure_that_does_not_hold_is_found_at_every_start(office: Office) -> None:
    """A row its own table would not take, as a page that fell back to an older one leaves it."""
    assert quick_check(office) == ()
    with office.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("CREATE TABLE t (x TEXT)")
        raw.execute("INSERT INTO t VALUES (NULL)")
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(
            "UPDATE sqlite_master SET sql = 'CREATE TABLE t (x TEXT NOT NULL)' WHERE name = 't'"
        )
        version = raw.execute("PRAGMA schema_version").fetchone()[0]
        raw.execute(f"PRAGMA schema_version = {version + 1}")
        raw.execute("PRAGMA writable_schema = OFF")
    told = "数据文件结构检查有 1 处不对"
    assert [one.text for one in quick_check(office)] == [told]
    assert [one.text for one in check(office).findings] == [told]


def test_the_check_changes_nothing(office: Office) -> None:
    """Looked at twice, the same."""
    busy(office)
    before = deeds.everything(office)
    first, second = check(office), check(office)
    assert first == second
    assert first.events == before["event"]
    assert deeds.everything(office) == before


def test_local_rows_are_no_part_of_the_promise(office: Office) -> None:
    """Search tokens can be written anew; losing them is no finding."""
    busy(office)
    with deeds.tampering(office) as connection:
        run("DELETE FROM search_token")(connection)
    assert check(office).findings == ()
