"""Takes pictures of what comes from the county: `python -m tests.ui.look_county FOLDER [LOOK …]`."""

import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from desk.services import case_editing, case_store, case_views, orders, sync
from desk.services.office import Office
from desk.services.operation import reading
from desk.services.views import CaseFilter
from tests.services.trips import enrolled, export, make_hub, receive
from tests.ui.look_desk import Look as DeskLook
from tests.ui.look_desk import Studio, Walk, case_page, fill, photograph, sync_page
from ui.main_window import MainWindow


def elderly(office: Office, name: str) -> UUID:
    rows = case_views.page(office, wanted=CaseFilter(group="all"), limit=200).rows
    return next(row.id for row in rows if (row.item_code, row.applicant) == ("MZ-GL-01", name))


def version(office: Office, case_id: UUID) -> int:
    with reading(office) as connection:
        return case_store.load(office, connection, case_id).standing.version


def from_county(desk: Office, walk: Walk, folder: Path) -> None:
    """The county heard of everything, and answered with all it can ask."""
    county = make_hub(folder / "hub")
    stick = folder / "stick"
    stick.mkdir()
    enrolled(desk, county, stick)
    export(desk, stick)
    receive(county, stick)
    sync.read_answers(desk, folder=stick)
    one, other = elderly(desk, "刘桂兰"), elderly(desk, "王德福")
    orders.give_move(
        county, case_id=one, action="confirm_accepted", asks={"accepted_on": "2026-11-23"}
    )
    orders.give_request(county, case_id=one, field="live_state", reason="镇上入户看到老人是独居")
    orders.give_edit(
        county,
        case_id=other,
        version=version(county, other),
        fields={"kin_phone": "13991872734"},
        reason="家属来电更正",
    )
    walk.at += timedelta(minutes=20)
    case_editing.edit(
        desk,
        case_id=other,
        version=version(desk, other),
        fields={"kin_phone": "13572918816"},
        why="家属当面更正",
    )
    export(desk, stick)
    receive(county, stick)
    walk.at += timedelta(minutes=20)
    sync.read_answers(desk, folder=stick)
    county.close()


def show_orders(window: MainWindow) -> None:
    """The list of orders, one chosen."""
    sync_page(window).county.chips[1].click()


def show_keys(window: MainWindow) -> None:
    """The end of the right column: what is done with keys now and then."""
    page = sync_page(window)
    page.right.ensureWidgetVisible(page.keys.anew)


def correct(window: MainWindow) -> None:
    """The form of a correction."""
    case_page(window).corrections.ask("")


def answer(window: MainWindow) -> None:
    """The form of a request."""
    case_page(window).corrections.ask("live_state")


def nothing(_window: MainWindow) -> None:
    """The page as it comes."""


Look = tuple[str, str, Callable[[MainWindow], None]]
LOOKS: dict[str, Look] = {
    "sync": ("sync", "", nothing),
    "orders": ("sync", "", show_orders),
    "keys": ("sync", "", show_keys),
    "asked": ("case", "刘桂兰", nothing),
    "answer": ("case", "刘桂兰", answer),
    "conflict": ("case", "王德福", nothing),
    "correct": ("case", "王德福", correct),
    "list": ("cases", "", nothing),
}


def opened(studio: Studio, look: Look, window: MainWindow) -> None:
    """Go to the case of this person, and do the rest once it is drawn."""
    page, who, then = look
    if who:
        window.go(page, case_id=elderly(studio.office, who))
        studio.settle()
    then(window)


def looks_of(studio: Studio) -> dict[str, DeskLook]:
    return {name: (look[0], "", partial(opened, studio, look)) for name, look in LOOKS.items()}


def prepare(office: Office, walk: Walk, place: Path) -> None:
    fill(office, walk)
    from_county(office, walk, place)


def main(argv: list[str]) -> int:
    return photograph(argv, looks_of, prepare)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
