"""Takes pictures of a case with scans and photos: `python -m tests.ui.look_pictures FOLDER [PAGE …]`."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from desk.services import attachments
from desk.services.office import Office
from tests.builders import make_office
from tests.importing.photos import pdf, photo
from tests.ui.look_desk import MORNING, SIZES, Studio, Walk, case_page, fill, first_of
from ui import theme
from ui.main_window import MainWindow
from ui.startup import load_fonts, make_app

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


def main(argv: list[str]) -> int:
    """Take the pictures named (default: all) into the folder named first."""
    folder = Path(argv[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_app()
    families = load_fonts("bold", "rare")
    with tempfile.TemporaryDirectory() as place:
        walk = Walk(MORNING)
        office = make_office(Path(place)).office
        office.clock = walk
        fill(office, walk)
        attach(office)
        studio = Studio(app, office)
        for name in argv[1:] or list(PAGES):
            for suffix, size, large in SIZES:
                theme.apply(app, families, large=large)
                studio.take(PAGES[name], folder / f"{name}-{suffix}.png", size, large=large)
        studio.tasks.close()
        office.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
