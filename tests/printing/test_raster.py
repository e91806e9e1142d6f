"""Pages as pictures: right size, right layout in memory."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from desk.printing.printer import render
from desk.printing.raster import page, pages, sizes
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


def test_a_single_page_in_black_and_white() -> None:
    pdf = render(sample("combined"), "A5")
    gray, sharp = page(pdf, 1, 203.2), page(pdf, 1, 203.2, two_tone=True)
    assert (gray.width, gray.height) == (sharp.width, sharp.height) == (1680, 1184)
    assert set(sharp.data) == {0, 255}
    assert len(set(gray.data)) > 50


def test_sizes_are_told_in_millimetres() -> None:
    assert sizes(render(sample("combined"), "241/2"))[0] == pytest.approx((241, 139.7), abs=0.01)


def test_many_threads_may_ask_at_once() -> None:
    pdf = render(sample("receipt_slip"), "A5")
    with ThreadPoolExecutor(8) as pool:
        shots = list(pool.map(lambda _: pages(pdf, 60), range(40)))
    assert all(shot == shots[0] for shot in shots)
