"""Whatever happens to the bytes on the road: refused, and no plaintext given out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import PackageRefused
from desk.exchange.ack import AckBody
from desk.exchange.outcomes import OUTCOMES
from desk.exchange.parts import Contents
from desk.exchange.receiving import Inspected, ReaderContext, SenderState, inspect, open_parts
from tests.exchange.makers import (
    AT,
    COUNTY_DB,
    COUNTY_NODE,
    DB_ID,
    SITE,
    Exchange,
    county_key,
    split,
)

WORLD = Exchange()
PACKAGE = WORLD.package()


def an_ack() -> tuple[bytes, ReaderContext]:
    """The county's ack to the desk, and the desk as its reader."""
    body = AckBody(SITE, DB_ID, 1, 1, bytes(32), AT).to_bytes()
    known = county_key(WORLD.county).fingerprint
    package = Exchange(desk=WORLD.county, county=WORLD.desk).package(
        kind="ACK",
        sender=COUNTY_NODE,
        to=DB_ID.hex,
        db_id=COUNTY_DB,
        key=known,
        events=(0, 0),
        contents=Contents({}, {}, body=body),
    )
    state = SenderState(COUNTY_NODE, COUNTY_DB, WORLD.county.signing.public, known)
    return package, ReaderContext(
        frozenset({DB_ID.hex}),
        frozenset({"ACK"}),
        lambda header: state if header.key == known else None,
    )


ACK, ACK_READER = an_ack()


def refused(data: bytes, reader: ReaderContext) -> bool:
    return inspect(data, reader).outcome in ("BAD_FILE", "TOO_NEW", "UNKNOWN_KEY", "DAMAGED")


def test_both_are_good_before_they_are_damaged():
    assert inspect(PACKAGE, WORLD.reader).outcome == "READY"
    opened = open_parts(inspect(ACK, ACK_READER), [WORLD.desk.sealing])
    assert opened.body


@pytest.mark.parametrize(("package", "reader"), [(PACKAGE, WORLD.reader), (ACK, ACK_READER)])
@pytest.mark.parametrize("flip", [0x01, 0x80, 0xFF])
def test_every_byte_changed_is_refused(package, reader, flip):
    taken = [
        place
        for place in range(len(package))
        if not refused(
            package[:place] + bytes([package[place] ^ flip]) + package[place + 1 :], reader
        )
    ]
    assert taken == []


@pytest.mark.parametrize(("package", "reader"), [(PACKAGE, WORLD.reader), (ACK, ACK_READER)])
def test_every_cut_and_every_addition_is_refused(package, reader):
    assert [size for size in range(len(package)) if not refused(package[:size], reader)] == []
    assert [more for more in range(1, 65) if not refused(package + bytes(more), reader)] == []
    assert [more for more in range(1, 65) if not refused(bytes(more) + package, reader)] == []


def test_a_changed_ciphertext_gives_nothing_out_even_past_the_checks():
    """As if signature and digest had been passed by: age itself refuses each changed byte."""
    seen = inspect(PACKAGE, WORLD.reader)
    assert seen.header is not None
    for place in range(seen.start, len(PACKAGE), 7):
        data = PACKAGE[:place] + bytes([PACKAGE[place] ^ 1]) + PACKAGE[place + 1 :]
        with pytest.raises(PackageRefused, match="DAMAGED"):
            open_parts(
                Inspected("READY", data, seen.header, start=seen.start), [WORLD.county.sealing]
            )


@given(st.binary(max_size=400))
def test_noise_is_refused(data):
    assert refused(data, WORLD.reader)
    assert refused(b"BMQX\x01" + data, WORLD.reader)


@given(st.data())
def test_several_changes_at_once_are_refused(data):
    body = bytearray(PACKAGE)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(body)))
        end = min(len(body), start + data.draw(st.integers(0, 40)))
        body[start:end] = data.draw(st.binary(max_size=40))
    assert bytes(body) == PACKAGE or refused(bytes(body), WORLD.reader)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(sorted(split(PACKAGE)[0].decode().split('"')[1::2])), JSON))
def test_a_rightly_signed_header_of_any_content_has_an_outcome(changes):
    """An enrolled sender gone mad gets a named outcome, never a crash."""
    try:
        package = WORLD.forge(head=changes)
    except (UnicodeEncodeError, OverflowError):
        return
    assert inspect(package, WORLD.reader).outcome in OUTCOMES


@given(st.binary(max_size=300))
def test_a_rightly_sealed_content_of_any_bytes_is_refused(sequence):
    package = inspect(WORLD.forge(sequence=sequence), WORLD.reader)
    with pytest.raises(PackageRefused, match="DAMAGED"):
        open_parts(package, [WORLD.county.sealing])
