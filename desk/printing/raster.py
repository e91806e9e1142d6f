"""Pictures of a PDF's pages, for the preview and for printing through any driver."""

from dataclasses import dataclass
from typing import Literal

import pypdfium2


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
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_picture(document[index], dpi / 72, gray) for index in range(len(document)))
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
