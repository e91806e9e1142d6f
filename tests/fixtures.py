"""A real office in a folder, its clock standing at a Monday morning."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from desk.clock import FixedClock
from desk.services.office import Office
from tests.kept import new_office

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG_MS = 30_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A new office of 池阳社区 with 王敏 at window 2."""
    made = new_office(tmp_path / "office")
    yield made
    made.close()


@pytest.fixture
def clock(office: Office) -> FixedClock:
    """The office's clock, to be moved by hand."""
    return cast("FixedClock", office.clock)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> "QtBot":
    """Waits longer than the plugin's five seconds, which a busy machine may need for a page; what is awaited stays the same."""
    from pytestqt.qtbot import QtBot

    class Patient(QtBot):
        def waitUntil(  # noqa: N802 - the plugin's name
            self, callback: Callable[[], bool | None], *, timeout: int = LONG_MS
        ) -> None:
            super().waitUntil(callback, timeout=timeout)

    return Patient(request)
