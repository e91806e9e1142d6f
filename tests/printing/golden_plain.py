"""What is kept of the papers composed from plain values: the PDF on the usual medium, a digest and the text on the others.

    python -m tests.printing.golden_plain

writes them anew; look at them (tests/printing/look.py) before committing.
"""

from pathlib import Path
from typing import cast

from desk.printing.media import Medium
from desk.printing.printer import render
from tests.printing.golden import FOLDER, MEDIA, file_word, kept_print
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


def lesser_media(name: str) -> tuple[Medium, ...]:
    """The media it serves beside its usual one."""
    return tuple(medium for medium in served_media(name) if medium != usual_medium(name))


def print_file(name: str, medium: Medium) -> Path:
    """Where the digest and the text of the paper on a lesser medium are kept."""
    return PLAIN_FOLDER / f"{name}-{file_word(medium)}.txt"


def kept_files() -> set[Path]:
    """All that lies there."""
    return {*PLAIN_FOLDER.glob("*.pdf"), *PLAIN_FOLDER.glob("*.txt")}


def wanted_files() -> set[Path]:
    """All that should."""
    prints = {print_file(name, medium) for name in NAMES for medium in lesser_media(name)}
    return prints | {plain_file(name) for name in NAMES}


def main() -> None:
    PLAIN_FOLDER.mkdir(exist_ok=True)
    for name in NAMES:
        paper = plain_sample(name)
        plain_file(name).write_bytes(render(paper, usual_medium(name)))
        for medium in lesser_media(name):
            told = kept_print(render(paper, medium))
            print_file(name, medium).write_text(told, encoding="utf-8")
    for stray in kept_files() - wanted_files():
        stray.unlink()


if __name__ == "__main__":
    main()
