"""The same schema on PostgreSQL: head equals models, append-only stays so, secrets are sealed, unfit databases refused."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, delete, insert, inspect, make_url, select, update
from sqlalchemy.exc import DBAPIError

import db.models
from db import migrate
from db.base import Base
from db.sealing import Seal, SealBroken
from db.server import ServerUnfit, open_server
from tests.servers import drop, new_database

KEY = bytes(range(32))
SECRET = "刘桂兰610422195603120420"
AT = datetime(2026, 11, 23, tzinfo=UTC).isoformat()


@pytest.fixture
def url(server: str) -> Iterator[str]:
    made = new_database(server)
    yield made
    drop(made)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = open_server(url, KEY, "write")
    migrate.apply(made)
    yield made
    made.dispose()


def event() -> dict[str, Any]:
    """A row with something in every column."""
    bytes_ = dict.fromkeys(("prev", "commitment", "hash"), bytes(32))
    numbers = dict.fromkeys(("n", "version", "seat", "mono", "trunk", "base"), 1)
    texts = {"kind": "desk.opened", "entity": "desk", "at": AT}
    ids = dict.fromkeys(("id", "origin", "entity_id", "actor"), UUID(int=7))
    return {**bytes_, **numbers, **texts, **ids}


def test_the_head_is_what_the_models_say(engine: Engine) -> None:
    with engine.begin() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
        assert migrate.version_of(connection) == migrate.HEAD


def test_every_step_goes_down_again(engine: Engine) -> None:
    with engine.begin() as connection:
        command.downgrade(migrate.config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert migrate.version_of(connection) == 0
    migrate.apply(engine)
    assert migrate.is_current(engine)


def test_a_newer_database_is_left_untouched(engine: Engine) -> None:
    newer = f"UPDATE alembic_version SET version_num = '{migrate.HEAD + 1:04}'"
    with engine.begin() as connection:
        connection.exec_driver_sql(newer)
        connection.exec_driver_sql("DROP TABLE setting")
    with pytest.raises(migrate.SchemaNewer):
        migrate.apply(engine)
    with engine.connect() as connection:
        assert not inspect(connection).has_table("setting")


def test_append_only_tables_refuse_changes(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(db.models.Event), event())
    for change in (update(db.models.Event).values(kind="x"), delete(db.models.Event)):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(change)


def test_what_is_longer_than_told_is_kept_as_in_a_file(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(db.models.Event), {**event(), "entity": "e" * 500})
        assert connection.execute(select(db.models.Event.entity)).scalar_one() == "e" * 500


def test_payloads_and_keys_are_sealed_on_the_server(engine: Engine, url: str) -> None:
    payload = {"event_id": UUID(int=7), "salt": bytes(16), "payload": {"name": SECRET, "n": [1]}}
    keys = dict.fromkeys(("signing", "sealing", "recovery"), SECRET.encode())
    desk = {"key": 1, "origin": UUID(int=7), "epoch": 1, "kind": "county", **keys}
    with engine.begin() as connection:
        connection.execute(insert(db.models.EventPayload), payload)
        connection.execute(insert(db.models.ThisDesk), desk)
        read = connection.execute(select(db.models.EventPayload.payload)).scalar_one()
        assert read == payload["payload"]
        assert (
            connection.execute(select(db.models.ThisDesk.signing)).scalar_one() == keys["signing"]
        )
        for asked in ("payload FROM event_payload", "signing FROM this_desk"):
            kept = bytes(connection.exec_driver_sql(f"SELECT {asked}").scalar_one())
            assert SECRET.encode() not in kept
    other = open_server(url, bytes(32), "read")
    with pytest.raises(SealBroken), other.connect() as connection:
        connection.execute(select(db.models.EventPayload.payload)).scalar_one()
    other.dispose()


def test_a_seal_is_fresh_and_guards_every_byte() -> None:
    seal = Seal(KEY)
    one, other = seal.seal(b"same"), seal.seal(b"same")
    assert one != other
    assert seal.open(one) == seal.open(other) == b"same"
    for place in range(len(one)):
        changed = one[:place] + bytes([one[place] ^ 1]) + one[place + 1 :]
        with pytest.raises(SealBroken):
            seal.open(changed)
    with pytest.raises(SealBroken):
        seal.open(b"")


def test_readers_write_nothing(engine: Engine, url: str) -> None:
    reader = open_server(url, KEY, "read")
    with pytest.raises(DBAPIError, match="read-only"), reader.connect() as connection:
        connection.execute(insert(db.models.Event), event())
    reader.dispose()


def test_error_texts_hold_no_parameters(engine: Engine) -> None:
    row = {**event(), "kind": SECRET}
    with engine.begin() as connection:
        connection.execute(insert(db.models.Event), row)
    with pytest.raises(DBAPIError) as caught, engine.begin() as connection:
        connection.execute(insert(db.models.Event), row)
    assert SECRET not in str(caught.value)


def test_a_database_of_another_encoding_is_refused(server: str) -> None:
    made = new_database(server, "TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(ServerUnfit, match="encoding"):
        open_server(made, KEY, "write")
    drop(made)


@pytest.mark.parametrize(
    "text", ["desk.db", "sqlite:///x.db", "postgresql://h/d", "postgresql+psycopg://h", ""]
)
def test_an_address_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(ServerUnfit, match="address"):
        open_server(text, KEY, "read")


def test_a_missing_database_is_said_by_the_driver(server: str) -> None:
    nowhere = make_url(server).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(DBAPIError):
        open_server(nowhere, KEY, "write")


def test_the_driver_is_not_loaded_for_a_file() -> None:
    ask = "import sys, desk.services.sign_in, desk.services.hub_answer; print('psycopg' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True)
    assert told.stdout == "False\n"
