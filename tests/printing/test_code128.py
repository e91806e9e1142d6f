"""Our Code 128 draws the very bars of ReportLab's, without its drawing library."""

from datetime import date

import pytest
from reportlab.graphics.barcode.code128 import Code128

from desk.domain.numbering import Number
from desk.printing.code128 import PATTERNS, bars


def theirs(text: str) -> tuple[int, ...]:
    code = Code128(text, quiet=0)
    code.validate()
    code.encode()
    return tuple(ord(char.lower()) - ord("a") + 1 for char in code.decompose())


def test_numbers_have_the_bars_they_always_had() -> None:
    for serial in range(1, 300):
        number = Number("SL", "610422001001", 2, date(2026, 11, 23), serial).compact
        assert bars(number) == theirs(number)


def test_digits_alone_begin_in_pairs() -> None:
    assert bars("20261123") == theirs("20261123")


def test_every_pattern_is_eleven_modules() -> None:
    assert len(set(PATTERNS)) == 106
    assert {sum(map(int, pattern)) for pattern in PATTERNS} == {11}


@pytest.mark.parametrize("text", ["", "受理", "SL\n"])
def test_what_it_cannot_write_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Code 128"):
        bars(text)
