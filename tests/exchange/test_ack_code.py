"""The acknowledgement as a code: as long as the format says, in one spelling, and only the county's own is true."""

from dataclasses import replace
from uuid import UUID

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from desk.exchange import key_code
from desk.exchange.ack_code import LENGTH, AckCode, is_ack_code, read_ack_code, seal_ack, verify
from desk.exchange.keys import SigningPair

COUNTY = SigningPair.from_bytes(bytes(range(32)))
CODE = AckCode("610422001001", UUID(int=7), 1, 128, bytes(range(32)))
TEXT = seal_ack(CODE, COUNTY)


def test_it_is_134_bytes_and_49_modules_wide() -> None:
    assert len(TEXT) == LENGTH == 215
    made = segno.make(TEXT, error="m", micro=False)
    assert (made.version, len(made.matrix)) == (8, 49)


def test_what_was_sealed_is_read_and_true() -> None:
    code = read_ack_code(TEXT)
    assert replace(code, signature=b"") == CODE
    assert verify(code, COUNTY.public)
    assert not verify(code, SigningPair.generate().public)


@pytest.mark.parametrize("typed", [TEXT.lower(), f" {TEXT}\r\n", "-".join((TEXT[:9], TEXT[9:]))])
def test_what_a_scanner_adds_is_taken_off(typed: str) -> None:
    assert is_ack_code(typed)
    assert read_ack_code(typed) == read_ack_code(TEXT)


@pytest.mark.parametrize("typed", ["", "SL-610422001001", TEXT[:-1], TEXT + "A", "A" * LENGTH])
def test_anything_else_is_none(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_ack_code(typed)


@given(place=st.integers(0, LENGTH - 1), other=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_no_changed_sign_passes(place: int, other: str) -> None:
    changed = TEXT[:place] + other + TEXT[place + 1 :]
    try:
        code = read_ack_code(changed)
    except ValueError:
        return
    assert verify(code, COUNTY.public) == (changed == TEXT)


@pytest.mark.parametrize("changes", [{"seq": 1 << 32}, {"epoch": 1 << 16}, {"site": "61"}])
def test_what_does_not_fit_is_not_sealed(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        seal_ack(replace(CODE, **changes), COUNTY)  # type: ignore[arg-type]


def test_a_keys_code_stands_for_that_key_of_that_side() -> None:
    text = key_code.key_code("D", bytes(range(32)))
    assert (len(text), key_code.is_key_code(text)) == (key_code.LENGTH, True)
    assert key_code.fits(f"{text.lower()}\n", "D", bytes(range(32)))
    assert not key_code.fits(text, "C", bytes(range(32)))
    assert not key_code.fits(text, "D", bytes(32))
    assert not key_code.fits("刘桂兰", "D", bytes(32))
    assert not key_code.is_key_code(TEXT)
    assert not is_ack_code(text)
