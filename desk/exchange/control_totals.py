"""Totals over what one desk declared, the same in whatever order its events were taken."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from desk.domain.canonical import Json, canonical
from desk.domain.events import EventRecord


@dataclass(frozen=True, slots=True)
class CaseHead:
    """Where a case stands by its desk's own word: the last event (`n`, `hash`), the item, the last state.

    `state_n` is the event that told the state. Item and state are empty once the payloads were erased.
    """

    case_id: UUID
    n: int
    hash: bytes
    item: str = ""
    state: str = ""
    state_n: int = 0


def control_totals(events: Iterable[EventRecord]) -> dict[str, Json]:
    """The totals over all events of one desk, refused ones included."""
    kinds: Counter[str] = Counter()
    heads: dict[UUID, CaseHead] = {}
    for event in events:
        kinds[event.kind] += 1
        if event.entity == "case":
            known = heads.get(event.entity_id, CaseHead(event.entity_id, 0, b""))
            heads[event.entity_id] = with_event(known, event)
    return totals(kinds, heads.values())


def with_event(head: CaseHead, event: EventRecord) -> CaseHead:
    """The head after one more event of its case, earlier or later than those before."""
    if event.n > head.n:
        head = replace(head, n=event.n, hash=event.hash)
    told = event.payload or {}
    item = told.get("item")
    if event.kind == "case.opened" and isinstance(item, Mapping):
        head = replace(head, item=str(item.get("code", "")))
    state = told.get("to", told.get("state"))
    if isinstance(state, str) and event.n > head.state_n:
        head = replace(head, state=state, state_n=event.n)
    return head


def totals(kinds: Mapping[str, int], heads: Iterable[CaseHead]) -> dict[str, Json]:
    """Events by kind, cases by item and state, and one hash over all heads; lists are sorted, so order is no matter."""
    known = sorted(heads, key=lambda head: head.case_id.bytes)
    cases = Counter((head.item, head.state) for head in known)
    tied = canonical([[head.case_id.hex, head.n, head.hash.hex()] for head in known])
    return {
        "events": [[kind, count] for kind, count in sorted(kinds.items()) if count],
        "cases": [[item, state, count] for (item, state), count in sorted(cases.items())],
        "heads": hashlib.sha256(tied).hexdigest(),
    }
