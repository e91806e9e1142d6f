"""One world for every test: no screen, no network, no home folder, no unread warning."""

import gc
import logging
import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.compiled import compiled_once
from tests.guards import Guards, Warned
from tests.places import in_memory

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=50, database=None)
settings.register_profile(
    "deep", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

pytest_plugins = ["tests.servers", "tests.fixtures"]

GUARDS = Guards()
sys.addaudithook(GUARDS.watch)


def pytest_configure(config: pytest.Config) -> None:
    """Folders of tests lie in memory where there is room: half the time of a small office is waiting for a disk."""
    memory = in_memory()
    if memory and not _is_timed(config):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def _is_timed(config: pytest.Config) -> bool:
    return bool(config.option.markexpr == "bench")


@pytest.fixture(scope="session", autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's data, cache and settings folders are empty ones, never the developer's."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_rounds(request: pytest.FixtureRequest) -> None:
    """Thousands of small offices in one process share what each would work out anew; what is timed goes without."""
    if not _is_timed(request.config):
        compiled_once()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def nothing_refused() -> Iterator[None]:
    """A refusal that the code swallowed still fails the test."""
    GUARDS.refused.clear()
    yield
    assert GUARDS.refused == []


@pytest.fixture
def database_files_closed() -> Iterator[None]:
    """For tests that copy or damage database files which nobody holds open."""
    GUARDS.database_files_closed = True
    yield
    GUARDS.database_files_closed = False


@pytest.fixture(autouse=True)
def warned(request: pytest.FixtureRequest) -> Iterator[Warned]:
    """A record at WARNING or above fails the test, unless it asks for `expected_logs`."""
    handler = Warned()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    if "expected_logs" not in request.fixturenames:
        assert [record.getMessage() for record in handler.records] == []


@pytest.fixture
def expected_logs(warned: Warned) -> list[logging.LogRecord]:
    """The warnings logged so far; asking for them allows them, so the test looks at them."""
    return warned.records
