"""One office for tests that leave nothing behind, besides the fresh one of `office`."""

from collections.abc import Iterator

import pytest

from desk.services.office import Office
from tests.builders import make_office


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office for all tests of a module; each looks only at what it did itself."""
    made = make_office(tmp_path_factory.mktemp("shared") / "office").office
    yield made
    made.close()
