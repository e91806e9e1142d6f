"""The calibration page has its cross and its ruler exactly where it says, on every medium."""

import pytest
from PIL import Image

from desk.printing.calibration import calibration_page
from desk.printing.media import MARK, Medium
from desk.printing.raster import sizes
from tests.printing.golden import MEDIA
from tests.printing.reading import images_of, text_of

DPI = 254
DOTS = 10
"""A millimetre at 254 dpi."""


def ink(image: Image.Image, x: int, y: int) -> int:
    """How light it is there, 0 to 255."""
    seen = image.getpixel((x, y))
    assert isinstance(seen, int)
    return seen


@pytest.mark.parametrize("medium", MEDIA)
def test_the_cross_is_twenty_millimetres_from_both_edges(medium: Medium) -> None:
    (image,) = images_of(calibration_page(medium), DPI)
    at = MARK * DOTS
    for shift in (-60, -35, 0, 35, 60):
        assert min(ink(image, at + shift, at + off) for off in (-1, 0, 1)) < 160
        assert min(ink(image, at + off, at + shift) for off in (-1, 0, 1)) < 160
        assert ink(image, at + shift + 7, at + 12) == 255


@pytest.mark.parametrize("medium", MEDIA)
def test_ten_millimetres_of_the_ruler_are_ten_millimetres(medium: Medium) -> None:
    (image,) = images_of(calibration_page(medium), DPI)
    # Only the long ticks of the tens reach this high.
    row = round((MARK + 8 + 6 - 3.5) * DOTS)
    dark = [x for x in range(MARK * DOTS - 5, image.width) if ink(image, x, row) < 160]
    ticks = [x for x in dark if x - 1 not in dark]
    assert len(ticks) >= 3
    assert all(abs(x - (MARK + 10 * nth) * DOTS) <= 1 for nth, x in enumerate(ticks))


@pytest.mark.parametrize("medium", MEDIA)
def test_it_is_as_large_as_the_paper_and_tells_what_to_do(medium: Medium) -> None:
    pdf = calibration_page(medium)
    assert len(sizes(pdf)) == 1
    text = "".join(text_of(pdf).split())
    assert "把量到的两个数填到" in text
    assert ("带孔的纸边" in text) is medium.startswith("241")
    assert pdf == calibration_page(medium)
