"""Takes pictures of a case with scans and photos: `python -m tests.ui.look_pictures FOLDER [PAGE …]`."""

import sys
from collections.abc import Callable
from pathlib import Path

from desk.services import attachments
from desk.services.office import Office
from tests.importing.photos import pdf, photo
from tests.ui.look_desk import Walk, case_page, fill, first_of, photograph
from ui.main_window import MainWindow

COLOURS = ("#d8c7a0", "#a8bccb", "#c4b0b8", "#b5c4a1")


def attach(office: Office) -> None:
    """A few photos of papers, and a PDF."""
    case_id = first_of(office, "MZ-GL-01")
    for place, colour in enumerate(COLOURS):
        size = (1240, 1754) if place % 2 else (1500, 1000)
        attachments.take(
            office,
            case_id=case_id,  # type: ignore[arg-type]
            sources=(photo(size, colour),),
            material="id_card" if place < 2 else "",
        )
    attachments.take(office, case_id=case_id, sources=(pdf(3),))  # type: ignore[arg-type]


def ask(window: MainWindow) -> None:
    case_page(window).pictures_card.chosen.emit(0)


def view(window: MainWindow) -> None:
    page = case_page(window)
    page.pictures.viewing.open(1)
    page.pictures.viewing.take_purpose("handle")


def refused(window: MainWindow) -> None:
    case_page(window).pictures.taking.take((b"GIF89a",))


Look = tuple[str, str, Callable[[MainWindow], None] | None]
PAGES: dict[str, Look] = {
    "none": ("case", "accepted", None),
    "some": ("case", "MZ-GL-01", None),
    "ask": ("case", "MZ-GL-01", ask),
    "viewer": ("case", "MZ-GL-01", view),
    "refused": ("case", "MZ-GL-01", refused),
    "settings": ("settings", "", None),
}


def prepare(office: Office, walk: Walk, _place: Path) -> None:
    fill(office, walk)
    attach(office)


def main(argv: list[str]) -> int:
    return photograph(argv, lambda _: PAGES, prepare)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
