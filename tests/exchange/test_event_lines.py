"""Events arrive as they were sent, in their chain, or not at all."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.canonical import Json, canonical
from desk.domain.events import GENESIS, chained, commit, is_whole
from desk.errors import PackageRefused
from desk.exchange.event_lines import MAX_LINE, read_line, read_lines, write_line, write_lines
from tests.exchange.makers import events


def refusal(data: bytes, span: tuple[int, int], head: bytes | None = GENESIS) -> tuple[str, object]:
    with pytest.raises(PackageRefused) as refused:
        list(read_lines(data, span, head))
    return refused.value.code, refused.value.facts["why"]


def test_events_come_back_as_they_went():
    some = events(5)
    assert list(read_lines(write_lines(some), (1, 5), GENESIS)) == some
    assert list(read_lines(b"", (0, 0), GENESIS)) == []


def test_a_slice_goes_on_where_the_last_one_ended():
    some = events(6)
    later = write_lines(some[3:])
    assert list(read_lines(later, (4, 6), some[2].hash)) == some[3:]
    assert list(read_lines(later, (4, 6), None)) == some[3:]
    assert refusal(later, (4, 6), some[1].hash) == ("FORK", "chain")


def test_an_erased_event_travels_without_its_content_and_the_chain_holds():
    some = events(3)
    some[1] = replace(some[1], payload=None, salt=None)
    line = write_line(some[1])
    assert json.loads(line)["commitment"] == some[1].commitment.hex()
    assert list(read_lines(write_lines(some), (1, 3), GENESIS)) == some


def test_the_envelope_is_the_one_of_the_format():
    names = "id n entity entity_id op v trunk base payload salt actor seat at mono prev hash"
    body = json.loads(write_line(events(1)[0]))
    assert sorted(body) == sorted([*names.split(), "origin", "commitment"])


def test_a_missing_doubled_swapped_or_foreign_event_is_found():
    some = events(4)
    lines = [write_line(one) for one in some]
    foreign = events(2, first=2, prev=bytes(32))
    cases = {
        "missing": (lines[:2] + lines[3:], (1, 4), "count"),
        "renumbered": (lines[:2] + lines[3:], (1, 3), "order"),
        "doubled": ([*lines, lines[3]], (1, 5), "order"),
        "swapped": ([lines[1], lines[0], *lines[2:]], (1, 4), "order"),
        "foreign": ([lines[0], write_line(foreign[0])], (1, 2), "chain"),
        "unsaid": (lines, (0, 0), "count"),
    }
    for made, span, why in cases.values():
        assert refusal(b"".join(made), span) == ("DAMAGED", why)
    assert refusal(b"".join(lines)[:-1], (1, 4)) == ("DAMAGED", "event")


@pytest.mark.parametrize(
    "changes",
    [
        {"n": 2},
        {"payload": {"item": {"code": "mz-02"}, "state": "new", "name": "别人"}},
        {"salt": "00" * 16},
        {"actor": None},
        {"at": "2026-11-23T14:06:01+08:00"},
        {"seat": 3},
        {"entity_id": "00" * 16},
        {"prev": "11" * 32},
        {"hash": "00" * 32},
        {"op": "case.moved"},
    ],
)
def test_any_other_word_in_an_event_breaks_its_hash(changes):
    body = json.loads(write_line(events(1)[0])) | changes
    with pytest.raises(PackageRefused) as refused:
        read_line(canonical(body))
    assert refused.value.facts["why"] == "hash"


@pytest.mark.parametrize(
    "changes",
    [
        {"payload": None},
        {"salt": None},
        {"payload": None, "salt": None},
        {"commitment": "00" * 32},
        {"payload": []},
        {"n": 0},
        {"n": True},
        {"op": ""},
        {"at": "14:06"},
        {"more": 1},
        {"entity": "case\u0000"},
    ],
)
def test_an_event_of_another_shape_is_refused(changes):
    body = json.loads(write_line(events(1)[0])) | changes
    with pytest.raises(PackageRefused) as refused:
        read_line(canonical(body))
    assert refused.value.facts["why"] == "event"


def test_a_line_too_long_is_neither_written_nor_read():
    long = events(1)[0]
    with pytest.raises(ValueError, match="too long"):
        write_line(replace(long, payload={"note": "长" * MAX_LINE}))
    with pytest.raises(PackageRefused):
        read_line(b'"' + b"x" * MAX_LINE + b'"')


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
PAYLOADS = st.dictionaries(
    st.sampled_from(["a", "b", "note", "payload", "prev", "salt"]),
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT | st.lists(TEXT, max_size=3),
)


@given(PAYLOADS, st.binary(min_size=16, max_size=16))
def test_any_content_travels_unchanged(payload, salt):
    record = replace(events(1)[0], payload=payload, salt=salt, commitment=commit(payload, salt))
    record = chained(record)
    assert is_whole(record)
    assert read_line(write_line(record)[:-1]) == record


def test_words_of_the_envelope_inside_it_change_nothing():
    words = ',"payload":{"a":1},"prev":"0","salt":null'
    inner: dict[str, Json] = {
        "a": words,
        "payload": {"payload": 1, "prev": "x"},
        "prev": words,
        "z": [words],
    }
    record = replace(events(1)[0], entity=words[:32], payload=inner)
    record = chained(replace(record, commitment=commit(inner, record.salt or b"")))
    assert read_line(write_line(record)[:-1]) == record


@given(st.binary(max_size=120))
def test_noise_is_no_event(data):
    with pytest.raises(PackageRefused, match="DAMAGED"):
        read_line(data)
