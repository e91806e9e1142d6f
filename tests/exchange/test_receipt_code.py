"""The signed code of a paper: read back whole, and refused with any one fact altered."""

from dataclasses import replace
from datetime import date

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desk.domain.numbering import Number, check_char
from desk.exchange.keys import SigningPair
from desk.exchange.receipt_code import (
    NUMBER_LENGTH,
    NewerCode,
    ReceiptFacts,
    is_receipt,
    key_id,
    kind_digest,
    name_digest,
    read_receipt,
    seal_receipt,
    verify,
)

DESK = SigningPair.from_bytes(bytes(range(32)))
OTHER = SigningPair.from_bytes(bytes(range(1, 33)))
NUMBER = Number("SL", "610422001001", 2, date(2026, 11, 23), 7)
FACTS = ReceiptFacts(
    number=NUMBER,
    kind="acceptance_notice",
    item="MZ-GL-01",
    issued=date(2026, 11, 23),
    due=date(2026, 12, 14),
    name="刘*兰",
)
TEXT = seal_receipt(FACTS, DESK)
# 202 digits fill the smallest QR code that holds a signature: 41 by 41 modules.
MOST_DIGITS = 202
PRINTED = (
    "SL610422001001022026112300073305527636354043438549551376510205594120080328889176",
    "98686228684178757246762205149543365482362055133329585537526427049444728163088769",
    "63310409779193686003936072506414821018705481505497271450941543104314372",
)


def fields_of(text: str) -> int:
    return int(text[NUMBER_LENGTH:]) >> 512


def with_fields(text: str, fields: int) -> str:
    """Other fields under the same signature."""
    signature = int(text[NUMBER_LENGTH:]) & ((1 << 512) - 1)
    return f"{text[:NUMBER_LENGTH]}{fields << 512 | signature}"


def test_what_was_sealed_is_read_and_proved() -> None:
    code = read_receipt(TEXT)
    assert (code.number, code.item) == (NUMBER, "MZ-GL-01")
    assert (code.issued, code.due) == (date(2026, 11, 23), date(2026, 12, 14))
    assert code.kind == kind_digest("acceptance_notice")
    assert code.name == name_digest(NUMBER, "刘*兰")
    assert code.key == key_id(DESK.public)
    assert verify(code, DESK.public)


def test_the_same_facts_give_the_same_text() -> None:
    assert seal_receipt(FACTS, DESK) == TEXT
    assert TEXT.startswith(NUMBER.compact)
    assert TEXT[NUMBER_LENGTH:].isdigit()
    assert len(TEXT) <= NUMBER_LENGTH + MOST_DIGITS


def test_format_1_stays_as_it_is() -> None:
    """Papers last for years: what was printed must be read by every later program."""
    assert "".join(PRINTED) == TEXT


def test_another_key_proves_nothing() -> None:
    assert not verify(read_receipt(TEXT), OTHER.public)
    stolen = fields_of(TEXT) & ~0xFFFFFFFF | int.from_bytes(key_id(OTHER.public))
    assert not verify(read_receipt(with_fields(TEXT, stolen)), OTHER.public)
    assert not verify(read_receipt(with_fields(TEXT, stolen)), DESK.public)


OTHERS = {
    "number": {"number": replace(NUMBER, serial=8)},
    "kind": {"kind": "conclusion_notice"},
    "item": {"item": "MZ-GL-02"},
    "no item": {"item": ""},
    "issued": {"issued": date(2026, 11, 24)},
    "due": {"due": date(2026, 12, 21)},
    "no due": {"due": None},
    "name": {"name": "李*兰"},
}


@pytest.mark.parametrize("changes", OTHERS.values(), ids=list(OTHERS))
def test_an_altered_fact_under_the_old_signature_is_refused(changes: dict[str, object]) -> None:
    """The forger knows the format and packs another fact, but cannot sign."""
    other = seal_receipt(replace(FACTS, **changes), DESK)  # type: ignore[arg-type]
    assert verify(read_receipt(other), DESK.public)
    forged = other[:NUMBER_LENGTH] + with_fields(TEXT, fields_of(other))[NUMBER_LENGTH:]
    code = read_receipt(forged)
    assert code != read_receipt(TEXT)
    assert not verify(code, DESK.public)


def test_every_single_digit_counts() -> None:
    for place in range(NUMBER_LENGTH, len(TEXT)):
        for digit in "0123456789":
            if digit == TEXT[place]:
                continue
            altered = TEXT[:place] + digit + TEXT[place + 1 :]
            try:
                code = read_receipt(altered)
            except ValueError:
                continue
            assert not verify(code, DESK.public), place


def test_an_altered_number_is_noticed_even_with_its_check_character_made_right() -> None:
    body = TEXT[: NUMBER_LENGTH - 2] + "8"
    forged = body + check_char(body) + TEXT[NUMBER_LENGTH:]
    assert not verify(read_receipt(forged), DESK.public)
    with pytest.raises(ValueError, match="check character"):
        read_receipt(body + TEXT[NUMBER_LENGTH - 1 :])


def test_a_second_signature_on_the_same_content_is_refused() -> None:
    """Adding the order of the curve to the second half gives the same signature in loose implementations."""
    order = 2**252 + 27742317777372353535851937790883648493
    code = read_receipt(TEXT)
    half = int.from_bytes(code.signature[32:], "little") + order
    bent = code.signature[:32] + half.to_bytes(32, "little")
    assert not verify(replace(code, signature=bent), DESK.public)


def test_a_leading_zero_is_another_text() -> None:
    with pytest.raises(ValueError, match="one spelling"):
        read_receipt(f"{TEXT[:NUMBER_LENGTH]}0{TEXT[NUMBER_LENGTH:]}")


def test_a_later_version_asks_for_a_newer_program() -> None:
    version = 4 + 16 + 16 + 16 + 32 + 32 - 4
    with pytest.raises(NewerCode):
        read_receipt(with_fields(TEXT, fields_of(TEXT) ^ 3 << version))


@pytest.mark.parametrize(
    "typed",
    [
        TEXT.lower(),
        f" {TEXT}\r\n",
        NUMBER.full + TEXT[NUMBER_LENGTH:],
        "".join(chr(ord(char) + 0xFEE0) for char in TEXT),
    ],
)
def test_what_a_keyboard_does_to_it_is_mended(typed: str) -> None:
    assert is_receipt(typed)
    assert read_receipt(typed) == read_receipt(TEXT)


@pytest.mark.parametrize(
    "text",
    ["", "刘桂兰", NUMBER.full, NUMBER.compact, NUMBER.compact + "1" * 50, TEXT * 9, "1" * 231],
)
def test_other_texts_are_no_code(text: str) -> None:
    assert not is_receipt(text)
    with pytest.raises(ValueError, match="not a signed code"):
        read_receipt(text)


@pytest.mark.parametrize(
    "changes",
    [{"issued": date(1969, 12, 31)}, {"due": date(2300, 1, 1)}, {"item": "mz"}, {"item": "A" * 17}],
)
def test_what_no_code_can_say_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (three different ones)
        seal_receipt(replace(FACTS, **changes), DESK)  # type: ignore[arg-type]


@given(
    st.builds(
        ReceiptFacts,
        number=st.builds(
            Number,
            st.sampled_from(["SJ", "SL", "DX"]),
            st.from_regex(r"[0-9]{12}", fullmatch=True).filter(str.isascii),
            st.integers(1, 99),
            st.dates(date(2020, 1, 1), date(2099, 12, 31)),
            st.integers(1, 9999),
        ),
        kind=st.sampled_from(["receipt_slip", "refusal_notice"]),
        item=st.from_regex(r"[A-Z0-9-]{0,16}", fullmatch=True).filter(str.isascii),
        issued=st.dates(date(1970, 1, 2), date(2149, 6, 6)),
        due=st.none() | st.dates(date(1970, 1, 2), date(2149, 6, 6)),
        name=st.text(max_size=20),
    )
)
def test_all_facts_come_back(facts: ReceiptFacts) -> None:
    code = read_receipt(seal_receipt(facts, DESK))
    assert (code.number, code.item, code.issued, code.due) == (
        facts.number,
        facts.item,
        facts.issued,
        facts.due,
    )
    assert code.name == name_digest(facts.number, facts.name)
    assert verify(code, DESK.public)


@pytest.mark.parametrize(
    "text", [TEXT, seal_receipt(replace(FACTS, number=replace(NUMBER, serial=9999)), DESK)]
)
def test_a_scanner_reads_the_text_off_a_plain_qr_code(text: str) -> None:
    """Whoever makes the picture: a code in one mode holds the same text."""
    matrix = segno.make(text, error="m", micro=False).matrix
    image = Image.new("L", (len(matrix) + 8, len(matrix) + 8), 255)
    for down, row in enumerate(matrix):
        for across, dark in enumerate(row):
            if dark:
                image.putpixel((across + 4, down + 4), 0)
    (found,) = zxingcpp.read_barcodes(image.resize((4 * image.width, 4 * image.height), 0))
    assert verify(read_receipt(found.text), DESK.public)
