"""Reads a PDF back: its text in the order it was drawn, and its pages as pictures."""

import pypdfium2
from PIL import Image

from desk.printing.raster import pages


def text_of(pdf: bytes) -> str:
    """All text, without line ends."""
    return "".join(_texts(pdf)).replace("\r\n", "")


def lines_of(pdf: bytes) -> str:
    """All text line by line, a blank one after each page."""
    return "\n\n".join(_texts(pdf)).replace("\r\n", "\n")


def _texts(pdf: bytes) -> list[str]:
    """The text of each page as it was drawn."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        parts = []
        for index in range(len(document)):
            page = document[index]
            reader = page.get_textpage()
            parts.append(reader.get_text_range())
            reader.close()
            page.close()
        return parts
    finally:
        document.close()


def images_of(pdf: bytes, dpi: float) -> list[Image.Image]:
    """The pages in gray."""
    return [
        Image.frombytes("L", (shot.width, shot.height), shot.data, "raw", "L", shot.stride)
        for shot in pages(pdf, dpi)
    ]
