"""Draws every sample paper on every medium, every letter and every form into a folder, to be looked at.

python -m tests.printing.look FOLDER [NAME …]
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from PIL import Image

from desk.printing.page import Medium
from desk.printing.printer import render
from desk.printing.raster import pages
from tests.printing.form_samples import DRAWN
from tests.printing.golden import file_word
from tests.printing.samples import FACTS, sample

DPI = 110


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or (*FACTS, *DRAWN):
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
    for medium in get_args(Medium):
        yield f"-{file_word(medium)}", render(sample(name), medium)


if __name__ == "__main__":
    main()
