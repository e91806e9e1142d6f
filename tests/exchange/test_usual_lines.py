"""What is read at one look is what reading closely gives; whatever is not quite of that shape is left to it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.canonical import Written, canonical
from desk.domain.events import chained, commit
from desk.errors import PackageRefused
from desk.exchange.event_lines import _read_closely, read_line, write_line
from desk.exchange.usual_lines import read_usual
from tests.exchange.makers import events

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PAYLOADS = st.dictionaries(
    st.sampled_from(["a", "b", "payload", "prev", "salt", '"', "\\", "\n"]),
    st.none() | st.booleans() | st.integers() | TEXT | st.lists(TEXT, max_size=3),
)


def usual() -> bytes:
    return write_line(events(1)[0])[:-1]


def closely(line: bytes) -> object:
    try:
        return _read_closely(line)
    except PackageRefused:
        return None


@given(PAYLOADS)
def test_both_ways_read_the_same(payload: dict[str, Any]) -> None:
    record = replace(events(1)[0], payload=payload)
    line = write_line(chained(replace(record, commitment=commit(payload, record.salt or b""))))[:-1]
    read = read_usual(line)
    assert read is not None
    assert read == closely(line)
    assert isinstance(read.payload, Written)
    assert read.payload.text.encode() == canonical(payload)


@given(st.data())
def test_no_byte_changed_put_in_or_left_out_is_taken_that_reading_closely_refuses(
    data: st.DataObject,
) -> None:
    line = usual()
    at = data.draw(st.integers(0, len(line) - 1))
    sign = bytes([data.draw(st.integers(0, 255))])
    rest = data.draw(st.sampled_from([line[at:], line[at + 1 :], line[at + 2 :]]))
    changed = line[:at] + sign + rest
    read = read_usual(changed)
    assert read is None or read == closely(changed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"base":0', b'"base":00'),
        (b'"base":0', b'"base":-0'),
        (b'"base":0', b'"base": 0'),
        (b'"base":0', b'"base":0.0'),
        (b'"op":"case', b'"op":"\\u0063ase'),
        (b'"payload":{', b'"payload": {'),
        (b'"payload":{', b'"payload":{"a":1.5,'),
        (b'"payload":{', b'"payload":{"a":NaN,'),
        (b'"payload":{', b'"payload":{"a":1,"a":1,'),
        (b'"payload":{', b'"payload":{"zz":1,'),
        (b'"payload":{', '"payload":{"aa键":1,'.encode()),
        (b'"payload":{', b'"payload":{"a":"\\/",'),
        (b'"payload":{', b'"payload":{"a":"\\ud800",'),
        (b'"payload":{', b'"payload":{"a":"\xed\xa0\x80",'),
        (b'"payload":{', b'"payload":{"a":' + b"[" * 100_000),
        (b'"v":1}', b'"v":1}\r'),
        (b'"v":1}', b'"v":1,"w":1}'),
        (b"+08:00", b""),
    ],
)
def test_what_is_not_canonical_is_refused_either_way(old: bytes, new: bytes) -> None:
    line = usual()
    assert line.count(old) == 1
    changed = line.replace(old, new)
    assert read_usual(changed) is None
    with pytest.raises(PackageRefused) as refused:
        read_line(changed)
    assert refused.value.facts["why"] == "event"


def test_a_hash_that_does_not_fit_is_left_to_reading_closely() -> None:
    line = write_line(replace(events(1)[0], hash=bytes(32)))[:-1]
    assert read_usual(line) is None
    with pytest.raises(PackageRefused) as refused:
        read_line(line)
    assert refused.value.facts["why"] == "hash"


def test_what_is_unusual_is_still_read() -> None:
    record = chained(replace(events(1)[0], entity='a "case"', mono=2**53 - 1, actor=None))
    line = write_line(record)[:-1]
    assert json.loads(line)["mono"] == 2**53 - 1
    assert read_usual(line) is None
    assert read_line(line) == record
