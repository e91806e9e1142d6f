"""The header an event's hash covers is canonical whatever stands in it."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from desk.domain.canonical import canonical
from desk.domain.events import EventRecord, header

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
