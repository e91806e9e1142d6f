"""The header an event's hash covers is canonical whatever stands in it."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.canonical import canonical
from desk.domain.events import GENESIS, EventRecord, chained, commit, header, is_whole

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.integers(0, 2**53 - 1)
ids = st.uuids()


@given(
    st.builds(
        EventRecord,
        id=ids,
        origin=ids,
        n=numbers,
        kind=texts,
        version=numbers,
        entity=texts,
        entity_id=ids,
        actor=st.none() | ids,
        seat=numbers,
        at=texts,
        mono=numbers,
        trunk=numbers,
        base=numbers,
        prev=st.binary(min_size=32, max_size=32),
        commitment=st.binary(min_size=32, max_size=32),
        hash=st.just(b""),
        payload=st.none(),
        salt=st.none(),
    )
)
def test_the_header_is_the_canonical_form_of_what_it_names(record: EventRecord) -> None:
    def digits(one: UUID | None) -> str | None:
        return one.hex if one else None

    assert header(record) == canonical(
        {
            "actor": digits(record.actor),
            "at": record.at,
            "base": record.base,
            "commitment": record.commitment.hex(),
            "entity": record.entity,
            "entity_id": digits(record.entity_id),
            "id": digits(record.id),
            "kind": record.kind,
            "mono": record.mono,
            "n": record.n,
            "origin": digits(record.origin),
            "seat": record.seat,
            "trunk": record.trunk,
            "v": record.version,
        }
    )


def whole() -> EventRecord:
    payload = {"text": "刘桂兰"}
    salt = bytes(16)
    draft = EventRecord(
        id=UUID(int=1),
        origin=UUID(int=2),
        n=1,
        kind="case.opened",
        version=1,
        entity="case",
        entity_id=UUID(int=3),
        actor=None,
        seat=1,
        at="2026-11-23T09:00:00+08:00",
        mono=1,
        trunk=0,
        base=0,
        prev=GENESIS,
        commitment=commit(payload, salt),
        hash=b"",
        payload=payload,
        salt=salt,
    )
    return chained(draft)


def test_a_record_is_whole_with_its_payload_or_once_that_was_erased() -> None:
    record = whole()
    assert is_whole(record)
    assert is_whole(replace(record, payload=None, salt=None))


@pytest.mark.parametrize(
    "changes",
    [
        {"at": "2026-11-23T09:00:01+08:00"},
        {"payload": {"text": "刘桂芳"}},
        {"salt": b"x" * 16},
        {"payload": None},
        {"salt": None},
        {"prev": b"x" * 32},
    ],
)
def test_whatever_is_changed_shows(changes: dict[str, object]) -> None:
    assert not is_whole(replace(whole(), **changes))  # type: ignore[arg-type]
