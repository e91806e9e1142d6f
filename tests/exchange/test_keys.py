"""Key pairs, the files that make them known, and the words people compare."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from desk.domain.canonical import canonical
from desk.errors import PackageRefused
from desk.exchange import key_files
from desk.exchange.key_code import fits, key_code
from desk.exchange.key_files import (
    county_key_file,
    enrolment_file,
    parse_county_key,
    parse_enrolment,
    vouched_by,
)
from desk.exchange.keys import (
    SealingPair,
    SigningPair,
    fingerprint,
    is_recipient,
    is_signed,
    six_words,
    words,
)
from tests.exchange.makers import county_key, desk_node, enrolment, key_bytes

NODE = desk_node()
COUNTY = county_key_file(county_key(NODE), NODE.signing)
WORDS_OF_A_KEY = "梨鹅刷木果渡"
ENROLMENT = enrolment_file(enrolment(NODE), NODE.signing)


def resigned(data: bytes, **changes: object) -> bytes:
    """The file with other contents, signed rightly by hand."""
    body = {name: value for name, value in json.loads(data).items() if name != "signature"}
    body = {name: value for name, value in (body | changes).items() if value != "gone"}
    message = f"{body.get('format')}/1\0".encode() + canonical(body)
    return canonical({**body, "signature": NODE.signing.sign(message).hex()})


def test_pairs_come_back_from_their_bytes():
    signing, sealing = SigningPair.generate(), SealingPair.generate()
    assert SigningPair.from_bytes(signing.to_bytes()).public == signing.public
    assert SealingPair.from_bytes(sealing.to_bytes()).recipient == sealing.recipient
    assert (len(signing.to_bytes()), len(signing.public)) == (32, 32)
    assert SigningPair.generate().public != signing.public


@pytest.mark.parametrize("data", [b"", b"AGE-SECRET-KEY-1", b"\xff" * 74])
def test_bytes_that_are_no_pair_are_refused(data):
    with pytest.raises(ValueError):  # noqa: PT011
        SealingPair.from_bytes(data)
    with pytest.raises(ValueError):  # noqa: PT011
        SigningPair.from_bytes(data)


def test_a_signature_fits_its_key_and_message_only():
    signature = NODE.signing.sign(b"message")
    assert is_signed(NODE.signing.public, signature, b"message")
    assert not is_signed(NODE.signing.public, signature, b"messagf")
    assert not is_signed(SigningPair.generate().public, signature, b"message")
    assert not is_signed(NODE.signing.public, signature[:-1], b"message")
    assert not is_signed(b"short", signature, b"message")


def test_a_recipient_is_told_from_other_text():
    assert is_recipient(NODE.sealing.recipient)
    for text in ("", "age1", NODE.sealing.recipient.upper(), NODE.sealing.recipient + "q"):
        assert not is_recipient(text)


def test_every_part_of_a_fingerprint_counts():
    told = fingerprint(bytes(32), ("age1a", "age1b"))
    assert told == fingerprint(bytes(32), ["age1a", "age1b"])
    others = [
        fingerprint(bytes(31) + b"\1", ("age1a", "age1b")),
        fingerprint(bytes(32), ("age1b", "age1a")),
        fingerprint(bytes(32), ("age1aage1b",)),
        fingerprint(bytes(32), ("age1a",)),
    ]
    assert told not in others


def test_six_words_are_the_same_for_the_same_key_for_ever():
    assert six_words(key_bytes("a key")) == six_words(key_bytes("a key"))
    assert six_words(key_bytes("a key")) != six_words(key_bytes("another key"))
    assert "".join(six_words(key_bytes("a key"))) == WORDS_OF_A_KEY


def test_no_two_words_look_the_same_or_sound_the_same():
    listed = words()
    assert len(listed) == len(set(listed)) == 256
    assert all(len(word) == 1 and unicodedata.name(word).startswith("CJK") for word in listed)
    sounds = [lazy_pinyin(word, style=Style.NORMAL, v_to_u=False)[0] for word in listed]
    assert len(set(sounds)) == 256


def test_key_files_read_back():
    assert parse_county_key(COUNTY) == county_key(NODE)
    assert parse_enrolment(ENROLMENT) == enrolment(NODE)
    assert parse_county_key(COUNTY).fingerprint == county_key(NODE).fingerprint
    assert enrolment(NODE).node == enrolment(NODE).db_id.hex


def test_nobody_vouches_for_a_first_key():
    for one in (county_key(NODE), enrolment(NODE)):
        assert not vouched_by(one, NODE.signing.public)


def test_only_a_fingerprint_becomes_a_code():
    for short in (b"", bytes(31)):
        with pytest.raises(ValueError, match="32 bytes"):
            key_code("D", short)
    assert fits(key_code("D", bytes(32)), "D", bytes(32))


def test_a_key_file_is_signed_with_the_key_it_names():
    with pytest.raises(ValueError, match="the key it names"):
        county_key_file(county_key(NODE), SigningPair.generate())


@pytest.mark.parametrize(
    ("data", "parse"), [(COUNTY, parse_county_key), (ENROLMENT, parse_enrolment)]
)
def test_every_changed_byte_and_every_cut_is_refused(data, parse):
    for place in range(len(data)):
        for damaged in (
            data[:place],
            data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :],
            data + bytes(place + 1),
        ):
            with pytest.raises(PackageRefused):
                parse(damaged)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"version": 3, "fresh": 1}, "TOO_NEW"),
        ({"version": 0}, "BAD_FILE"),
        ({"fresh": 1}, "BAD_FILE"),
        ({"site": "gone"}, "BAD_FILE"),
        ({"site": "61042200100"}, "BAD_FILE"),
        ({"name": ""}, "BAD_FILE"),
        ({"name": "池" * 81}, "BAD_FILE"),
        ({"name": "池阳\u202e社区"}, "BAD_FILE"),
        ({"name": ["池阳"]}, "BAD_FILE"),
        ({"window": 100}, "BAD_FILE"),
        ({"window": True}, "BAD_FILE"),
        ({"db_id": "0193560c"}, "BAD_FILE"),
        ({"sealing": "age1qqqq"}, "BAD_FILE"),
        ({"recovery": None}, "BAD_FILE"),
        ({"made_at": "yesterday"}, "BAD_FILE"),
        ({"signing": "00" * 31}, "BAD_FILE"),
        ({"signing": SigningPair.from_bytes(key_bytes("x")).public.hex()}, "DAMAGED"),
        ({"format": "bianmin-county-key"}, "BAD_FILE"),
        ({"former": "00" * 32}, "BAD_FILE"),
        ({"voucher": "00" * 64}, "BAD_FILE"),
    ],
)
def test_an_enrolment_of_another_shape_is_refused_by_code(changes, code):
    data = resigned(ENROLMENT, **changes)
    if code is None:
        assert parse_enrolment(data) == enrolment(NODE)
        return
    with pytest.raises(PackageRefused) as refused:
        parse_enrolment(data)
    assert refused.value.code == code


@pytest.mark.parametrize("changes", [{"code": "61042"}, {"node": "../x"}, {"node": "三原"}])
def test_a_county_key_of_another_shape_is_refused(changes):
    with pytest.raises(PackageRefused, match="BAD_FILE"):
        parse_county_key(resigned(COUNTY, **changes))


@given(st.binary(max_size=200))
def test_noise_is_no_key_file(data):
    for parse in (parse_county_key, parse_enrolment):
        with pytest.raises(PackageRefused, match="BAD_FILE"):
            parse(data)


def test_a_huge_or_deep_file_is_no_key_file():
    for data in (b" " * (key_files.MAX_BYTES + 1), b"[" * 16_000):
        with pytest.raises(PackageRefused, match="BAD_FILE"):
            parse_county_key(data)
