"""Rows written many at once are what SQLAlchemy's own way writes, in a file and on a server."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from db import engine as storage
from db.base import Base, CanonicalText
from db.many_rows import write_rows
from db.models import EventPayload
from db.server import open_server
from tests.servers import drop, new_database

TABLE = Base.metadata.tables["event_payload"]
NAMES = ("salt", "event_id", "payload")
ROWS = [
    (bytes(16), UUID(int=1), {"b": "李𬭎", "a": [1, None, "x"]}),
    (b"\xff" * 16, UUID(int=2), []),
    (b"\x01" * 16, UUID(int=3), CanonicalText('{"a":1}')),
]
KEPT = [*ROWS[:2], (*ROWS[2][:2], {"a": 1})]
CHANGE = (
    update(EventPayload)
    .where(EventPayload.event_id == bindparam("one"))
    .values(salt=bindparam("new"), payload=bindparam("told"))
)


@pytest.fixture(params=["file", "server"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = ""
    if request.param == "file":
        made = storage.open_engine(tmp_path / "a.db", bytes(32), "write", create=True)
    else:
        url = new_database(request.getfixturevalue("server"))
        made = open_server(url, bytes(32), "write")
    with made.begin() as connection:
        TABLE.create(connection)
    yield made
    made.dispose()
    if url:
        drop(url)


def kept(engine: Engine) -> list[tuple[object, ...]]:
    with engine.begin() as connection:
        found = connection.execute(select(*(TABLE.c[name] for name in NAMES)))
        return sorted((tuple(row) for row in found), key=lambda row: row[1])


def test_rows_come_back_as_they_went(engine: Engine) -> None:
    with engine.begin() as connection:
        write_rows(connection, TABLE, NAMES, ROWS)
    assert kept(engine) == KEPT


def test_a_change_finds_its_rows_by_name_whatever_the_order(engine: Engine) -> None:
    with engine.begin() as connection:
        write_rows(connection, TABLE, NAMES, ROWS)
        write_rows(connection, CHANGE, ("new", "one", "told"), [(b"a" * 16, UUID(int=1), ["x"])])
        write_rows(connection, CHANGE, ("told", "one", "new"), [({}, UUID(int=3), b"c" * 16)])
    assert kept(engine) == [
        (b"a" * 16, UUID(int=1), ["x"]),
        KEPT[1],
        (b"c" * 16, UUID(int=3), {}),
    ]


def test_a_row_that_breaks_a_rule_says_so_as_any_other(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        write_rows(connection, TABLE, NAMES, [ROWS[0], ROWS[0]])
    assert kept(engine) == []
