"""Head equals models; up and down; a newer file is left alone; what is append-only stays so."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DatabaseError

import db.models  # noqa: F401  (fills the metadata)
from db import migrate
from db.base import Base
from db.engine import APPLICATION_ID, open_engine

KEY = bytes(range(32))


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_engine(tmp_path / "desk.db", KEY, "write", create=True)
    migrate.apply(engine)
    return engine


def test_the_head_is_what_the_models_say(engine: Engine) -> None:
    with engine.begin() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_the_schema_number_counts_the_steps(engine: Engine) -> None:
    steps = list(ScriptDirectory.from_config(migrate.config(None)).walk_revisions())
    assert len(steps) == migrate.HEAD
    with engine.connect() as connection:
        assert migrate.version_of(connection) == migrate.HEAD
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
    engine.dispose()


def test_every_step_goes_down_again(engine: Engine) -> None:
    with engine.begin() as connection:
        command.downgrade(migrate.config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_a_failed_migration_leaves_nothing(tmp_path: Path) -> None:
    """DDL is inside the transaction: a step that fails half-way leaves the file as it was."""
    engine = open_engine(tmp_path / "half.db", KEY, "write", create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE setting (key TEXT)")
    with pytest.raises(DatabaseError):
        migrate.apply(engine)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["setting"]
        assert migrate.version_of(connection) == 0
    engine.dispose()


def test_a_newer_file_is_left_untouched(
    tmp_path: Path, engine: Engine, database_files_closed: None
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {migrate.HEAD + 1}")
    engine.dispose()
    before = (tmp_path / "desk.db").read_bytes()
    again = open_engine(tmp_path / "desk.db", KEY, "write")
    with pytest.raises(migrate.SchemaNewer):
        migrate.apply(again)
    again.dispose()
    assert (tmp_path / "desk.db").read_bytes() == before


@pytest.mark.parametrize("table", ["event", "issued_number"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET origin = x'00'", "DELETE FROM {}"])
def test_append_only_tables_refuse_changes(engine: Engine, table: str, verb: str) -> None:
    columns = {column.name: column for column in Base.metadata.tables[table].columns}
    values = ", ".join("x'00'" if "LargeBinary" in repr(c.type) else "1" for c in columns.values())
    with engine.begin() as connection:
        names = ", ".join(f'"{name}"' for name in columns)
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({values})")
    with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql(verb.format(table))
    engine.dispose()
