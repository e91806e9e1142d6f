"""One office for tests that leave nothing behind, and a desk with its county, besides the fresh office of `office`."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk.services.office import Office
from tests.kept import Kept, new_office
from tests.servers import new_database
from tests.services.trips import Trip, enrolled, make_kept, set_out


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office for all tests of a module; each looks only at what it did itself."""
    made = new_office(tmp_path_factory.mktemp("shared") / "office")
    yield made
    made.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of a county run with its rows in a file; `both_engines` adds PostgreSQL, `on_server` puts it in the file's place."""
    if "engine" in metafunc.fixturenames:
        marks = {mark.name for mark in metafunc.definition.iter_markers()}
        names = ["sqlite"] if "on_server" not in marks else []
        names += ["postgresql"] if marks & {"both_engines", "on_server"} else []
        metafunc.parametrize("engine", names, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """Where the county's rows are."""
    return str(request.param)


@pytest.fixture(scope="session")
def kept_pair(
    engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Kept, Kept]:
    """A desk with one case and a county, closed."""
    server = new_database(request.getfixturevalue("server")) if engine == "postgresql" else ""
    return make_kept(tmp_path_factory.mktemp("pair"), server)


@pytest.fixture(scope="session")
def enrolled_pair(
    kept_pair: tuple[Kept, Kept], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Kept, Kept]:
    """The same, known to each other."""
    folder = tmp_path_factory.mktemp("enrolled")
    trip = set_out(kept_pair, folder)
    enrolled(trip.desk, trip.hub, folder)
    trip.close()
    desk, county = kept_pair
    server = trip.hub.paths.server
    return replace(desk, folder=folder / "desk"), replace(
        county, folder=folder / "hub", server=server
    )


@pytest.fixture
def strangers(kept_pair: tuple[Kept, Kept], tmp_path: Path) -> Iterator[Trip]:
    """Both open and not known to each other."""
    made = set_out(kept_pair, tmp_path)
    yield made
    made.discard()


@pytest.fixture
def trip(enrolled_pair: tuple[Kept, Kept], tmp_path: Path) -> Iterator[Trip]:
    """Both open and known to each other, nothing sent yet, an empty stick."""
    made = set_out(enrolled_pair, tmp_path)
    yield made
    made.discard()
