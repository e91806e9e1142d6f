"""A real office in a folder, its clock standing at a Monday morning."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from desk.clock import FixedClock
from desk.services.office import Office
from tests.builders import make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A new office of 池阳社区 with 王敏 at window 2."""
    made = make_office(tmp_path / "office").office
    yield made
    made.close()


@pytest.fixture
def clock(office: Office) -> FixedClock:
    """The office's clock, to be moved by hand."""
    return cast("FixedClock", office.clock)
