"""Pages as pictures: right size, right layout in memory."""

import pytest

from desk.printing.printer import render
from desk.printing.raster import pages
from tests.printing.samples import sample


def test_gray_page_has_the_size_of_the_paper() -> None:
    (page,) = pages(render(sample("receipt_slip"), "A5"), 203.2)
    assert (page.width, page.height) == (1680, 1184)
    assert page.format == "L"
    assert len(page.data) == page.stride * page.height
    assert page.data[0] == 255


def test_colour_page_has_four_bytes_a_dot() -> None:
    (page,) = pages(render(sample("receipt_slip"), "A5"), 96, gray=False)
    assert page.format == "BGRA"
    assert page.stride >= page.width * 4
    assert len(page.data) == page.stride * page.height
    assert page.data[:3] == b"\xff\xff\xff"


def test_every_page_is_there() -> None:
    assert len(pages(render(sample("combined"), "A5"), 50)) == 2


def test_what_is_no_pdf_is_refused() -> None:
    from pypdfium2 import PdfiumError

    with pytest.raises(PdfiumError):
        pages(b"no pdf", 72)
