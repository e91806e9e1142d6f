"""QR and bar codes can be read off the paper as a 203 dpi printer puts it down."""

from datetime import date

import pytest
import zxingcpp
from PIL import Image

from desk.domain.numbering import Number
from desk.exchange.receipt_code import name_digest, read_receipt, verify
from desk.printing.codes import bar_boxes, qr_boxes
from desk.printing.media import Medium
from desk.printing.printer import render
from tests.printing.golden import MEDIA
from tests.printing.reading import images_of
from tests.printing.samples import ACCEPTED, FACTS, KEY, RECEIVED, SIGNER, sample

HEAD_DOTS = 576
# Eight dots a millimetre.
HEAD_DPI = 203.2


def codes_on(image: Image.Image) -> dict[str, str]:
    return {str(code.format): code.text for code in zxingcpp.read_barcodes(image)}


def black_or_white(image: Image.Image) -> Image.Image:
    return image.point(lambda gray: 255 if gray > 127 else 0)


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("dpi", [203, HEAD_DPI, 300])
def test_both_codes_are_read(medium: Medium, dpi: float) -> None:
    *_, image = images_of(render(sample("receipt_slip"), medium), dpi)
    found = codes_on(black_or_white(image))
    bars = [] if medium == "58mm" else [RECEIVED.compact]
    assert sorted(found.values()) == [*bars, sample("receipt_slip").code]


@pytest.mark.parametrize("medium", ["241", "241/2", "241/3"])
def test_codes_are_read_as_the_needles_print_them(medium: Medium) -> None:
    *_, image = images_of(render(sample("receipt_slip"), medium), 180)
    found = codes_on(black_or_white(image))
    assert sorted(found.values()) == [RECEIVED.compact, sample("receipt_slip").code]


@pytest.mark.parametrize("medium", MEDIA)
def test_codes_survive_pale_print(medium: Medium) -> None:
    *_, image = images_of(render(sample("acceptance_notice"), medium), 203)
    pale = image.point(lambda gray: 120 + gray * 110 // 255)
    paper = sample("acceptance_notice")
    assert set(codes_on(pale).values()) <= {ACCEPTED.compact, paper.code}
    assert codes_on(pale)["QR Code"] == paper.code


@pytest.mark.parametrize("medium", MEDIA)
def test_recovery_key_is_a_qr_code_only(medium: Medium) -> None:
    *_, image = images_of(render(sample("recovery_key"), medium), 203)
    assert list(codes_on(image).values()) == ["-".join(KEY)]


def test_every_bar_is_two_dots_and_fits_the_print_head() -> None:
    width, boxes = bar_boxes(RECEIVED.compact, HEAD_DOTS, 80)
    assert width <= HEAD_DOTS
    assert {box[2] % 2 for box in boxes} == {0}
    assert min(box[2] for box in boxes) == 2


def test_bars_stand_on_whole_dots_of_the_head() -> None:
    (image,) = images_of(render(sample("receipt_slip"), "80mm"), HEAD_DPI)
    assert image.width == 640
    left = (640 - HEAD_DOTS) // 2
    row = next(
        row
        for row in range(image.height - 1, 0, -1)
        if sum(image.getpixel((x, row)) == 0 for x in range(left, left + HEAD_DOTS)) > 150
    )
    inks = {image.getpixel((x, row)) for x in range(left, left + HEAD_DOTS)}
    assert inks == {0, 255}, "a gray dot would print thick or not at all"


@pytest.mark.parametrize(("least", "dots"), [(18 * 8, 4), (20 * 8, 4), (21 * 8, 5)])
def test_a_signed_code_has_modules_of_half_a_millimetre(least: int, dots: int) -> None:
    """What a creased thermal slip needs; 0.33 mm is the least that telephones read well."""
    side, boxes = qr_boxes(sample("receipt_slip").code, least)
    assert side == 41 * dots
    assert {height for *_, height in boxes} == {dots}


def test_a_plain_number_keeps_its_small_code() -> None:
    side, _ = qr_boxes(RECEIVED.compact, 21 * 8)
    assert 20 * 8 <= side <= 25 * 8
    assert side % 25 == 0


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("name", [name for name in FACTS if name != "recovery_key"])
def test_the_code_on_every_paper_is_proved_from_its_picture(name: str, medium: Medium) -> None:
    *_, image = images_of(render(sample(name), medium), 203)
    code = read_receipt(codes_on(black_or_white(image))["QR Code"])
    assert verify(code, SIGNER.public)
    assert code.name == name_digest(code.number, "刘*兰")


def test_a_folded_corner_and_a_pen_stroke_do_no_harm() -> None:
    """Error correction M bears 15 % of lost modules, where no corner mark is hit."""
    *_, image = images_of(render(sample("receipt_slip"), "80mm"), 203)
    (found,) = [one for one in zxingcpp.read_barcodes(image) if str(one.format) == "QR Code"]
    right, bottom = found.position.bottom_right.x, found.position.bottom_right.y
    spoilt = image.copy()
    spoilt.paste(255, (right - 30, bottom - 30, right + 4, bottom + 4))
    assert codes_on(spoilt)["QR Code"] == sample("receipt_slip").code


@pytest.mark.parametrize("serial", [1, 7, 20, 999, 9999])
def test_bars_of_any_number_fit_a_slip(serial: int) -> None:
    number = Number("SL", "610422001001", 99, date(2026, 12, 31), serial)
    width, boxes = bar_boxes(number.compact, HEAD_DOTS, 80)
    assert width <= HEAD_DOTS
    assert min(box[2] for box in boxes) == 2


def test_narrow_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="wider"):
        bar_boxes(RECEIVED.compact, 200, 80)


def test_qr_begins_with_the_number_and_the_rest_are_digits() -> None:
    code = sample("receipt_slip").code
    assert code.startswith(RECEIVED.compact)
    assert code[len(RECEIVED.compact) :].isdigit()
