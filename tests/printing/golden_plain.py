"""The kept PDFs of the papers composed from plain values, each on the medium it is usually printed on.

    python -m tests.printing.golden_plain

writes them anew; look at them (tests/printing/look.py) before committing.
"""

from pathlib import Path
from typing import cast

from desk.printing.media import Medium
from desk.printing.printer import render
from tests.printing.golden import FOLDER, MEDIA
from tests.printing.plain_samples import NAMES, plain_sample
from tests.printing.samples import wording

PLAIN_FOLDER = FOLDER / "plain"


def usual_medium(name: str) -> Medium:
    """The medium the wording names for the kind of this sample."""
    return cast("Medium", wording().papers[plain_sample(name).kind].medium)


def served_media(name: str) -> tuple[Medium, ...]:
    """All media the kind is fit for: those too long for a roll stay on sheets."""
    fit = wording().papers[plain_sample(name).kind].on
    return MEDIA if fit == "both" else tuple(medium for medium in MEDIA if "mm" not in medium)


def plain_file(name: str) -> Path:
    return PLAIN_FOLDER / f"{name}.pdf"


def main() -> None:
    PLAIN_FOLDER.mkdir(exist_ok=True)
    for name in NAMES:
        plain_file(name).write_bytes(render(plain_sample(name), usual_medium(name)))
    for stray in set(PLAIN_FOLDER.glob("*.pdf")) - {plain_file(name) for name in NAMES}:
        stray.unlink()


if __name__ == "__main__":
    main()
