"""Makes the office a window is tried on, where there is none: `python -m tests.faults.window_office FOLDER small|large`."""

import sys
from pathlib import Path

from desk.exchange.key_files import county_key_file
from desk.services import sync
from desk.services.office import Office
from tests.bench.big_door import CLOSING
from tests.bench.big_office import make_big_office, open_big_office
from tests.builders import make_office, take_in
from tests.exchange.makers import county_key, desk_node


def main(folder: Path, size: str) -> None:
    """Two cases, or the hundred thousand of the benches; the county's key is in it."""
    if size == "small":
        office = make_office(folder, at=CLOSING).office
        for _ in range(2):
            take_in(office)
    else:
        if not (folder / "desk.db").exists():
            make_big_office(folder)
        office = open_big_office(folder)
    meet(office)
    office.close()


def meet(office: Office) -> None:
    """The county's key comes in."""
    node = desk_node("county")
    path = office.paths.folder / "county.bmkey"
    path.write_bytes(county_key_file(county_key(node), node.signing))
    sync.take_county_key(office, path=path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
