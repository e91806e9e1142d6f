"""Pictures of a PDF's pages, for the preview and for printing through any driver."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pypdfium2

# pdfium keeps state of its own and may be called by one thread at a time, whatever the document.
_PDFIUM = threading.Lock()
_BLACK_OR_WHITE = bytes(128) + b"\xff" * 128
_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: `stride` bytes a line, `BGRA` (32 bit) or `L` (8 bit gray), first line on top."""

    width: int
    height: int
    stride: int
    data: bytes
    format: Literal["BGRA", "L"]


def pages(pdf: bytes, dpi: float, *, gray: bool = True) -> tuple[Picture, ...]:
    """A picture of each page at `dpi` dots an inch, on white. Raises pypdfium2.PdfiumError for what is no PDF."""
    with _opened(pdf) as document:
        return tuple(_picture(document[index], dpi / 72, gray) for index in range(len(document)))


def page(pdf: bytes, index: int, dpi: float, *, two_tone: bool = False) -> Picture:
    """A gray picture of one page, so that a long paper is never in memory whole.

    With `two_tone` every dot is black or white, as a thermal or needle head prints it anyway, but by its own raster.
    """
    with _opened(pdf) as document:
        shot = _picture(document[index], dpi / 72, gray=True)
    if not two_tone:
        return shot
    data = shot.data.translate(_BLACK_OR_WHITE)
    return Picture(shot.width, shot.height, shot.stride, data, shot.format)


def sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in millimetres."""
    with _opened(pdf) as document:
        points = [document.get_page_size(index) for index in range(len(document))]
    return tuple((width * _MM, height * _MM) for width, height in points)


@contextmanager
def _opened(pdf: bytes) -> "Iterator[pypdfium2.PdfDocument]":
    # Three megabytes that the first page does without.
    import pypdfium2

    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def _picture(page: "pypdfium2.PdfPage", scale: float, gray: bool) -> Picture:
    bitmap = page.render(scale=scale, grayscale=gray, force_bitmap_format=None if gray else 4)
    try:
        return Picture(
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            bytes(bitmap.buffer),
            "L" if gray else "BGRA",
        )
    finally:
        bitmap.close()
