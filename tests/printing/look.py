"""Draws every sample paper on every medium, every letter and every form into a folder, to be looked at.

python -m tests.printing.look FOLDER [NAME …]
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from PIL import Image

from desk.printing.media import Medium
from desk.printing.printer import render
from desk.printing.raster import pages
from tests.printing.form_samples import DRAWN
from tests.printing.golden import file_word
from tests.printing.golden_plain import served_media
from tests.printing.plain_samples import NAMES, plain_sample
from tests.printing.samples import FACTS, sample

DPI = 110


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or (*FACTS, *DRAWN, *NAMES):
        for word, pdf in _drawn(name):
            for number, picture in enumerate(pages(pdf, DPI), 1):
                image = Image.frombytes(
                    "L", (picture.width, picture.height), picture.data, "raw", "L", picture.stride
                )
                image.save(folder / f"{name}{word}-{number}.png")


def _drawn(name: str) -> Iterator[tuple[str, bytes]]:
    """What tells the media apart in the file's name, and the paper on each."""
    if name in DRAWN:
        yield "", DRAWN[name]()
        return
    paper, media = (
        (sample(name), get_args(Medium))
        if name in FACTS
        else (plain_sample(name), served_media(name))
    )
    for medium in media:
        yield f"-{file_word(medium)}", render(paper, medium)


if __name__ == "__main__":
    main()
