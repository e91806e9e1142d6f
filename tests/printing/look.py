"""Draws every sample paper on every medium into a folder, to be looked at.

python -m tests.printing.look FOLDER [NAME …]
"""

import sys
from pathlib import Path
from typing import get_args

from PIL import Image

from desk.printing.page import Medium
from desk.printing.printer import render
from desk.printing.raster import pages
from tests.printing.golden import file_word
from tests.printing.samples import FACTS, sample

DPI = 110


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or FACTS:
        for medium in get_args(Medium):
            for number, picture in enumerate(pages(render(sample(name), medium), DPI), 1):
                image = Image.frombytes(
                    "L", (picture.width, picture.height), picture.data, "raw", "L", picture.stride
                )
                image.save(folder / f"{name}-{file_word(medium)}-{number}.png")


if __name__ == "__main__":
    main()
