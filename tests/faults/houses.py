"""Offices with a life in them, closed, from which each round of a tool takes a copy of its own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.builders import make_office
from tests.kept import Kept, keep
from tests.services.trips import enrolled, export, make_hub, receive, served


@contextmanager
def room() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        yield Path(folder)


def lived_in(folder: Path, people: int = 12) -> Kept:
    """A desk known to its county, half of whose cases were sealed into a package."""
    desk, county = make_office(folder / "desk").office, make_hub(folder / "hub")
    stick = folder / "stick"
    stick.mkdir()
    enrolled(desk, county, stick)
    served(desk, people // 2)
    export(desk, stick)
    receive(county, stick)
    served(desk, people - people // 2, first=people // 2)
    desk.close()
    county.close()
    return keep(folder / "desk")
